#!/usr/bin/env bash
# Everything that must hold before a change lands; stops at the first step that fails. From nothing
# about 35 minutes on 2 cores, later 11, and 18 where the release has to be built.
source "$(dirname "$0")/env.sh"

# Needed by the last steps, and better missed now than then.
"$ROOT/scripts/setup.sh"
"$ROOT/scripts/api.sh" install
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

# The release is built beside the first steps, since much of that is work for one core. Should one of
# them fail, the build is of no use.
BUILD_LOG=$ROOT/target/release-build.log
mkdir -p "$ROOT/target"
# A group of its own, so that all of it can be ended.
set -m
"$ROOT/scripts/build.sh" >"$BUILD_LOG" 2>&1 &
build=$!
set +m
trap 'kill -- -"$build" 2>/dev/null || true' EXIT

built() {
  local ended=0
  wait "$build" || ended=$?
  trap - EXIT
  cat "$BUILD_LOG" >&2
  return "$ended"
}

say "Meanwhile the release is built: ${BUILD_LOG#"$ROOT/"}"
timed "format, lints, types" "$ROOT/scripts/check.sh"
timed "tests without a browser" "$ROOT/scripts/unit.sh"
timed "release build, the rest" built
timed "API against its description" "$ROOT/scripts/api.sh"
timed "browser tests" "$ROOT/scripts/e2e.sh"
say "" "${times%$'\n'}"
