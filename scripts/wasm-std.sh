#!/usr/bin/env bash
# Makes sure that the release's wasm can have a standard library of its own: one that stops at once
# instead of writing messages that nobody reads, and that prefers small code to quick code. Without it
# the wasm is a tenth larger (BENCHMARKS.md, first load) and otherwise the same.
source "$(dirname "$0")/env.sh"
source "$(dirname "$0")/std.sh"

main() {
  wasm_std_ready && return
  lock_tools
  step "Building a small standard library for the wasm" "once; 1 minute on 2 cores"
  [[ -e $(rustc --print sysroot)/lib/rustlib/src/rust/library ]] || add_with_rustup ||
    say "rustup could not bring its sources: taking those of Debian"
  rm -rf "$WASM_STD_DIR"
  # The wasm is linked as a whole from what is in here, so it must hold what linking works on.
  CARGO_ENCODED_RUSTFLAGS=$(encoded "${WASM_STD_FLAGS[@]}" -Cembed-bitcode=yes) CARGO_PROFILE_RELEASE_OPT_LEVEL=z \
    build_std "$WASM_STD_DIR/lib/rustlib/$TARGET/lib" -Zbuild-std-features=optimize_for_size
  RUSTC_BOOTSTRAP=1 target_works --sysroot "$WASM_STD_DIR" "${WASM_STD_FLAGS[@]}" ||
    fail "The small standard library does not compile."
  # Last, so that one that was interrupted is made again.
  wasm_std_made_with >"$WASM_STD_DIR/MADE-WITH"
}

add_with_rustup() {
  have rustup || return 1
  RUST_BACKTRACE=0 RUSTUP_MAX_RETRIES=1 limit 300 rustup component add rust-src >&2
}

main
