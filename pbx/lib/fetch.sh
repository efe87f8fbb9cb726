# Gets Asterisk and a voice as Debian packages, without root and without touching the host:
# an isolated apt state resolves, downloads and verifies; dpkg-deb unpacks; the programs run with
# the packages' own loader and libraries, so that the host's libc never matters.

# Raise it when the list below changes: caches of the old list are then left alone.
RECIPE=1
WANTED=(asterisk asterisk-core-sounds-en-wav asterisk-moh-opsound-wav espeak-ng sox)
# Named by the closure, not needed to run unpacked.
UNNEEDED='^(adduser|asterisk-config|base-passwd|debconf|dirmngr|gnupg|gpg|gpgconf|libaudit-common|libc-gconv-.*|libdebconf.*|libgdbm.*|libpam.*|libperl.*|libsemanage.*|libsensors-config|libsnmp-base|login\.defs|openssl-provider.*|passwd|pci\.ids|perl.*|pinentry.*|readline-common|tzdata|xkb-data)_'
LIBRARIES=usr/lib/x86_64-linux-gnu

fetch() {
  place_cache
  if [ -f "$UNPACKED/complete" ]; then return; fi
  check_space
  mkdir -p "$CACHE/debs/partial"
  exec 8>"$CACHE/lock"
  flock -n 8 || step "waiting for another download into $CACHE" flock -w 900 8 ||
    die "another 'cordboard pbx up' holds $CACHE/lock for 15 minutes"
  [ -f "$UNPACKED/complete" ] || { packages_there || download; unpack; }
  exec 8>&-
}

place_cache() {
  [ -n "${CORDBOARD_CACHE:-}${XDG_CACHE_HOME:-}${HOME:-}" ] || die "no HOME: set CORDBOARD_CACHE to a directory for downloads"
  CACHE=$(realpath -m "${CORDBOARD_CACHE:-${XDG_CACHE_HOME:-${HOME:-}/.cache}/cordboard}")
  DEB_LIST=$CACHE/debs/recipe-$RECIPE.sha256
  UNPACKED=$CACHE/asterisk-$RECIPE
}

