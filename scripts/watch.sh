#!/usr/bin/env bash
# Serves a development build and renews it whenever a file changes, with data of its own.
source "$(dirname "$0")/env.sh"

export STINT_DATA=${STINT_DATA:-$ROOT/data-dev}
"$ROOT/scripts/setup.sh"
say "Watching; data in $STINT_DATA (Ctrl+C stops it). The first build takes about 5 minutes on 2 cores."
cd "$ROOT"
exec scripts/with-tools.sh cargo leptos watch "$@"
