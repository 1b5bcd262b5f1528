# shellcheck shell=bash
# Sourced by the scripts that build the standard library of Rust for the browser from its sources.

TARGET=wasm32-unknown-unknown
# Where the sources of the standard library of a recent Rust may be, the smallest lists first.
SUITES=(trixie-backports forky-backports testing unstable)

# Can the compiler make something for the browser, with these arguments? Compiling finds what a look
# into a folder would not: a library of another compiler.
# shellcheck disable=SC2120 # None are needed.
target_works() {
  local out works=0
  out=$(mktemp -d)
  echo 'pub fn one() -> u32 { 1 }' |
    rustc --target "$TARGET" "$@" --crate-name probe --crate-type lib --emit metadata --out-dir "$out" - 2>/dev/null || works=1
  rm -rf "$out"
  return "$works"
}

# Builds the library into the folder $1, which it empties; further arguments go to cargo.
build_std() {
  local libraries=$1 sources
  shift
  sources=$(rustc --print sysroot)/lib/rustlib/src/rust
  # Not local: the trap below outlives this function.
  work=$(mktemp -d)
  borrowed=
  trap 'rm -rf "$work" ${borrowed:+"$borrowed"}; rmdir ${borrowed:+"${borrowed%/*}"} 2>/dev/null || true' EXIT
  if [[ ! -e $sources/library ]]; then
    unpack_sources "$(rust_version)"
    # rustup would stumble over sources that it did not install itself, so they leave again.
    borrowed=$sources/library
    mkdir -p "$sources"
    cp -R "$SOURCES_DIR/library" "$borrowed"
  fi

  mkdir -p "$work/empty/src"
  : >"$work/empty/src/lib.rs"
  printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n' >"$work/empty/Cargo.toml"
  (
    cd "$work/empty" || exit
    RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$work/target \
      cargo build --quiet --release -Zbuild-std=std,panic_abort --target "$TARGET" "$@"
  )

  # What was built here for an earlier compiler would be a second candidate for each crate.
  rm -rf "$libraries"
  mkdir -p "$libraries"
  cp "$work/target/$TARGET/release/deps/"*.rlib "$libraries/"
  rm -f "$libraries"/libempty-*.rlib
}

# Puts the `library` folder of the sources of Rust $1 into a folder of tools and its path into
# SOURCES_DIR, through apt and with lists of its own: the system's sources of packages stay as they are.
unpack_sources() {
  local version=$1 suite package
  SOURCES_DIR=$TOOLS/rust-src-$version
  [[ ! -e $SOURCES_DIR/library/Cargo.lock ]] || return 0
  have apt-get dpkg-deb || fail "The sources of Rust $version cannot be fetched without apt." \
    "Install them another way: rustup component add rust-src"
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
  for suite in "${SUITES[@]}"; do
    list_suite "$suite" || continue
    package=$(apt_with_own_lists apt-cache madison rust-src | awk -v v="$version" '$3 ~ "^" v "[+~-]" && !found++ { print $3 }')
    [[ -n $package ]] || continue
    (cd "$work" && apt_with_own_lists apt-get --quiet=2 download "rust-src=$package" >&2)
    dpkg-deb --extract "$work"/rust-src_*.deb "$work/unpacked"
    rm -rf "$SOURCES_DIR"
    mkdir -p "$SOURCES_DIR"
    # The lock file tells the standard library from the many other folders of that name.
    mv "$(dirname "$(find "$work/unpacked" -type f -path '*/library/Cargo.lock' | head -n 1)")" "$SOURCES_DIR/library"
    return
  done
  fail "No package rust-src $version found in: ${SUITES[*]}." \
    "Install the sources another way: rustup component add rust-src"
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
