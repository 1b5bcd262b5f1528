#!/usr/bin/env bash
# The test that kills the server in the midst of work, 1,000 times instead of the 50 of `make test`.
source "$(dirname "$0")/env.sh"

cd "$ROOT"
"$ROOT/scripts/setup.sh"
export STINT_KILL_CYCLES=${STINT_KILL_CYCLES:-1000}
step "Killing the server $STINT_KILL_CYCLES times" "20 to 40 minutes"
cargo test --locked --features ssr --test all process::kill -- --nocapture
