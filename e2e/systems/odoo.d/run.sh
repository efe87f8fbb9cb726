# Starts, stops and asks.

up() {
  hold
  if running; then
    status
    return
  fi
  local began=$SECONDS
  rm -rf "${STATE:?}/run"
  mkdir -p "$STATE/run"
  cp -a --reflink=auto "$TEMPLATE/." "$STATE/run/"
  cp "$HERE"/odoo.d/{odoo.conf,keys.py,start} "$STATE/run/"
  chown 65534:65534 "$STATE/run"
  chmod 700 "$STATE/run"
  boot
  say "up after $((SECONDS - began)) s"
  status
}

# One at a time works on a directory.
hold() {
  exec 7>"$STATE/lock"
  flock -w 600 7 || die "another works on $STATE for 10 minutes"
}

boot() {
  local port tries
  port=$(free_port)
  inside_apart "$STATE/run" "/srv/start" "$port" >"$STATE/run/odoo.log" 2>&1 </dev/null 7>&- &
  echo "$! $(started_at $!)" >"$STATE/pid"
  for ((tries = 0; tries < 900; tries++)); do
    [ ! -s "$STATE/run/keys" ] || ! answers "$port" || break
    running || die "Odoo did not start: see $STATE/run/odoo.log"
    sleep 0.2
  done
  answers "$port" || die "Odoo does not answer after 3 minutes: see $STATE/run/odoo.log"
  connection "$port" >"$STATE/connection.new"
  mv "$STATE/connection.new" "$STATE/connection"
}

connection() {
  umask 077
  python3 - "$STATE/run/keys" "$1" <<'PY'
import json, sys
keys = json.loads(open(sys.argv[1]).read().splitlines()[-1])
print(json.dumps({"url": "http://127.0.0.1:" + sys.argv[2], "database": "odoo", **keys}))
PY
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

answers() { python3 -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=5)' "http://127.0.0.1:$1/web/health" 2>/dev/null; }

# A number of a process is used again after it; together with when it began it is not.
started_at() { { sed 's/.*) //' "/proc/$1/stat" | cut -d' ' -f20; } 2>/dev/null || true; }

running() {
  local pid began
  [ -f "$STATE/pid" ] && read -r pid began <"$STATE/pid" && [ -n "$began" ] && [ "$(started_at "$pid")" = "$began" ]
}

status() {
  running && [ -f "$STATE/connection" ] || die "it does not run in $STATE"
  cat "$STATE/connection"
}

# Its process space ends with it, and all that runs in there. What was kept is thrown away: nothing has to be saved.
down() {
  local pid tries
  hold
  if running; then
    read -r pid _ <"$STATE/pid"
    kill -KILL "$pid"
    for ((tries = 0; tries < 100; tries++)); do
      running || break
      sleep 0.1
    done
  fi
  rm -f "$STATE/pid" "$STATE/connection" "$STATE/connection.new"
  rm -rf "${STATE:?}/run"
}
