#!/usr/bin/env bash
# What `make test` does in short, at length: kills the server in the midst of work 1,000 times instead
# of 50, tries every change of every zone, and asks the API 20,000 times instead of 2,000.
source "$(dirname "$0")/env.sh"

cd "$ROOT"
"$ROOT/scripts/setup.sh"
export STINT_KILL_CYCLES=${STINT_KILL_CYCLES:-1000}
step "Killing the server $STINT_KILL_CYCLES times" "15 to 20 minutes"
cargo test --locked --features ssr --test all process::kill -- --nocapture

step "Trying every change of every zone" "1 to 2 minutes"
STINT_EVERY_CHANGE=1 cargo test --locked --features ssr --test all store::zone

"$ROOT/scripts/build.sh" >&2
STINT_API_CASES=${STINT_API_CASES:-20000} "$ROOT/scripts/api.sh"
