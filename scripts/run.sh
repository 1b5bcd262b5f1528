#!/usr/bin/env bash
# Serves the release, built first if need be. Further arguments go to `stint serve`.
source "$(dirname "$0")/env.sh"

export STINT_DATA=${STINT_DATA:-$ROOT/data}
export STINT_ADDR=${STINT_ADDR:-127.0.0.1:3000}
"$ROOT/scripts/setup.sh"
"$ROOT/scripts/build.sh" >&2
say "Serving http://$STINT_ADDR with the data in $STINT_DATA (Ctrl+C stops it)"
exec "$PROGRAM" serve "$@"
