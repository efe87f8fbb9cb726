# Makes the Debian root with Odoo and the template of its database, once for all runs on this machine.

# Raise it when what is made below changes: what older recipes made is then left alone.
RECIPE=1
MODULES=contacts,crm,sale_management,calendar,project,phone_validation,base_automation

place_cache() {
  [ -n "${CORDBOARD_CACHE:-}${XDG_CACHE_HOME:-}${HOME:-}" ] || die "no HOME: set CORDBOARD_CACHE to a directory for downloads"
  CACHE=$(realpath -m "${CORDBOARD_CACHE:-${XDG_CACHE_HOME:-${HOME:-}/.cache}/cordboard}")/odoo-19
  ROOT=$CACHE/root-$RECIPE
  TEMPLATE=$CACHE/template-$RECIPE
}

check_host() {
  local tool
  [ "$(id -u)" = 0 ] || die "this needs root: it makes a Debian root of its own and changes into it"
  [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || die "this runs on amd64 Debian only, and this is $(uname -sm)"
  for tool in apt-get chroot flock python3 setsid unshare; do
    command -v $tool >/dev/null || die "'$tool' is missing here: install it, or run this on Debian"
  done
}

# Two that start at once: the second waits for the first, and finds everything made.
fetch() {
  place_cache
  mkdir -p "$CACHE" 2>/dev/null || die "cannot write to $CACHE; set CORDBOARD_CACHE to another directory"
  chmod 700 "$CACHE"
  exec 8>"$CACHE/lock"
  flock -n 8 || { say "waiting for another that makes $CACHE"; flock -w 1800 8 || die "another holds $CACHE/lock for 30 minutes"; }
  [ -f "$ROOT/complete" ] || step "making a Debian root with Odoo in $ROOT" make_root
  [ -f "$TEMPLATE/complete" ] || step "making the template of a database" make_template
  exec 8>&-
}

make_root() {
  local free
  free=$(df -Pm "$CACHE" | awk 'NR == 2 { print $4 }')
  [ "$free" -ge 3500 ] || die "3.5 GB are needed under $CACHE, $free MB are free; set CORDBOARD_CACHE to another disk"
  find_mirror
  rm -rf "$ROOT" "$ROOT.new" "$TEMPLATE"
  mkdir -p "$ROOT.new"
  command -v debootstrap >/dev/null || step "installing debootstrap" install_debootstrap
  step "unpacking Debian 13" unpack_debian "$ROOT.new"
  configure_apt "$ROOT.new"
  step "installing Odoo and PostgreSQL" install_odoo "$ROOT.new"
  chroot "$ROOT.new" dpkg-query -W -f '${Version}' odoo-19 >"$ROOT.new/complete"
  mv "$ROOT.new" "$ROOT"
  say "Odoo $(<"$ROOT/complete"), $(du -sm "$ROOT" | cut -f1) MB"
}

install_debootstrap() {
  { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y install debootstrap; } >"$CACHE/install.log" 2>&1 ||
    die "debootstrap could not be installed: see $CACHE/install.log"
}

unpack_debian() {
  alone debootstrap --variant=minbase --keyring="$KEYRING" --include=ca-certificates trixie "$1" "$MIRROR" \
    >"$CACHE/debootstrap.log" 2>&1 || die "Debian could not be unpacked: see $CACHE/debootstrap.log"
}

find_mirror() {
  MIRROR=${CORDBOARD_DEBIAN_MIRROR:-$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
    grep -v '^ *#' | grep -oE 'https?://[^ ]+/debian/?( |$)' | head -1 | tr -d ' ' || true)}
  [ -n "$MIRROR" ] || die "no Debian mirror is named in /etc/apt: name one in CORDBOARD_DEBIAN_MIRROR"
  for KEYRING in /usr/share/keyrings/debian-archive-keyring.{pgp,gpg}; do
    [ ! -r "$KEYRING" ] || return 0
  done
  die "Debian's archive keys are missing: install the package debian-archive-keyring"
}

# Odoo 19 is offered by sid only, whose Python it does not run with: everything else comes from Debian 13. Of the
# host's own settings those count that say how its mirror is reached and how old it may be.
configure_apt() {
  local root=$1
  printf 'deb %s trixie main\ndeb %s sid main\n' "$MIRROR" "$MIRROR" >"$root/etc/apt/sources.list"
  printf 'Package: *\nPin: release n=sid\nPin-Priority: -1\n\nPackage: odoo-19\nPin: release n=sid\nPin-Priority: 900\n' \
    >"$root/etc/apt/preferences.d/odoo"
  printf 'Acquire::Languages "none";\nAcquire::Retries "3";\nAPT::Install-Recommends "false";\nAPT::Update::Error-Mode "any";\n' \
    >"$root/etc/apt/apt.conf.d/90cordboard"
  apt-config dump | grep -iE '^Acquire::(Check-|[a-z]+::Proxy)' >>"$root/etc/apt/apt.conf.d/90cordboard" || true
  mkdir -p "$root/etc/postgresql-common"
  echo 'create_main_cluster = false' >"$root/etc/postgresql-common/createcluster.conf"
  printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
  chmod 755 "$root/usr/sbin/policy-rc.d"
  printf 'path-exclude /usr/share/doc/*\npath-exclude /usr/share/man/*\npath-exclude /usr/share/locale/*\nforce-unsafe-io\n' \
    >"$root/etc/dpkg/dpkg.cfg.d/90cordboard"
  cp /etc/resolv.conf "$root/etc/resolv.conf"
}

install_odoo() {
  alone sh -c 'mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" && exec chroot "$1" sh -c "
    apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y install odoo-19 python3-phonenumbers postgresql-17 && apt-get clean"' _ "$1" \
    >"$CACHE/install.log" 2>&1 || die "the packages could not be installed: see $CACHE/install.log"
}

# In a mount space of its own: what is mounted there is gone with the command.
alone() { unshare --mount --propagation private "$@"; }

make_template() {
  local new=$TEMPLATE.new
  rm -rf "$TEMPLATE" "$new"
  mkdir -p "$new"
  new_state "$new"
  inside "$new" /srv/make "$MODULES" >"$new/make.log" 2>&1 || die "Odoo's database could not be made: see the logs in $new"
  tail -1 "$new/settle.log" | grep -q settled || die "Odoo's database could not be settled: see $new/settle.log"
  rm -f "$new"/*.log "$new"/*.py "$new"/{make,start,odoo.conf}
  cp "$ROOT/complete" "$new/complete"
  mv "$new" "$TEMPLATE"
  say "the template has $(du -sm "$TEMPLATE" | cut -f1) MB"
}

# The files of a run that do not come from the template.
new_state() {
  mkdir -p "$1/pg" "$1/data"
  cp "$HERE"/odoo.d/{odoo.conf,settle.py,make} "$1/"
  chown -R 65534:65534 "$1"
  chmod 700 "$1/pg"
}

# inside STATE COMMAND...: in the root, as nobody, with STATE at /srv; ends with all that it started.
inside() {
  local state=$1
  shift
  unshare --mount --propagation private --pid --fork --kill-child "$HERE/odoo.d/inside" "$ROOT" "$state" "$@"
}

# The same without this terminal, and in place of the shell that starts it.
inside_apart() {
  local state=$1
  shift
  exec setsid unshare --mount --propagation private --pid --fork --kill-child "$HERE/odoo.d/inside" "$ROOT" "$state" "$@"
}
