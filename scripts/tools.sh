#!/usr/bin/env bash
# Installs the programs of the build in exactly the pinned versions, into a folder of their own.
source "$(dirname "$0")/env.sh"

main() {
  all_there && return
  lock_tools
  version_is "$CARGO_LEPTOS_DIR/bin/cargo-leptos" "$CARGO_LEPTOS" || install_cargo_leptos
  version_is "$WASM_BINDGEN_DIR/bin/wasm-bindgen" "$WASM_BINDGEN" || install_wasm_bindgen
  version_is "$BINARYEN_DIR/node_modules/.bin/wasm-opt" "${BINARYEN%%.*}" || install_binaryen
  all_there || fail "A tool in $TOOLS does not answer with its version." "Delete that folder and run this again."
}

all_there() {
  version_is "$CARGO_LEPTOS_DIR/bin/cargo-leptos" "$CARGO_LEPTOS" &&
    version_is "$WASM_BINDGEN_DIR/bin/wasm-bindgen" "$WASM_BINDGEN" &&
    version_is "$BINARYEN_DIR/node_modules/.bin/wasm-opt" "${BINARYEN%%.*}"
}

# Does program $1 exist and call itself version $2?
version_is() { [[ -x $1 && " $("$1" --version 2>/dev/null) " == *" $2 "* ]]; }

install_cargo_leptos() {
  # Its TLS library is compiled from source by perl and make.
  have perl make || fail "perl and make are needed to compile cargo-leptos." \
    "Debian, Ubuntu: apt-get install build-essential perl"
  step "Installing cargo-leptos $CARGO_LEPTOS" "once; about 8 minutes on 2 cores"
  # As quick to build as possible: it spends its life waiting for compilers. `no_downloads` turns
  # the programs it would fetch behind our back into errors.
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=256 \
    cargo_install cargo-leptos "$CARGO_LEPTOS" "$CARGO_LEPTOS_DIR" --features no_downloads
}

install_wasm_bindgen() {
  step "Installing wasm-bindgen-cli $WASM_BINDGEN" "once; about 2 minutes on 2 cores"
  # It runs for a second at a time, so a quicker build is worth more than a quicker program.
  CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=256 \
    cargo_install wasm-bindgen-cli "$WASM_BINDGEN" "$WASM_BINDGEN_DIR"
}

cargo_install() {
  local name=$1 version=$2 folder=$3
  shift 3
  # A target folder that lasts lets an interrupted installation go on where it stopped.
  CARGO_TARGET_DIR=$TOOLS/build-$name-$version \
    cargo install "$name" --version "=$version" --locked --force --no-track --root "$folder" "$@" >&2
  rm -rf "$TOOLS/build-$name-$version"
}

install_binaryen() {
  step "Installing wasm-opt (binaryen $BINARYEN from npm)" "once; 20 seconds"
  mkdir -p "$BINARYEN_DIR"
  npm install --prefix "$BINARYEN_DIR" --no-save --no-package-lock --no-fund --no-audit "binaryen@$BINARYEN" >&2
}

main
