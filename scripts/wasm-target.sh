#!/usr/bin/env bash
# Makes sure that Rust can compile for the browser: through rustup, and where its server cannot be
# reached by building the standard library from Debian's package of the sources.
source "$(dirname "$0")/env.sh"
source "$(dirname "$0")/std.sh"

# Tells the folder made here from one that rustup or a package made.
MARK=BUILT-FROM-SOURCE

# shellcheck disable=SC2119 # The compiler as it is.
main() {
  target_works && return
  lock_tools
  step "Adding the target $TARGET with rustup" "10 seconds"
  add_with_rustup && target_works && return
  step "rustup could not: building the standard library for $TARGET from source" "1 to 3 minutes"
  build_from_source
  target_works || fail "The target $TARGET still does not compile."
}

add_with_rustup() {
  have rustup || return 1
  RUST_BACKTRACE=0 RUSTUP_MAX_RETRIES=1 limit 300 rustup target add "$TARGET" >&2
}

build_from_source() {
  local sysroot libraries
  sysroot=$(rustc --print sysroot)
  libraries=$sysroot/lib/rustlib/$TARGET/lib
  # A target that somebody else put there is theirs to repair; a full disk may be all that is wrong.
  [[ ! -e $libraries || -e $libraries/$MARK ]] || fail "$libraries exists but does not work." \
    "With rustup: rustup target remove $TARGET, then rustup target add $TARGET"
  [[ -w $sysroot/lib/rustlib ]] || fail "$sysroot cannot be written." \
    "Install the $TARGET part of the standard library with the package manager that installed Rust."
  # First, so that a copy that was interrupted is made again.
  mkdir -p "$libraries"
  echo "Unfinished." >"$libraries/$MARK"
  build_std "$libraries"
  echo "Built from source for Rust $(rust_version). Delete this folder before 'rustup target add $TARGET'." \
    >"$libraries/$MARK"
}

main
