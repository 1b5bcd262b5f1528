#!/usr/bin/env bash
# The browser tests against the release. Further arguments go to Playwright.
#
# end2end/playwright.config.ts starts the program itself and finds in the environment:
#   STINT_BIN      the program under test
#   STINT_BROWSER  the browser to drive
#
# `cargo leptos end-to-end` would serve as well, but it ends with success when the build fails.
source "$(dirname "$0")/env.sh"

"$ROOT/scripts/setup.sh"
"$ROOT/scripts/packages.sh"
STINT_BROWSER=$("$ROOT/scripts/browser.sh")
STINT_BIN=$PROGRAM
export STINT_BROWSER STINT_BIN
"$ROOT/scripts/build.sh" >&2

step "Browser tests with $STINT_BROWSER" "6 to 8 minutes on 2 cores"
cd "$ROOT/end2end"
npx --no-install playwright test "$@"
