#!/usr/bin/env bash
# Measures: functions (criterion), the whole server under load, the page in a browser (Lighthouse).
# The results and the machine they came from belong in BENCHMARKS.md. Further arguments go to criterion.
source "$(dirname "$0")/env.sh"

# What the figures were found on.
machine() {
  local model memory
  model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1) || true
  memory=$(sed -n 's/^MemTotal: *//p' /proc/meminfo 2>/dev/null) || true
  say "Machine: $(getconf _NPROCESSORS_ONLN) cores of ${model:-an unknown processor}, ${memory:-unknown} of memory, $(uname -srm), $(rustc --version)"
}

"$ROOT/scripts/setup.sh"
"$ROOT/scripts/packages.sh"
machine
STINT_BROWSER=$("$ROOT/scripts/browser.sh")
"$ROOT/scripts/build.sh" --sizes

# cargo builds the program for its benchmarks, too, in their profile and in the release's place.
STINT_BIN=$ROOT/target/measured/stint
mkdir -p "${STINT_BIN%/*}"
cp -p "$PROGRAM" "$STINT_BIN"
trap 'cp -p "$STINT_BIN" "$PROGRAM"' EXIT
export STINT_BROWSER STINT_BIN

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
