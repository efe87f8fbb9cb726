# The switch's settings: one table says their names, defaults, permitted forms and meaning.

declare -A SETTING
IPV4='[0-9]{1,3}(\.[0-9]{1,3}){3}'
NAME_OR_IP='[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?'

# name|default|regular expression|meaning
SETTINGS="\
host||($NAME_OR_IP)?|name or address at which phones reach this machine (empty: this machine only)
external-address||($IPV4)?|public address when the switch stands behind address translation
stun||($NAME_OR_IP(:[0-9]+)?)?|STUN server HOST[:PORT]
turn||($NAME_OR_IP(:[0-9]+)?)?|TURN server HOST[:PORT]
turn-user||[A-Za-z0-9._:@-]*|user at the TURN server
turn-password||[A-Za-z0-9._:@/+=-]*|its password (better written into the file than on the command line)
rtp|20000-39999|[0-9]{4,5}-[0-9]{4,5}|UDP ports for sound, two for each leg
web-agents|40|[0-9]{1,3}|browser phones, extensions 2001 and up
sip-agents|40|[0-9]{1,3}|SIP phones, extensions 1001 and up
provider|127.0.0.2:15070|$IPV4:[0-9]{2,5}|address of the trunk 'provider'; the first is where test programs stand in for one
trunk|provider|[A-Za-z][A-Za-z0-9_-]*|endpoint through which calls go out
trunk-backup||([A-Za-z][A-Za-z0-9_-]*)?|second one, tried for emergency calls only
home-country|86|[1-9][0-9]{0,2}|country code that is not international
international|no|yes|no|whether agents may dial other countries
international-prefixes|00,011|[0-9]+(,[0-9]+)*|digits that announce a country code (+ always does)
outside-prefixes|9,0|[0-9](,[0-9])*|digits that agents may put before an outside number
emergency-numbers|110,119,120,911,112,999|[0-9]+(,[0-9]+)*|numbers that go straight to the trunk
emergency-ani||\\+?[0-9]*|caller number shown for emergency calls (empty: the agent's extension)
fallback-after|30|[1-9][0-9]{0,2}|seconds without a server after which the switch looks for an agent by itself"

settings_rows() { printf '%s\n' "$SETTINGS"; }

# A regular expression may hold '|': the name, the default and the meaning frame it.
settings_form() {
  local row
  # read to the end: who stops early breaks the pipe, and that counts as not found
  row=$(settings_rows | grep "^$1|") || return 1
  row=${row#*|*|}
  printf '%s' "${row%|*}"
}

settings_know() { settings_form "$1" >/dev/null; }

settings_help() {
  settings_rows | awk -F'|' '{ printf "  --%-24s %s%s\n", $1, $NF, ($2 == "" ? "" : " (default " $2 ")") }'
}

settings_set() {
  local form
  form=$(settings_form "$1") || die "$2: unknown setting '$1'"
  [[ $3 =~ ^($form)$ ]] || die "$2: '$3' is not a value for '$1' (form: $form)"
  SETTING[$1]=$3
}

# settings_load: defaults, then the file, then the options given now; what stands is written back.
settings_load() {
  local row name value line given
  while IFS='|' read -r name value row; do SETTING[$name]=$value; done < <(settings_rows)
  if [ -f "$PBX/settings" ]; then
    while IFS= read -r line; do
      [[ $line =~ ^[[:space:]]*(#.*)?$ ]] && continue
      [[ $line =~ ^[[:space:]]*([a-z-]+)[[:space:]]*=[[:space:]]*([^[:space:]]*)[[:space:]]*$ ]] ||
        die "$PBX/settings: cannot read the line '$line' (name = value)"
      settings_set "${BASH_REMATCH[1]}" "$PBX/settings" "${BASH_REMATCH[2]}"
    done <"$PBX/settings"
  fi
  for given in ${GIVEN[@]+"${GIVEN[@]}"}; do settings_set "${given%%=*}" "--${given%%=*}" "${given#*=}"; done
  settings_check
}

settings_check() {
  local first=${SETTING[rtp]%-*} last=${SETTING[rtp]#*-}
  [ "$first" -ge 1024 ] && [ "$last" -le 65535 ] && [ $((last - first)) -ge 99 ] ||
    die "rtp ${SETTING[rtp]}: give a range of at least 100 ports between 1024 and 65535"
  [ "${SETTING[web-agents]}" -le 999 ] && [ "${SETTING[sip-agents]}" -le 999 ] || die "at most 999 agents of a kind"
}

settings_save() {
  local name row
  {
    echo "# Settings of this installation's switch; read at 'cordboard pbx up'."
    settings_rows | while IFS='|' read -r name row; do
      printf '# %s\n%s = %s\n' "${row##*|}" "$name" "${SETTING[$name]}"
    done
  } >"$PBX/settings.new"
  mv "$PBX/settings.new" "$PBX/settings"
}

is_local() { [[ ${SETTING[host]} =~ ^(|localhost|127\..*)$ ]]; }
