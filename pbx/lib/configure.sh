# Writes this installation's configuration: ports chosen once, secrets made once, templates filled.

declare -A PORT SECRET FILL

# name protocol preferred
PORTS="sip udp 15060
http tcp 18088
ami tcp 15080
caller udp 15064"

ports_load() {
  local name protocol preferred port taken=
  [ -f "$PBX/ports" ] || : >"$PBX/ports"
  while read -r name port; do PORT[$name]=$port; done <"$PBX/ports"
  while read -r name protocol preferred; do
    port=${PORT[$name]:-}
    if [ -z "$port" ]; then
      port=$(free_port "$protocol" "$preferred" "$taken")
      PORT[$name]=$port
      echo "$name $port" >>"$PBX/ports"
    elif [[ ! $port =~ ^[0-9]{4,5}$ ]] || port_taken "$protocol" "$port"; then
      die "$protocol port $port ($name) is in use by another program: stop it, or remove that line from $PBX/ports to have another one chosen"
    fi
    taken+=" $protocol/$port "
  done <<<"$PORTS"
}

# Free on every address, so that a later --host finds it free too.
free_port() {
  local port
  for ((port = $2; port < $2 + 900; port += 10)); do
    [[ $3 == *" $1/$port "* ]] || port_taken "$1" "$port" any || { echo "$port"; return; }
  done
  die "no free $1 port between $2 and $((2 + 900))"
}

# Secrets are only ever added, so that phones stay registered over restarts and growth.
secrets_load() {
  local name value
  [ -f "$PBX/secrets" ] || : >"$PBX/secrets"
  chmod 600 "$PBX/secrets"
  while read -r name value; do SECRET[$name]=$value; done <"$PBX/secrets"
  for name in ari ami system $(extensions); do
    [ -z "${SECRET[$name]:-}" ] || continue
    SECRET[$name]=$(random_word)
    echo "$name ${SECRET[$name]}"
  done >>"$PBX/secrets"
}

random_word() { head -c 18 /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }

sip_extensions() { seq 1001 $((1000 + SETTING[sip-agents])); }
web_extensions() { seq 2001 $((2000 + SETTING[web-agents])); }
extensions() { sip_extensions; web_extensions; }

configure() {
  mkdir -p "$PBX"/{etc.d,run,db,keys/keys,varlib,log/cdr-csv,log/cel-custom,spool/{monitor,recording,outgoing,tmp}} \
    "$PBX"/data/sounds/cordboard
  link_shared_data
  fill_in
  rm -rf "$PBX/etc.new"
  mkdir "$PBX/etc.new"
  local template
  for template in "$HOME_OF_PBX"/etc/*.conf; do
    render "$template" >"$PBX/etc.new/${template##*/}"
  done
  for template in $EMPTY_FILES; do : >"$PBX/etc.new/$template.conf"; done
  rm -rf "$PBX/etc"
  mv "$PBX/etc.new" "$PBX/etc"
}

# Asterisk warns about each of these that is missing; none needs a line.
EMPTY_FILES="acl ccss cli cli_aliases cli_permissions codecs dsp features pjproject pjsip_notify queuerules sorcery stasis udptl websocket_client"

# Sounds of this installation lie beside links to the shared, read-only ones.
link_shared_data() {
  local shared=$UNPACKED/root/usr/share/asterisk entry
  for entry in "$shared"/*; do
    [ "${entry##*/}" = sounds ] || ln -sfn "$entry" "$PBX/data/${entry##*/}"
  done
  ln -sfn "$shared/sounds/en" "$PBX/data/sounds/en"
}

