#!/usr/bin/env bash
# Runs a command with the pinned tools first on PATH: scripts/with-tools.sh cargo leptos build
source "$(dirname "$0")/env.sh"

(($# > 0)) || fail "Which command? For instance: scripts/with-tools.sh cargo leptos build"
"$ROOT/scripts/tools.sh"
exec "$@"
