#!/usr/bin/env bash
# Builds the release, target/release/stint, unless it is newer than everything it is made of. Prints
# the sizes after a build, and with --sizes always.
#
# cargo could decide that itself, but cargo-leptos writes the site anew each time, the site is part of
# the program, and so an unchanged program would be linked again each time, for minutes.
source "$(dirname "$0")/env.sh"

# As old as the start of the last good build; holds what that build was made with and the program's sum.
STAMP=$ROOT/target/release/.stint-build
SIZES=$ROOT/target/release/stint-sizes.txt
INPUTS=(Cargo.toml Cargo.lock .cargo build.rs rust-toolchain.toml migrations public scripts/build.sh src style)

main() {
  cd "$ROOT"
  if up_to_date; then
    say "The release is up to date: ${PROGRAM#"$ROOT/"}"
    if [[ ${1:-} == --sizes ]]; then cat "$SIZES"; fi
    return
  fi
  step "Building the release: the wasm, the site's files, then the server around them" \
    "8 to 12 minutes on 2 cores from nothing, 6 to 7 after a change"
  mkdir -p target/release
  rm -f "$STAMP"
  touch "$STAMP.new"
  build
  [[ -x $PROGRAM ]] || fail "cargo-leptos ended without an error, but $PROGRAM is not there."
  measure >"$SIZES"
  record
  cat "$SIZES"
}

# Two steps, so that the flags of a wasm with a standard library of its own are the wasm's alone.
build() {
  local command=(cargo leptos build --release --precompress --cargo-locked) flags=()
  if wasm_std_ready; then
    # In place of what .cargo/config.toml says, so that is said again.
    flags=(RUSTC_BOOTSTRAP=1
      "CARGO_ENCODED_RUSTFLAGS=$(encoded --cfg erase_components --sysroot "$WASM_STD_DIR" "${WASM_FLAGS[@]}")")
  fi
  env ${flags[@]+"${flags[@]}"} "${command[@]}" --frontend-only >&2
  lighten target/site/sheet.js
  shrink target/site/pkg/*.wasm
  "${command[@]}" --server-only >&2
}

# What is explained in a script is for whoever reads its source.
lighten() {
  sed -i '/^ *\/\//d' "$1"
  compress "$1"
}

# What cargo-leptos has made small once (-Oz), twice more, without the streams of bytes that a script could ask for:
# wasm-bindgen keeps all that a library offers. One percent less to transfer.
shrink() {
  local features=(bulk-memory nontrapping-float-to-int sign-ext mutable-globals reference-types multivalue)
  features=("${features[@]/#/--enable-}")
  wasm-opt -Os "${features[@]}" "$1" --emit-text -o "$1.wat"
  # Whoever makes one hands it over so.
  if [[ $(grep -c 'IntoUnderlying[A-Za-z]*\.__wrap' "${1%/*}"/*.js) == 0 ]]; then
    sed -i '/^ *(export "\(__wbg_\)\?intounderlying/d' "$1.wat"
  fi
  wasm-opt -Os "${features[@]}" "$1.wat" -o "$1"
  rm "$1.wat"
  compress "$1"
}

# Anew, since the file is another one than cargo-leptos compressed; brotli with larger blocks and codes of their
# own for the shortest distances, which is half a percent less.
compress() {
  gzip --force --keep --best --no-name "$1"
  node - "$1" <<'JS'
const { brotliCompressSync, constants } = require("node:zlib");
const { readFileSync, writeFileSync } = require("node:fs");
const [file] = process.argv.slice(2);
const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGBLOCK, BROTLI_PARAM_NDIRECT } = constants;
const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGBLOCK]: 20, [BROTLI_PARAM_NDIRECT]: 10 };
writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file), { params }));
JS
}

up_to_date() {
  [[ -x $PROGRAM && -f $STAMP && -f $SIZES && $(<"$STAMP") == "$(made_with)" ]] || return 1
  local input existing=()
  for input in "${INPUTS[@]}"; do
    if [[ -e $input ]]; then existing+=("$input"); fi
  done
  [[ -z $(find "${existing[@]}" -newer "$STAMP" -print -quit) ]]
}

made_with() {
  rustc --version
  if wasm_std_ready; then
    wasm_std_made_with
    echo "${WASM_FLAGS[@]}"
  fi
  echo "cargo-leptos $CARGO_LEPTOS wasm-bindgen $WASM_BINDGEN binaryen $BINARYEN"
  cksum <"$PROGRAM"
}

# What a visitor loads, and what is handed to whoever installs Stint.
measure() {
  local file
  printf '%-36s %10s %10s\n' "bytes" "raw" "brotli"
  for file in target/site/pkg/*.wasm target/site/pkg/*.js target/site/pkg/*.css; do
    printf '%-36s %10d %10d\n' "$(kind_of "$file")" "$(wc -c <"$file")" "$(wc -c <"$file.br")"
  done
  printf '%-36s %10d\n' "target/release/stint" "$(wc -c <"$PROGRAM")"
}

# The file's name without its hash.
kind_of() { basename "$1" | sed -E 's/\.[A-Za-z0-9_-]{22}\././'; }

record() {
  made_with >"$STAMP.text"
  # Content first, then the time of the start: a file saved during the build is newer than that.
  cat "$STAMP.text" >"$STAMP"
  touch -r "$STAMP.new" "$STAMP"
  rm -f "$STAMP.new" "$STAMP.text"
}

main "$@"
