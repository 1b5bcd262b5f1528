#!/usr/bin/env bash
# Everything that must hold before a change lands; stops at the first step that fails. From nothing
# about 35 minutes on 2 cores, later about 11, and 6 more after a change to the program.
source "$(dirname "$0")/env.sh"

# Needed by the last step, and better missed now than then.
"$ROOT/scripts/setup.sh"
"$ROOT/scripts/packages.sh"
say "Browser: $("$ROOT/scripts/browser.sh")"

times=
timed() {
  local name=$1
  shift
  SECONDS=0
  "$@" || fail "$name failed."
  times+=$(printf '%5d s  %s' "$SECONDS" "$name")$'\n'
}

timed "format, lints, types" "$ROOT/scripts/check.sh"
timed "tests without a browser" "$ROOT/scripts/unit.sh"
timed "release build" "$ROOT/scripts/build.sh"
timed "API against its description" "$ROOT/scripts/api.sh"
timed "browser tests" "$ROOT/scripts/e2e.sh"
say "" "${times%$'\n'}"
