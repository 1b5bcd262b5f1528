#!/usr/bin/env bash
# Format and lints of both builds, types of the browser tests. Nothing is run, warnings are errors.
source "$(dirname "$0")/env.sh"

cd "$ROOT"
"$ROOT/scripts/setup.sh"

step "Format" "1 second"
cargo fmt --check

step "Lints of the server, its tests and benchmarks" "4 minutes on 2 cores from nothing, 10 seconds after a change"
cargo clippy --locked --features ssr --all-targets -- -D warnings

# In the same target folder, so that macros and build scripts are not compiled a second time.
step "Lints of the browser's half" "2 minutes on 2 cores from nothing, 10 seconds after a change"
cargo clippy --locked --features hydrate --lib --target wasm32-unknown-unknown -- -D warnings

"$ROOT/scripts/packages.sh"
step "Types of the browser tests" "5 seconds"
cd end2end && npx --no-install tsc --noEmit
