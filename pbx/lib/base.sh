# Words that every part uses: messages, progress, JSON, ports.

say() { printf 'pbx: %s\n' "$*" >&2; }

die() {
  say "$*"
  exit 1
}

wrong() {
  say "$* (cordboard pbx --help says what is right)"
  exit 2
}

# step TEXT COMMAND...: says what takes long before it begins, and how long it took.
step() {
  local text=$1 began=$SECONDS
  shift
  say "$text ..."
  "$@" || return
  [ $((SECONDS - began)) -lt 2 ] || say "$text: $((SECONDS - began)) s"
}

# while_ticking REPORT COMMAND...: prints REPORT's output every few seconds while COMMAND runs. The
# sleeper holds no descriptor, or it would keep a reader of our output waiting after we are done.
while_ticking() {
  local report=$1 ticker status=0
  shift
  (while sleep 4 >&- 2>&-; do say "  $($report)"; done) &
  ticker=$!
  "$@" || status=$?
  kill "$ticker" 2>/dev/null || true
  wait "$ticker" 2>/dev/null || true
  return $status
}

json_text() {
  local text=${1//\\/\\\\}
  printf '"%s"' "${text//\"/\\\"}"
}

# place_data DIR: everything of this installation's switch lives in DIR/pbx.
place_data() {
  DATA=$(realpath -m "$1")
  PBX=$DATA/pbx
  # Asterisk's files read ';' as a comment and ',' as a separator; no quoting saves a path from that.
  [[ $DATA =~ ^[A-Za-z0-9/._+@~-]+$ ]] ||
    die "the data directory '$DATA' has a character that Asterisk's files cannot hold; use letters, digits and / . _ - + @ ~"
  [ ${#PBX} -le 80 ] || die "the data directory '$DATA' is too long for a Unix socket (at most 76 characters)"
  ASTERISK_CONF=$PBX/etc/asterisk.conf
  PID_FILE=$PBX/run/pid
  KEEP_PID_FILE=$PBX/run/keep.pid
}

# port_taken PROTOCOL PORT [any]: does another program hold it on loopback (or on any address)?
port_taken() {
  local hex files
  hex=$(printf '%04X' "$2")
  files=("/proc/net/$1" "/proc/net/${1}6")
  awk -v port="$hex" -v all="${3:-}" -v tcp="$([ "$1" = tcp ] && echo 1)" '
    FNR > 1 {
      split($2, local, ":")
      here = all != "" || local[1] == "0100007F" || local[1] ~ /^0+$/
      if (local[2] == port && here && (!tcp || $4 == "0A")) found = 1
    }
    END { exit !found }' "${files[@]}" 2>/dev/null
}

# ours PID WORD: is that process alive and one that we started for this data directory?
ours() {
  [ -n "${1:-}" ] && [ -r "/proc/$1/cmdline" ] && tr '\0' ' ' <"/proc/$1/cmdline" | grep -F -- "$2" >/dev/null
}
