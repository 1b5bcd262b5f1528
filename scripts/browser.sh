#!/usr/bin/env bash
# Prints the browser the tests drive: $STINT_BROWSER if set, else an installed Chromium or Chrome,
# else Playwright's own, else the system's package. Of Chromium, the build without windows comes first,
# as with Playwright's own: the same engine, and the tests take two thirds of the time. Asked by the
# scripts beside it, and by end2end/playwright.config.ts where STINT_BROWSER is not set.
source "$(dirname "$0")/env.sh"

INSTALLED=(
  chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
  "/Applications/Chromium.app/Contents/MacOS/Chromium"
)

main() {
  if [[ -n ${STINT_BROWSER:-} ]]; then
    works "$STINT_BROWSER" || fail "STINT_BROWSER is set to $STINT_BROWSER, which does not start."
    echo "$STINT_BROWSER"
    return
  fi
  installed_browser || playwright_browser || download_browser || install_browser || fail \
    "No browser for the tests." "Install Chromium or Chrome, or set STINT_BROWSER to its program, and run this again."
}

# A browser that lacks a library, or a stand-in for a package that is not there, does not pass.
works() { have "$1" && limit 20 "$1" --version >/dev/null 2>&1; }

installed_browser() {
  local browser
  for browser in "${INSTALLED[@]}"; do
    if works "$browser"; then
      command -v "$browser"
      return
    fi
  done
  return 1
}

playwright_browser() {
  local browser
  browser=$(cd "$ROOT/end2end" && node -p 'require("@playwright/test").chromium.executablePath()') || return 1
  works "$browser" && echo "$browser"
}

download_browser() {
  step "Downloading Playwright's Chromium" "1 minute"
  (
    cd "$ROOT/end2end"
    unset PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD
    PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT=10000 limit 600 npx --no-install playwright install chromium >&2
  ) && playwright_browser
}

install_browser() {
  have apt-get && [[ $(id -u) == 0 ]] || return 1
  step "Installing the system's package of Chromium" "1 to 2 minutes"
  apt-get --quiet=2 update >&2
  install_package chromium-headless-shell || install_package chromium
  installed_browser
}

install_package() {
  DEBIAN_FRONTEND=noninteractive apt-get --quiet=2 --yes --no-install-recommends install "$1" >&2
}

main
