#!/usr/bin/env bash
# Every test that needs no browser: domain, store, HTTP, and the examples in the documentation.
source "$(dirname "$0")/env.sh"

cd "$ROOT"
step "Tests of domain, store and HTTP" "5 to 6 minutes on 2 cores"
# nextest, where it is installed, runs them side by side and names the slow ones; it knows no examples.
if cargo nextest --version >/dev/null 2>&1; then
  cargo nextest run --locked --features ssr "$@"
else
  cargo test --locked --features ssr --lib --bins --tests "$@"
fi

step "Examples in the documentation" "30 seconds"
cargo test --locked --features ssr --doc
