# Starts, stops and asks.

up() {
  if running; then
    status
    return
  fi
  local began=$SECONDS
  rm -rf "${STATE:?}/run"
  mkdir -p "$STATE/run"
  cp -a --reflink=auto "$TEMPLATE/." "$STATE/run/"
  cp "$HERE/odoo.d/odoo.conf" "$HERE"/odoo.d/*.py "$STATE/run/"
  chown 65534:65534 "$STATE/run"
  chmod 700 "$STATE/run"
  boot
  say "up after $((SECONDS - began)) s"
  status
}

boot() {
  local port tries
  port=$(free_port)
  # shellcheck disable=SC2016
  setsid "$HERE/odoo.d/keep" "$HERE" "$ROOT" "$STATE" "$port" >"$STATE/run/odoo.log" 2>&1 </dev/null 8>&- &
  echo "$! $(started_at $!)" >"$STATE/pid"
  for ((tries = 0; tries < 900; tries++)); do
    [ ! -s "$STATE/run/keys" ] || ! answers "$port" || break
    running || die "Odoo did not start: see $STATE/run/odoo.log"
    sleep 0.2
  done
  answers "$port" || die "Odoo does not answer after 3 minutes: see $STATE/run/odoo.log"
  python3 - "$STATE/run/keys" "$port" >"$STATE/connection.new" <<'PY'
import json, sys
keys = json.loads(open(sys.argv[1]).read().splitlines()[-1])
print(json.dumps({"url": "http://127.0.0.1:" + sys.argv[2], "database": "odoo", **keys}))
PY
  chmod 600 "$STATE/connection.new"
  mv "$STATE/connection.new" "$STATE/connection"
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

answers() { python3 -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=5)' "http://127.0.0.1:$1/web/health" 2>/dev/null; }

# A number of a process is used again after it; together with when it began it is not.
started_at() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

running() {
  local pid began
  [ -f "$STATE/pid" ] && read -r pid began <"$STATE/pid" && [ -n "$began" ] && [ "$(started_at "$pid")" = "$began" ]
}

status() {
  running && [ -f "$STATE/connection" ] || die "it does not run in $STATE"
  cat "$STATE/connection"
}

down() {
  local pid began tries
  if running; then
    read -r pid began <"$STATE/pid"
    kill -TERM "$pid"
    for ((tries = 0; tries < 100; tries++)); do
      running || break
      sleep 0.1
    done
    ! running || kill -KILL "$pid"
  fi
  rm -f "$STATE/pid" "$STATE/connection"
  rm -rf "${STATE:?}/run"
}