fill_in() {
  local hard
  hard=$(ulimit -Hn)
  [ "$hard" != unlimited ] && [ "$hard" -lt 65536 ] || hard=65536
  FILL=(
    [PBX]=$PBX [MODULES]=$UNPACKED/root/$LIBRARIES/asterisk/modules
    [MAXFILES]=$hard [SYSTEM]=cb-${SECRET[system]:0:6} [ENTITY]=$(entity_id)
    [SIP_PORT]=${PORT[sip]} [HTTP_PORT]=${PORT[http]} [AMI_PORT]=${PORT[ami]} [CALLER_PORT]=${PORT[caller]}
    [ARI_SECRET]=${SECRET[ari]} [AMI_SECRET]=${SECRET[ami]} [NOBODY_SECRET]=$(random_word)
    [SIP_ADDRESS]=$(is_local && echo 127.0.0.1 || echo 0.0.0.0)
    [RTP_FIRST]=${SETTING[rtp]%-*} [RTP_LAST]=${SETTING[rtp]#*-}
    [NAT]=$(nat_lines) [ICE]=$(ice_lines) [RELAY]=$(relay_lines)
    [AGENTS]=$(agent_lines) [FARM]=$([ "$TEST_FARM" = no ] || cat "$HOME_OF_PBX/lib/farm.part")
    [PROVIDER]=${SETTING[provider]} [PROVIDER_HOST]=${SETTING[provider]%:*}
    [TRUNK]=${SETTING[trunk]} [TRUNK_BACKUP]=${SETTING[trunk-backup]}
    [HOME_COUNTRY]=${SETTING[home-country]} [INTERNATIONAL]=${SETTING[international]}
    [EMERGENCY_ANI]=${SETTING[emergency-ani]} [FALLBACK_AFTER]=${SETTING[fallback-after]}
    [EMERGENCY]=$(emergency_lines) [ABROAD]=$(abroad_lines)
  )
}

# Asterisk's own id is the first network card's address, the same on every container host.
entity_id() { sed -E 's/(..)(..)(..)(..)(..)(..).*/02:\2:\3:\4:\5:\6/' <<<"${SECRET[system]}"; }

render() {
  local text name
  text=$(<"$1")
  for name in "${!FILL[@]}"; do text=${text//"@$name@"/"${FILL[$name]}"}; done
  [[ ! $text =~ @[A-Z_]+@ ]] || die "${1##*/}: nothing fills ${BASH_REMATCH[0]}"
  printf '%s\n' "$text"
}

nat_lines() {
  [ -n "${SETTING[external-address]}" ] || return 0
  printf 'external_%s_address=%s\n' media "${SETTING[external-address]}" signaling "${SETTING[external-address]}"
  printf 'local_net=%s\n' 127.0.0.0/8 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 169.254.0.0/16
}

# Asterisk never offers 127.0.0.1 by itself. For a switch on this machine only, each own address is
# offered as loopback and as itself: browsers differ in which of the two they may use.
ice_lines() {
  local mapped=${SETTING[external-address]} address
  ! is_local || mapped=127.0.0.1
  [ -n "$mapped" ] || return 0
  echo '[ice_host_candidates]'
  for address in $(own_addresses); do echo "$address => $mapped,include_local_address"; done
}

own_addresses() {
  if command -v ip >/dev/null; then
    ip -4 -o addr show scope global | awk '{ sub("/.*", "", $4); print $4 }'
  else
    hostname -I | tr ' ' '\n' | grep -E "^$IPV4\$" || true
  fi
}

relay_lines() {
  local name
  ! is_local || echo 'ice_deny=::/0'
  [ -z "${SETTING[stun]}" ] || echo "stunaddr=${SETTING[stun]}"
  [ -z "${SETTING[turn]}" ] || echo "turnaddr=${SETTING[turn]}"
  [ -z "${SETTING[turn-user]}" ] || echo "turnusername=${SETTING[turn-user]}"
  [ -z "${SETTING[turn-password]}" ] || echo "turnpassword=${SETTING[turn-password]}"
}

agent_lines() {
  local extension
  for extension in $(sip_extensions); do agent_section "$extension" sip-agent; done
  for extension in $(web_extensions); do agent_section "$extension" web-agent; done
}

agent_section() {
  printf '[%s](%s)\nauth=%s\naors=%s\ncallerid=<%s>\n[%s](agent-aor)\n[%s](agent-auth)\nusername=%s\npassword=%s\n\n' \
    "$1" "$2" "$1" "$1" "$1" "$1" "$1" "$1" "${SECRET[$1]}"
}

emergency_lines() {
  local number outside
  for number in ${SETTING[emergency-numbers]//,/ }; do
    for outside in '' ${SETTING[outside-prefixes]//,/ }; do
      echo "exten => $outside$number,1,Goto(emergency,$number,1)"
    done
  done | sort -u
}

# The number behind the international prefix is what decides; home's own code is not abroad.
abroad_lines() {
  local prefix outside whole
  for outside in '' ${SETTING[outside-prefixes]//,/ }; do
    for prefix in + ${SETTING[international-prefixes]//,/ }; do
      whole=$outside$prefix
      echo "exten => _$whole!,1,Goto(\${IF(\$[\"\${EXTEN:${#whole}:${#SETTING[home-country]}}\"=\"\${HOME_COUNTRY}\"]?agent-call:abroad)},\${EXTEN},1)"
    done
  done
}

# connection.json: how the server finds this switch.
write_connection() {
  describe_connection >"$PBX/connection.json.new"
  chmod 600 "$PBX/connection.json.new"
  mv "$PBX/connection.json.new" "$PBX/connection.json"
}

describe_connection() {
  cat <<JSON
{
  "ariUrl": "http://127.0.0.1:${PORT[http]}/ari",
  "ariUser": "cordboard",
  "ariPassword": "${SECRET[ari]}",
  "app": "cordboard",
  "amiHost": "127.0.0.1",
  "amiPort": ${PORT[ami]},
  "amiUser": "cordboard",
  "amiPassword": "${SECRET[ami]}",
  "sipAddress": "$(is_local && echo 127.0.0.1 || echo "${SETTING[host]}")",
  "sipPort": ${PORT[sip]},
  "wsUrl": "ws://127.0.0.1:${PORT[http]}/ws",
  "stun": "${SETTING[stun]}",
  "turn": "${SETTING[turn]}",
  "turnUser": "${SETTING[turn-user]}",
  "turnPassword": "${SETTING[turn-password]}",
  "recordings": $(json_text "$PBX/spool/monitor"),
  "ownConfig": $(json_text "$PBX/etc.d"),
  "records": $(json_text "$PBX/log/cel-custom/Master.csv"),
  "served": $(json_text "$PBX/run/served"),
  "sounds": $(json_text "$PBX/data/sounds/cordboard"),
  "espeak": $(json_text "$UNPACKED/bin/espeak-ng"),
  "speak": $(json_text "$UNPACKED/bin/speak"),
  "callerEndpoint": "PJSIP/caller/sip:{did}@127.0.0.1:${PORT[sip]}",
  "trunk": $(trunk_json),
  "homeCountry": "${SETTING[home-country]}",
  "international": "${SETTING[international]}",
  "internationalPrefixes": "${SETTING[international-prefixes]}",
  "emergencyNumbers": "${SETTING[emergency-numbers]}",
  "agents": [$(agents_json)]
}
JSON
}

trunk_json() {
  if [ "${SETTING[trunk]}" = provider ]; then
    printf '{"name":"provider","address":"%s"}' "${SETTING[provider]}"
  else
    printf '{"name":"%s"}' "${SETTING[trunk]}"
  fi
}

agents_json() {
  local extension separator=
  for extension in $(extensions); do
    printf '%s{"extension":"%s","kind":"%s","password":"%s"}' "$separator" "$extension" \
      "$([ "$extension" -ge 2000 ] && echo webrtc || echo sip)" "${SECRET[$extension]}"
    separator=,
  done
}

contract_json() {
  printf '{"sip":"127.0.0.1:%s","ari":"http://127.0.0.1:%s/ari","trunk":%s,"agents":[%s]}\n' \
    "${PORT[sip]}" "${PORT[http]}" "$(trunk_json)" "$(agents_json)"
}
