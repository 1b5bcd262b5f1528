#!/usr/bin/env bash
# Makes sure that Rust can compile for the browser: through rustup, and where its server cannot be
# reached by building the standard library from Debian's package of the sources.
source "$(dirname "$0")/env.sh"

TARGET=wasm32-unknown-unknown
# Tells the folder made here from one that rustup or a package made.
MARK=BUILT-FROM-SOURCE
# Where the sources of the standard library of a recent Rust may be, the smallest lists first.
SUITES=(trixie-backports forky-backports testing unstable)

main() {
  target_works && return
  lock_tools
  step "Adding the target $TARGET with rustup" "10 seconds"
  add_with_rustup && target_works && return
  step "rustup could not: building the standard library for $TARGET from source" "1 to 3 minutes"
  build_from_source
  target_works || fail "The target $TARGET still does not compile."
}

# Compiling something finds what a look into the folder would not: a target of another compiler.
target_works() {
  local out
  out=$(mktemp -d)
  if echo 'pub fn one() -> u32 { 1 }' |
    rustc --target "$TARGET" --crate-name probe --crate-type lib --emit metadata --out-dir "$out" - 2>/dev/null; then
    rm -rf "$out"
  else
    rm -rf "$out"
    return 1
  fi
}

add_with_rustup() {
  have rustup || return 1
  RUST_BACKTRACE=0 RUSTUP_MAX_RETRIES=1 limit 300 rustup target add "$TARGET" >&2
}

build_from_source() {
  local version sysroot libraries sources
  version=$(rustc -vV | sed -n 's/^release: //p')
  sysroot=$(rustc --print sysroot)
  libraries=$sysroot/lib/rustlib/$TARGET/lib
  sources=$sysroot/lib/rustlib/src/rust
  # A target that somebody else put there is theirs to repair; a full disk may be all that is wrong.
  [[ ! -e $libraries || -e $libraries/$MARK ]] || fail "$libraries exists but does not work." \
    "With rustup: rustup target remove $TARGET, then rustup target add $TARGET"
  [[ -w $sysroot/lib/rustlib ]] || fail "$sysroot cannot be written." \
    "Install the $TARGET part of the standard library with the package manager that installed Rust."

  # Not local: the trap below outlives this function.
  work=$(mktemp -d)
  borrowed=
  trap 'rm -rf "$work" ${borrowed:+"$borrowed"}; rmdir ${borrowed:+"${borrowed%/*}"} 2>/dev/null || true' EXIT
  if [[ ! -e $sources/library ]]; then
    unpack_sources "$version"
    # rustup would stumble over sources that it did not install itself, so they leave again.
    borrowed=$sources/library
    mkdir -p "$sources"
    cp -R "$work/library" "$borrowed"
  fi

  mkdir -p "$work/empty/src"
  : >"$work/empty/src/lib.rs"
  printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n' >"$work/empty/Cargo.toml"
  (
    cd "$work/empty"
    RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$work/target \
      cargo build --quiet --release -Zbuild-std=std,panic_abort --target "$TARGET"
  )

  # What was built here for an earlier compiler would be a second candidate for each crate.
  rm -rf "$libraries"
  mkdir -p "$libraries"
  # First, so that a copy that was interrupted is made again.
  echo "Built from source for Rust $version. Delete this folder before 'rustup target add $TARGET'." \
    >"$libraries/$MARK"
  cp "$work/target/$TARGET/release/deps/"*.rlib "$libraries/"
  rm -f "$libraries"/libempty-*.rlib
}

# Puts the `library` folder of the sources of Rust $1 into $work, through apt and with lists of its
# own: the system's sources of packages stay as they are.
unpack_sources() {
  local version=$1 suite package
  have apt-get dpkg-deb || fail "The sources of Rust $version cannot be fetched without apt." \
    "Install the target another way: rustup target add $TARGET"
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
  for suite in "${SUITES[@]}"; do
    list_suite "$suite" || continue
    package=$(apt_with_own_lists apt-cache madison rust-src | awk -v v="$version" '$3 ~ "^" v "[+~-]" && !found++ { print $3 }')
    [[ -n $package ]] || continue
    (cd "$work" && apt_with_own_lists apt-get --quiet=2 download "rust-src=$package" >&2)
    dpkg-deb --extract "$work"/rust-src_*.deb "$work/unpacked"
    # The lock file tells the standard library from the many other folders of that name.
    mv "$(dirname "$(find "$work/unpacked" -type f -path '*/library/Cargo.lock' | head -n 1)")" "$work/library"
    return
  done
  fail "No package rust-src $version found in: ${SUITES[*]}." \
    "Install the target another way: rustup target add $TARGET"
}

# Reads the package list of a suite from the mirror this system uses anyway.
# shellcheck disable=SC2016 # apt fills its fields in, not the shell.
list_suite() {
  local mirror keyring signed=
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' | sort -u | head -n 1)
  # A system that never read its lists does not know their origin yet.
  [[ -n $mirror ]] || mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep '/debian/*$' | sort -u | head -n 1) ||
    fail "apt knows no Debian mirror to take the sources of Rust from."
  for keyring in /usr/share/keyrings/debian-archive-keyring.{gpg,pgp}; do
    if [[ -f $keyring ]]; then signed="[signed-by=$keyring]"; fi
  done
  echo "deb $signed $mirror $1 main" >"$work/sources.list"
  apt_with_own_lists limit 300 apt-get --quiet=2 update >&2
}

apt_with_own_lists() {
  local own=(
    -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache"
    # The folder belongs to this user alone, so apt must not change to its own.
    -o "APT::Sandbox::User=$(id -un)"
  )
  # The options go to the program of apt, wherever it stands in the command.
  local command=() word
  for word in "$@"; do
    command+=("$word")
    if [[ $word == apt-* ]]; then command+=("${own[@]}"); fi
  done
  "${command[@]}"
}

main
