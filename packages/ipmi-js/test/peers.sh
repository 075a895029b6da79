#!/bin/sh
# Installs the programs the integration tests talk to. Debian packages as root; Python packages into a virtual environment in
# IPMI_JS_PEERS (default: ~/.cache/ipmi-js). Does nothing that is done already.
set -eu
packages="openipmi ipmitool freeipmi-tools python3-libvirt python3-venv"
cache="${IPMI_JS_PEERS:-${XDG_CACHE_HOME:-$HOME/.cache}/ipmi-js}"
missing=""
for package in $packages; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
if [ -n "$missing" ]; then
  if [ "$(id -u)" != 0 ]; then
    echo "as root: apt-get install$missing" >&2
    exit 1
  fi
  apt-get update -qq
  # shellcheck disable=SC2086 # a list of words
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
fi
# The system's Python, because the system's libvirt module fits no other.
if ! "$cache/venv/bin/python" -c 'import pyghmi, virtualbmc, libvirt' 2>/dev/null; then
  mkdir -p "$cache"
  /usr/bin/python3 -m venv --clear --system-site-packages "$cache/venv"
  "$cache/venv/bin/pip" install --quiet --disable-pip-version-check pyghmi==1.6.19 virtualbmc==3.3.0
fi
echo "peers of ipmi-js are ready ($cache)"
