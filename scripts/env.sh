# shellcheck shell=bash disable=SC2034
# Read by every script of this folder (`source`): where things are, which versions are used, and how
# a script speaks. It changes nothing on the machine.

set -euo pipefail

# A build agent may start without any of a user's variables.
if [[ -z ${HOME:-} ]]; then
  HOME=$(getent passwd "$(id -u)" | cut -d: -f6)
  export HOME
fi

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
TOOLS=${STINT_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/stint/tools}
PROGRAM=$ROOT/target/release/stint
RUST_AT_LEAST=$(sed -n 's/^rust-version *= *"\(.*\)".*/\1/p' "$ROOT/Cargo.toml")
NODE_AT_LEAST=20

# The newest cargo-leptos whose locked dependencies build with RUST_AT_LEAST.
CARGO_LEPTOS=0.3.10
# Refuses a program of any other version, so the lock file decides.
WASM_BINDGEN=$(grep -A1 '^name = "wasm-bindgen"$' "$ROOT/Cargo.lock" | sed -n 's/^version = "\(.*\)"/\1/p')
# The npm package that carries wasm-opt.
BINARYEN=132.0.0

CARGO_LEPTOS_DIR=$TOOLS/cargo-leptos-$CARGO_LEPTOS
WASM_BINDGEN_DIR=$TOOLS/wasm-bindgen-cli-$WASM_BINDGEN
BINARYEN_DIR=$TOOLS/binaryen-$BINARYEN
# The standard library of the release's wasm (wasm-std.sh), and how it and all that uses it are compiled.
WASM_STD_DIR=$TOOLS/wasm-std
WASM_STD_FLAGS=(-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none)
# What writes values for developers is left out of the rest: nobody sees it there.
WASM_FLAGS=("${WASM_STD_FLAGS[@]}" -Zfmt-debug=none)

# rustup's folder is last: whoever has chosen another cargo keeps it. Ours are first, because
# cargo-leptos takes the first wasm-bindgen and wasm-opt it meets without asking for the version.
PATH=$CARGO_LEPTOS_DIR/bin:$WASM_BINDGEN_DIR/bin:$BINARYEN_DIR/node_modules/.bin:$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
export PATH

say() { printf '%s\n' "$*" >&2; }

# Announces work that takes a while: what, and how long it usually takes.
step() { say "==> $1 ($2)"; }

fail() {
  say "error: $1"
  shift
  local line
  for line in "$@"; do say "       $line"; done
  exit 1
}

# Are all these programs there?
have() {
  local program
  for program in "$@"; do command -v "$program" >/dev/null 2>&1 || return 1; done
}

# Is version $1 at least version $2?
at_least() { [[ $(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1) == "$2" ]]; }

# Gives up on a command after so many seconds, where the system can (macOS cannot).
limit() {
  if have timeout; then timeout "$@"; else shift && "$@"; fi
}

rust_version() { rustc -vV | sed -n 's/^release: //p'; }

# Flags of rustc as cargo takes them whatever they contain.
encoded() {
  local all
  all=$(printf '%s\x1f' "$@")
  printf '%s' "${all%$'\x1f'}"
}

# What the wasm's standard library must have been made with to be of use.
wasm_std_made_with() {
  rustc -vV
  echo "${WASM_STD_FLAGS[@]}"
}

wasm_std_ready() {
  [[ -f $WASM_STD_DIR/MADE-WITH && $(<"$WASM_STD_DIR/MADE-WITH") == "$(wasm_std_made_with)" ]]
}

# One at a time among all checkouts that share the folder of tools, where the system can.
lock_tools() {
  mkdir -p "$TOOLS"
  have flock || return 0
  exec 9>"$TOOLS/.lock"
  flock --nonblock 9 && return
  say "Waiting for another set-up that uses $TOOLS"
  flock 9
}