check_host() {
  local tool
  [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || elsewhere "this is $(uname -sm)"
  for tool in apt-get apt-config dpkg-deb flock setsid sha256sum tar; do
    command -v $tool >/dev/null || elsewhere "'$tool' is missing here"
  done
}

elsewhere() { die "Asterisk is fetched on amd64 Debian or Ubuntu only ($1); connect a switch of your own instead"; }

check_space() {
  local free
  mkdir -p "$CACHE" 2>/dev/null && [ -w "$CACHE" ] || die "cannot write to $CACHE; set CORDBOARD_CACHE to another directory"
  free=$(df -Pm "$CACHE" | awk 'NR == 2 { print $4 }')
  [ "$free" -ge 700 ] || die "700 MB are needed under $CACHE, $free MB are free; set CORDBOARD_CACHE to another disk"
}

packages_there() {
  [ -f "$DEB_LIST" ] && (cd "$CACHE/debs" && sha256sum --quiet -c "$DEB_LIST" >/dev/null 2>&1)
}

download() {
  local work=$CACHE/apt want
  rm -rf "$work"
  mkdir -p "$work/lists/partial" "$work/none"
  : >"$work/status"
  write_apt_configuration "$work"
  export APT_CONFIG=$work/apt.conf
  step "reading the package index" apt-get -qq update >>"$work/log" 2>&1 || apt_failed "the package index could not be read"
  require_22 "$(apt-cache policy asterisk 2>/dev/null | sed -n 's/^ *Candidate: //p')"
  want=$(apt-get -qq -y --print-uris install "${WANTED[@]}" 2>>"$work/log" | awk '{ print $2 }' |
    grep -vE "$UNNEEDED") || apt_failed "the packages' dependencies could not be resolved"
  step "downloading $(wc -l <<<"$want") packages, about 110 MB" while_ticking downloaded_so_far download_all "$want" ||
    apt_failed "the download failed"
  unset APT_CONFIG
  # Written last and whole: an interrupted download is never taken for a complete one.
  (cd "$CACHE/debs" && sha256sum $want) >"$DEB_LIST.new"
  mv "$DEB_LIST.new" "$DEB_LIST"
  rm -rf "$work"
}

download_all() {
  cd "$CACHE/debs"
  # shellcheck disable=SC2046
  apt-get -qq download $(cut -d_ -f1 <<<"$1") >>"$CACHE/apt/log" 2>&1 || { cd /; return 1; }
  cd /
}

downloaded_so_far() { du -sm "$CACHE/debs" | awk '{ print $1 " MB so far" }'; }

apt_failed() {
  say "$1: $(grep -E '^[EW]:' "$CACHE/apt/log" | head -2 | tr '\n' ' ')"
  die "see $CACHE/apt/log; check the network, or name a Debian mirror in CORDBOARD_DEBIAN_MIRROR"
}

require_22() {
  [[ $1 =~ ^([0-9]+:)?22\. ]] && return
  die "Asterisk 22 is needed, but ${CORDBOARD_DEBIAN_SUITE:-sid} at $MIRROR offers '${1:-none}'; name another suite in CORDBOARD_DEBIAN_SUITE, or copy a package cache into $CACHE/debs"
}

# Of the host's own apt settings only those count that say how archives are reached: its hooks act on
# the host. Signatures are checked whatever the host allows.
write_apt_configuration() {
  local work=$1
  find_mirror
  find_keyring "$work"
  printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' \
    "$MIRROR" "${CORDBOARD_DEBIAN_SUITE:-sid}" "$KEYRING" >"$work/debian.sources"
  apt-config dump | grep '^Acquire::' | grep -v IndexTargets >"$work/apt.conf" || true
  cat >>"$work/apt.conf" <<CONF
Dir::State "$work";
Dir::State::lists "$work/lists";
Dir::State::status "$work/status";
Dir::Cache "$work";
Dir::Etc::Main "/dev/null";
Dir::Etc::Parts "$work/none";
Dir::Etc::sourcelist "$work/debian.sources";
Dir::Etc::sourceparts "$work/none";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "$work/none";
APT::Architecture "amd64";
APT::Architectures { "amd64"; };
APT::Install-Recommends "false";
APT::Sandbox::User "root";
APT::Update::Error-Mode "any";
Acquire::AllowInsecureRepositories "false";
Acquire::AllowWeakRepositories "false";
APT::Get::AllowUnauthenticated "false";
Acquire::Languages "none";
Acquire::Retries "3";
Debug::NoLocking "true";
CONF
}

find_mirror() {
  MIRROR=${CORDBOARD_DEBIAN_MIRROR:-$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
    grep -v '^ *#' | grep -oE 'https?://[^ ]+/debian/?( |$)' | head -1 | tr -d ' ' || true)}
  MIRROR=${MIRROR:-http://deb.debian.org/debian}
}

# Ubuntu does not always bring Debian's keys, but its own signed archive offers them as a package.
find_keyring() {
  local place work=$1
  for place in /usr/share/keyrings "$work/keys/usr/share/keyrings"; do
    if [ "$place" != /usr/share/keyrings ]; then
      mkdir -p "$work/keys"
      (cd "$work/keys" && apt-get -qq download debian-archive-keyring && dpkg-deb -x ./*.deb .) >>"$work/log" 2>&1 || true
    fi
    for KEYRING in "$place"/debian-archive-keyring.pgp "$place"/debian-archive-keyring.gpg; do
      [ ! -r "$KEYRING" ] || return 0
    done
  done
  die "Debian's archive keys are missing: install the package debian-archive-keyring"
}

unpack() {
  local new=$UNPACKED.new link
  rm -rf "$new"
  mkdir -p "$new/root"/usr/{bin,sbin,lib,lib64} "$new/bin"
  for link in bin sbin lib lib64; do ln -s "usr/$link" "$new/root/$link"; done
  step "unpacking $(wc -l <"$DEB_LIST") packages" unpack_into "$new/root" ||
    die "a package could not be unpacked; remove $CACHE/debs and try again"
  # the package does this when it is installed, and we only unpack it
  [ -e "$new/root/usr/share/asterisk/sounds/en" ] || ln -s en_US_f_Allison "$new/root/usr/share/asterisk/sounds/en"
  write_wrapper "$new" asterisk usr/sbin/asterisk
  write_wrapper "$new" espeak-ng usr/bin/espeak-ng
  write_wrapper "$new" sox "$(basename_of_sox "$new")"
  cp "$HOME_OF_PBX/lib/speak" "$new/bin/speak"
  prove "$new"
  rm -rf "$UNPACKED"
  mv "$new" "$UNPACKED"
}

unpack_into() {
  awk '{ print $2 }' "$DEB_LIST" | (cd "$CACHE/debs" && xargs -P 2 -I{} sh -c '
    dpkg-deb --fsys-tarfile "$1" | tar -x --no-same-owner --keep-directory-symlink \
      --exclude=./usr/share/doc --exclude=./usr/share/man --exclude=./usr/share/locale \
      --exclude=./usr/share/lintian -C "$2" -f -' _ {} "$1")
}

# A program's own loader gets the library path as an argument: unlike LD_LIBRARY_PATH it is not
# inherited by what the program starts.
write_wrapper() {
  local new=$1 name=$2 program=$3
  [ -x "$new/root/$program" ] || die "the packages hold no $program"
  cat >"$new/bin/$name" <<'WRAPPER'
#!/bin/sh
here=$(dirname "$(dirname "$(readlink -f "$0")")")
WRAPPER
  [ "$name" != espeak-ng ] || echo "ESPEAK_DATA_PATH=\$here/root/$LIBRARIES; export ESPEAK_DATA_PATH" >>"$new/bin/$name"
  echo "exec \"\$here/root/lib64/ld-linux-x86-64.so.2\" --library-path \"\$here/root/$LIBRARIES:\$here/root/$LIBRARIES/pulseaudio\" --argv0 $name \"\$here/root/$program\" \"\$@\"" >>"$new/bin/$name"
  chmod 755 "$new/bin/$name"
}

basename_of_sox() {
  local program
  for program in usr/bin/sox usr/bin/sox_ng; do
    [ ! -x "$1/root/$program" ] || break
  done
  printf '%s' "$program"
}

# Proves that what was unpacked runs, before anything is told that it is there.
prove() {
  local version
  version=$("$1/bin/asterisk" -V 2>&1) || die "the unpacked Asterisk does not start: $version"
  [[ $version =~ ^Asterisk\ 22\. ]] || die "Asterisk 22 is needed, the packages hold '$version'; remove $CACHE/debs and try again"
  printf 'one, two' | "$1/bin/speak" en "$1/proof.wav" && [ -s "$1/proof.wav" ] || die "the unpacked voice does not speak"
  rm -f "$1/proof.wav"
  printf '%s\n' "${version#Asterisk }" >"$1/complete"
}
