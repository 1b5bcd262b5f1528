#!/usr/bin/env bash
# Builds the release, one file that needs nothing beside it, and prints its size and that of the wasm.
source "$(dirname "$0")/env.sh"

"$ROOT/scripts/setup.sh"
"$ROOT/scripts/build.sh" --sizes
