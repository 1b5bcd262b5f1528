#!/usr/bin/env bash
# Asks a running server whatever its own OpenAPI document allows and forbids, with Schemathesis from
# PyPI, and checks what it answers: as nobody, with a token that may read, with one that may write, and as
# a device of a registered account.
#
# `api.sh install` only installs what it needs.
#
#   STINT_BIN        the program under test, the release unless told
#   STINT_API_CASES  how many cases at least, 2,000 unless told
#   STINT_API_SEED   where chance begins, 1 unless told; each round takes the next one
source "$(dirname "$0")/env.sh"

SCHEMATHESIS=4.32.5
PYTHON_AT_LEAST=3.10
FOLDER=$TOOLS/schemathesis-$SCHEMATHESIS
BIN=${STINT_BIN:-$PROGRAM}
WANTED=${STINT_API_CASES:-2000}
SEED=${STINT_API_SEED:-1}
# Of each call in each phase.
EXAMPLES=10
MOST_ROUNDS=30

main() {
  if [[ ${1:-} == install ]]; then
    is_installed || install
    return
  fi
  [[ -x $BIN ]] || fail "$BIN is not there; build it with scripts/build.sh, or name another one in STINT_BIN."
  is_installed || install
  work=$(mktemp -d)
  server=
  trap 'stop_server; rm -rf "$work"' EXIT
  start_server
  step "Asking the API $WANTED times and more, from seed $SEED on" "about a minute for each 5,000"

  cases=0
  local round=0
  while ((cases < WANTED && round < MOST_ROUNDS)); do
    make_tokens || fail "The server gave no tokens." "$(<"$work/server.log")"
    ask nobody "$((SEED + round))"
    ask read "$((SEED + round))"
    ask write "$((SEED + round))"
    make_device || fail "The server registered nobody." "$(<"$work/server.log")"
    ask device "$((SEED + round))"
    round=$((round + 1))
  done
  ((cases >= WANTED)) || fail "Only $cases cases in $round rounds, $WANTED were wanted."
  kill -0 "$server" 2>/dev/null || fail "The server ended on the way." "$(<"$work/server.log")"
  say "The API answered $cases cases as it says it does."
}

is_installed() { [[ " $("$FOLDER/bin/st" --version 2>/dev/null) " == *" $SCHEMATHESIS "* ]]; }

install() {
  lock_tools
  is_installed && return
  local advice="Install Python $PYTHON_AT_LEAST or newer with venv and pip (Debian, Ubuntu: apt-get install python3-venv)."
  have python3 || fail "Python is missing, which Schemathesis runs on. $advice"
  python3 -c "import sys; sys.exit(sys.version_info < (${PYTHON_AT_LEAST/./, }))" ||
    fail "$(python3 --version) is too old for Schemathesis. $advice"
  python3 -c 'import venv, ensurepip' 2>/dev/null || fail "This Python has no venv or no pip. $advice"
  step "Installing Schemathesis $SCHEMATHESIS from PyPI" "once; 30 seconds"
  rm -rf "$FOLDER"
  python3 -m venv "$FOLDER" >&2
  "$FOLDER/bin/python" -m pip install --quiet --disable-pip-version-check \
    --constraint "$ROOT/scripts/api.txt" "schemathesis==$SCHEMATHESIS" >&2
  is_installed || fail "Schemathesis in $FOLDER does not answer with its version." "Delete that folder and run this again."
}

# On a port that is free, with data of its own. Sets $server and $url.
start_server() {
  : >"$work/server.log"
  STINT_LOG=warn STINT_GUESTS_PER_ADDRESS=1000000 STINT_TRUSTED_PROXIES=127.0.0.1 STINT_DATA=$work/data \
    STINT_ADDR=127.0.0.1:0 "$BIN" serve >"$work/server.log" 2>&1 &
  server=$!
  local tries
  for ((tries = 0; tries < 300; tries++)); do
    url=$(sed -n 's|^Stint runs at \(http://127\.0\.0\.1:[0-9]*\)/.*|\1|p' "$work/server.log")
    [[ -z $url ]] || return 0
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
  done
  fail "The server did not start." "$(<"$work/server.log")"
}

stop_server() {
  [[ -n $server ]] || return 0
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
}

# Personal tokens of a new guest: they outlive the run.
make_tokens() {
  in_python <<'PYTHON'
guest = call("/guests", {})["access_token"]
for scope in ("read", "write"):
    keep(scope, call("/tokens", {"name": scope, "scope": scope}, guest)["token"])
PYTHON
}

# The access token of a new account, for what only a device may do. It lasts a quarter of an hour: one run
# of a minute or two.
make_device() {
  in_python <<'PYTHON'
account = {"username": f"tried-{uuid.uuid4().hex}", "password": "correct horse battery"}
keep("device", call("/register", account)["access_token"])
PYTHON
}

# Whether the token of $1 still says who asks.
is_let_in() {
  in_python <<PYTHON
call("/me", None, open(f"{folder}/$1.token").read())
PYTHON
}

# Runs what it reads, which may call the API and keep tokens.
in_python() {
  { cat <<'PYTHON'; cat; } | "$FOLDER/bin/python" - "$url/api/v1" "$work"
import json, sys, urllib.request, uuid

root, folder = sys.argv[1:]

# From an address of its own: where so much is tried, nobody may register for a while.
net = uuid.uuid4().hex

def call(path, body, token=None):
    headers = {"Content-Type": "application/json", "X-Forwarded-For": f"2001:db8:{net[:4]}:{net[4:8]}::1"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(root + path, data, headers)
    # No proxy: the server is on this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=30) as answer:
        return json.load(answer)

def keep(who, token):
    with open(f"{folder}/{who}.token", "w") as file:
        file.write(token)

PYTHON
}

# One run as $1 with seed $2; adds to $cases. All checks are on unless api.toml says otherwise: naming
# them here would outdo what it says.
ask() {
  local who=$1 seed=$2 header=() less=() found
  [[ $who == nobody ]] || header=(--header "Authorization: Bearer $(<"$work/$who.token")")
  # It would be nobody from then on.
  [[ $who != device ]] || less=(--exclude-path /logout --exclude-name "DELETE /devices/{id}")
  # In a folder of its own, because it leaves files where it runs.
  if ! (cd "$work" && NO_PROXY=127.0.0.1 "$FOLDER/bin/st" --config-file "$ROOT/scripts/api.toml" run "$url/api/v1/openapi.json" \
    "${header[@]+"${header[@]}"}" "${less[@]+"${less[@]}"}" --mode all --seed "$seed" --max-examples "$EXAMPLES" \
    --generation-database none --continue-on-failure --warnings off --no-color) >"$work/$who.log" 2>&1; then
    say "$(<"$work/$who.log")"
    fail "The API did not answer as it says it does: as $who, seed $seed."
  fi
  [[ $who == nobody ]] || is_let_in "$who" ||
    fail "What was asked as $who, seed $seed, was not: its token was ended on the way." "$(<"$work/$who.log")"
  found=$(sed -n 's/^ *\([0-9][0-9]*\) generated.*/\1/p' "$work/$who.log")
  [[ -n $found ]] || fail "Schemathesis did not say how many cases it tried." "$(<"$work/$who.log")"
  cases=$((cases + found))
  say "    $who, seed $seed: $found cases"
}

main "$@"
