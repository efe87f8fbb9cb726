# Starts, stops and asks.

pbx_up() {
  check_host
  mkdir -p "$PBX" 2>/dev/null && chmod 700 "$PBX" 2>/dev/null || die "cannot write to $DATA; give another directory with --data"
  exec 7>"$PBX/lock"
  flock -w 120 7 || die "another 'cordboard pbx' works on $PBX for 2 minutes"
  settings_load
  fetch
  if running; then
    load_known
    [ ${#GIVEN[@]} -eq 0 ] && [ "$TEST_FARM" = no ] || die "it runs already; 'cordboard pbx down' first, then 'up' with the new options"
    mind
    write_connection
    say "already running (pid $(<"$PID_FILE"))"
  else
    settings_save
    start
  fi
  announce
}

# Ports are chosen and taken under one lock for all installations of this user.
start() {
  local began=$SECONDS
  exec 8>"$CACHE/lock"
  flock -w 120 8 || die "another 'cordboard pbx up' holds $CACHE/lock for 2 minutes"
  ports_load
  secrets_load
  configure
  step "starting Asterisk $(<"$UNPACKED/complete")" boot
  exec 8>&-
  write_connection
}

load_known() {
  local name value
  while read -r name value; do PORT[$name]=$value; done <"$PBX/ports"
  secrets_load
}

boot() {
  rm -f "$PID_FILE" "$PBX/run/stopping" "$PBX/run/served"
  mind
  local tries
  for ((tries = 0; tries < 300; tries++)); do
    if running && booted; then
      listens_everywhere
      return 0
    fi
    kept || { [ $tries -lt 20 ] || break; }
    sleep 0.1
  done
  stop_all
  die "Asterisk did not start: $(last_words)"
}

# The keeper is what starts Asterisk, now and after a crash; it needs nothing from this terminal.
mind() {
  ! kept || return 0
  PATH=$UNPACKED/bin:$PATH setsid "$HOME_OF_PBX/lib/keep" "$PBX" "$UNPACKED/bin/asterisk" \
    </dev/null >>"$PBX/log/keep.log" 2>&1 7>&- 8>&- &
}

running() { ours "$(cat "$PID_FILE" 2>/dev/null)" "-C $ASTERISK_CONF "; }

booted() { ask 'core waitfullybooted' 2>/dev/null | grep -q 'fully booted'; }

ask() { "$UNPACKED/bin/asterisk" -C "$ASTERISK_CONF" -rx "$*" 7>&- 8>&-; }

# Asterisk only logs a port that it could not open, and goes on without it.
listens_everywhere() {
  local name protocol preferred
  while read -r name protocol preferred; do
    port_taken "$protocol" "${PORT[$name]}" any && continue
    stop_all
    die "Asterisk runs but did not open $protocol port ${PORT[$name]} ($name): $(last_words)"
  done <<<"$PORTS"
}

last_words() {
  local words
  words=$(grep -hE 'ERROR|WARNING|not found|cannot' "$PBX/log/messages" "$PBX/log/keep.log" 2>/dev/null | tail -3)
  printf '%s\n(log: %s)' "${words:-it said nothing}" "$PBX/log"
}

announce() {
  say "SIP ${SETTING[host]:-127.0.0.1}:${PORT[sip]}, ARI 127.0.0.1:${PORT[http]}, ${SETTING[web-agents]} browser phones, ${SETTING[sip-agents]} SIP phones"
  say "passwords and addresses: $PBX/connection.json"
  [ "$JSON" = no ] || contract_json
}

pbx_down() {
  place_cache
  local was=no
  if [ -d "$PBX" ]; then
    exec 7>"$PBX/lock"
    flock -w 120 7 || die "another 'cordboard pbx' works on $PBX for 2 minutes"
    if running || kept; then
      was=yes
      step "stopping Asterisk" stop_all
    fi
  fi
  [ $was = yes ] && say stopped || say "it was not running"
  [ "$JSON" = no ] || echo '{"stopped":true}'
}

kept() { ours "$(cat "$KEEP_PID_FILE" 2>/dev/null)" "lib/keep $PBX "; }

# The keeper goes first: nothing may start Asterisk again.
stop_all() {
  local tries pid
  : >"$PBX/run/stopping"
  if kept; then
    kill "$(<"$KEEP_PID_FILE")" 2>/dev/null || true
    for ((tries = 0; tries < 50; tries++)); do kept || break; sleep 0.1; done
  fi
  if running; then
    pid=$(<"$PID_FILE")
    ask 'core stop now' >/dev/null 2>&1 || true
    for ((tries = 0; tries < 50; tries++)); do ours "$pid" "-C $ASTERISK_CONF " || break; sleep 0.1; done
    ! ours "$pid" "-C $ASTERISK_CONF " || kill -9 "$pid" 2>/dev/null || true
  fi
  rm -f "$PID_FILE" "$KEEP_PID_FILE" "$PBX/connection.json" "$PBX/run/stopping"
}

pbx_status() {
  place_cache
  if [ -f "$PBX/ports" ] && running; then
    settings_load
    load_known
    say "running (pid $(<"$PID_FILE")), Asterisk $(<"$UNPACKED/complete")"
    announce
  else
    say "not running ($PBX)"
    [ "$JSON" = no ] || echo '{"running":false}'
    return 1
  fi
}

pbx_cli() {
  place_cache
  running || die "it does not run; 'cordboard pbx up' first"
  [ ${#WORDS[@]} -gt 0 ] || wrong "cli needs a command, such as: cordboard pbx cli pjsip show contacts"
  ask "${WORDS[*]}"
}
