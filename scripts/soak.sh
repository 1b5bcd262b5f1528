#!/usr/bin/env bash
# What `make test` does in short, at length: kills the server in the midst of work 1,000 times instead
# of 50, and asks the API 20,000 times instead of 2,000.
source "$(dirname "$0")/env.sh"

cd "$ROOT"
"$ROOT/scripts/setup.sh"
export STINT_KILL_CYCLES=${STINT_KILL_CYCLES:-1000}
step "Killing the server $STINT_KILL_CYCLES times" "15 to 20 minutes"
cargo test --locked --features ssr --test all process::kill -- --nocapture

"$ROOT/scripts/build.sh" >&2
STINT_API_CASES=${STINT_API_CASES:-20000} "$ROOT/scripts/api.sh"
