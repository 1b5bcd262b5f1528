#!/usr/bin/env bash
# Measures: functions (criterion), the whole server under load, the page in a browser (Lighthouse).
# The results and the machine they came from belong in BENCHMARKS.md. Further arguments go to criterion.
source "$(dirname "$0")/env.sh"

"$ROOT/scripts/setup.sh"
"$ROOT/scripts/packages.sh"
STINT_BROWSER=$("$ROOT/scripts/browser.sh")
STINT_BIN=$PROGRAM
export STINT_BROWSER STINT_BIN
"$ROOT/scripts/build.sh" --sizes

cd "$ROOT"
step "Functions" "10 minutes on 2 cores, most of it compiling"
cargo bench --locked --features ssr --bench domain -- "$@"

step "The server under load" "3 minutes"
cargo bench --locked --features ssr --bench load

# Both are shown, also when the first one misses its goal.
missed=0
step "When the page reacts" "10 seconds"
node end2end/bench/interactive.mjs || missed=1

step "Lighthouse" "1 minute"
node end2end/bench/lighthouse.mjs || missed=1
exit "$missed"
