#!/usr/bin/env bash
# Installs the npm packages of the browser tests as the lock file names them.
source "$(dirname "$0")/env.sh"

cd "$ROOT/end2end"
# npm writes this copy's folder anew on each installation, so an interrupted one leaves no copy.
installed=node_modules/.stint-lock.json
cmp -s package-lock.json "$installed" && exit

step "Installing the npm packages of the browser tests" "15 seconds"
# Browsers are chosen by scripts/browser.sh, never fetched on the side.
PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 PUPPETEER_SKIP_DOWNLOAD=1 npm ci --no-fund --no-audit >&2
cp package-lock.json "$installed"
