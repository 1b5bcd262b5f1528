#!/usr/bin/env bash
# Runs a command with the pinned tools first on PATH, what it needs beside them, and data of its own:
# scripts/with-tools.sh cargo leptos watch
source "$(dirname "$0")/env.sh"

(($# > 0)) || fail "Which command? For instance: scripts/with-tools.sh cargo leptos build"
"$ROOT/scripts/tools.sh"
export STINT_DATA=${STINT_DATA:-$ROOT/data-dev}
# Where the page that is open asks whether it is to load anew.
export LEPTOS_SITE_ADDR=${STINT_ADDR:-127.0.0.1:3000}
case " $* " in
  *" leptos watch "*)
    # A style sheet that changes is written anew under its plain name, so nothing may refer to another.
    export LEPTOS_HASH_FILES=false
    rm -rf "$ROOT/target/site/pkg"
    ;;
  *" leptos end-to-end "*) "$ROOT/scripts/packages.sh" ;;
esac
exec "$@"
