#!/usr/bin/env bash
# Installs what a build needs and this machine lacks. Says one line when nothing is missing.
source "$(dirname "$0")/env.sh"

check_rust() {
  have cargo rustc || fail "Rust is missing." \
    "Install $RUST_AT_LEAST or newer with rustup (rustup.rs) and run this again."
  local version
  version=$(rust_version)
  at_least "$version" "$RUST_AT_LEAST" || fail "Rust $version is too old, $RUST_AT_LEAST is needed." \
    "With rustup: rustup update stable"
}

# SQLite is compiled from C.
check_c_compiler() {
  printf '#include <stdio.h>\nint main(void) { return 0; }\n' |
    "${CC:-cc}" -x c -fsyntax-only - >/dev/null 2>&1 || fail "A C compiler with its headers is missing." \
    "Debian, Ubuntu: apt-get install build-essential" \
    "Fedora: dnf install gcc make" \
    "macOS: xcode-select --install"
}

check_node() {
  have node npm || fail "Node.js is missing; the wasm optimiser and the browser tests run on it." \
    "Install Node.js $NODE_AT_LEAST or newer together with npm, and run this again."
  local version
  version=$(node -p process.versions.node)
  at_least "$version" "$NODE_AT_LEAST" || fail "Node.js $version is too old, $NODE_AT_LEAST is needed."
}

check_rust
check_c_compiler
check_node
"$ROOT/scripts/wasm-target.sh"
"$ROOT/scripts/tools.sh"
"$ROOT/scripts/wasm-std.sh" || say "Going on without it: the wasm will be a tenth larger."
say "Set-up is complete: $(rustc --version | cut -d' ' -f1-2), cargo-leptos $CARGO_LEPTOS, wasm-bindgen $WASM_BINDGEN, binaryen $BINARYEN"
