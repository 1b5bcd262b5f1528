#!/usr/bin/env bash
# Serves a development build and renews it whenever a file changes, with data of its own.
source "$(dirname "$0")/env.sh"

# Where the page that is open asks whether it is to load anew.
export LEPTOS_SITE_ADDR=${STINT_ADDR:-127.0.0.1:3000}
export STINT_DATA=${STINT_DATA:-$ROOT/data-dev}
"$ROOT/scripts/setup.sh"
say "Watching; data in $STINT_DATA (Ctrl+C stops it). The first build takes about 5 minutes on 2 cores."
cd "$ROOT"
# A style sheet that changes is written anew under its plain name, so nothing may refer to another.
export LEPTOS_HASH_FILES=false
rm -rf target/site/pkg
exec cargo leptos watch "$@"
