#!/usr/bin/env bash
# Makes what the ejabberd demonstration needs, below CACHE_DIR, from Debian's packages:
#
#   runtime/bin/erl, epmd, haproxy   Erlang/OTP 25 and haproxy, unpacked privately
#   ejabberd-23.01.tar.gz            release artifact: ejabberd and its libraries, relocatable
#   ejabberd-23.04.tar.gz            the code of 23.01 under the label of the next release
#   ejabberd-24.12.tar.gz            the real 24.12 from Debian's backports
#
# Nothing is installed and no service is started: packages are downloaded with apt, using lists, cache and status file below
# CACHE_DIR, and unpacked there, so the system stays as it is and root is not needed. A second call with everything in place
# returns at once. Exit codes: 0 ready, 1 failed, 2 usage, 77 this platform cannot (the reason is printed last).
#
# shellcheck disable=SC2016 # text in single quotes is for apt or for a generated script to expand
set -euo pipefail

usage() {
    echo "usage: prepare.sh CACHE_DIR" >&2
    exit 2
}

say() { printf 'prepare: %s\n' "$*"; }

cannot() {
    printf 'prepare: cannot: %s\n' "$*" >&2
    exit 77
}

if [ $# -ne 1 ] || [ -z "$1" ]; then usage; fi
mkdir -p "$1"
cache=$(cd "$1" && pwd -P)
readonly cache
readonly suites=(bookworm bookworm-updates bookworm-backports)
readonly keyring=/usr/share/keyrings/debian-archive-keyring.gpg

require_platform() {
    local id='' release='' tool
    if [ -r /etc/os-release ]; then
        # shellcheck source=/dev/null
        id=$(. /etc/os-release && printf '%s' "${ID:-}")
        # shellcheck source=/dev/null
        release=$(. /etc/os-release && printf '%s' "${VERSION_ID:-}")
    fi
    if [ "$id" != debian ] || [ "$release" != 12 ]; then
        cannot "this is ${id:-an unknown system} ${release}, and the packages are those of Debian 12"
    fi
    for tool in apt-get dpkg-deb awk sed tar gzip flock sha256sum; do
        command -v "$tool" > /dev/null || cannot "$tool is not installed"
    done
    [ -r "$keyring" ] || cannot "$keyring is missing (package debian-archive-keyring)"
}

# apt with everything it reads and writes below the cache; argument 1 is the directory for the packages.
private_apt() {
    local archives=$1
    shift
    apt-get -qq -y \
        -o Dir::State::lists="$cache/apt/lists" \
        -o Dir::State::status="$cache/apt/status" \
        -o Dir::Etc::sourcelist="$cache/apt/sources.list" \
        -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::Etc::preferences=/dev/null \
        -o Dir::Etc::preferencesparts=/dev/null \
        -o Dir::Cache="$cache/apt" \
        -o Dir::Cache::archives="$archives" \
        -o Dir::Log="$cache/apt" \
        -o APT::Sandbox::User= \
        -o APT::Install-Recommends=false \
        -o APT::Keep-Downloaded-Packages=true \
        -o Acquire::Retries=3 \
        "$@"
}

# The mirror is the one the system already uses for Debian itself.
refresh_lists() {
    local mirror suite
    mirror=$(apt-get indextargets --format '$(LABEL) $(SITE)' 2> /dev/null | awk '$1 == "Debian" {print $2; exit}')
    if [ -z "$mirror" ]; then # lists never fetched: no label is known yet
        mirror=$(apt-get indextargets --format '$(SITE)' 2> /dev/null | grep -m1 -E '/debian/?$' || true)
    fi
    [ -n "$mirror" ] || cannot "apt has no source for Debian's main archive"
    mkdir -p "$cache/apt/lists/partial" "$cache/apt/23.01/partial" "$cache/apt/24.12/partial"
    for suite in "${suites[@]}"; do
        echo "deb [signed-by=$keyring] $mirror $suite main"
    done > "$cache/apt/sources.list"
    # Without these paragraphs apt fetches the packages even where the system has them installed.
    awk 'BEGIN {RS = ""; ORS = "\n\n"} !/^Package: (erlang|ejabberd|haproxy)/' /var/lib/dpkg/status > "$cache/apt/status"
    say "fetching package lists"
    private_apt "$cache/apt/23.01" update > "$cache/apt/update.log" 2>&1 \
        || { tail -n 5 "$cache/apt/update.log" >&2; cannot "the package lists could not be fetched (network?)"; }
}

# download VERSION SUITE PACKAGE...: these packages of that suite, and what they depend on and the system lacks.
download() {
    local version=$1 suite=$2
    shift 2
    say "fetching ejabberd $version and what it needs"
    private_apt "$cache/apt/$version" -t "$suite" --download-only install "$@" > "$cache/apt/$version.log" 2>&1 \
        || { tail -n 5 "$cache/apt/$version.log" >&2; cannot "the packages of ejabberd $version could not be fetched"; }
}

# Packages that belong to a release; all others make up the runtime.
is_of_release() {
    case $(basename "$1") in
        ejabberd_* | erlang-p1-* | erlang-jose_*) return 0 ;;
        *) return 1 ;;
    esac
}

make_runtime() {
    local work=$cache/work/runtime deb libraries name
    say "unpacking Erlang and haproxy"
    rm -rf "$work"
    mkdir -p "$work"
    for deb in "$cache"/apt/23.01/*.deb; do
        is_of_release "$deb" || dpkg-deb --extract "$deb" "$work"
    done
    rm -rf "${work:?}"/etc "${work:?}"/usr/share "${work:?}"/var "${work:?}"/lib/systemd
    mkdir -p "$work/bin"
    libraries="\$root/usr/lib/$(basename "$(echo "$work"/usr/lib/*-linux-gnu*)")"
    for name in erl epmd haproxy; do
        {
            echo '#!/bin/sh'
            echo "# Runs $name from this directory tree."
            echo "root=\$(dirname \"\$(dirname \"\$(readlink -f \"\$0\")\")\")"
            echo "LD_LIBRARY_PATH=$libraries\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}"
            echo 'export LD_LIBRARY_PATH'
            case $name in
                haproxy) echo 'exec "$root/usr/sbin/haproxy" "$@"' ;;
                *)
                    echo 'export ROOTDIR="$root/usr/lib/erlang" EMU=beam PROGNAME=erl'
                    echo "export BINDIR=\"\$ROOTDIR/$(basename "$(echo "$work"/usr/lib/erlang/erts-*)")/bin\""
                    echo "exec \"\$BINDIR/${name/#erl/erlexec}\" \"\$@\""
                    ;;
            esac
        } > "$work/bin/$name"
        chmod 755 "$work/bin/$name"
    done
    replace runtime
}

# unpack_release VERSION: bin, lib and VERSION of one release in the work directory.
unpack_release() {
    local version=$1 work=$cache/work/ejabberd-$1 root=$cache/work/root-$1 deb library
    say "making release $version"
    rm -rf "$work" "$root"
    mkdir -p "$work/bin" "$work/lib"
    for deb in "$cache/apt/$version"/*.deb; do
        if is_of_release "$deb"; then dpkg-deb --extract "$deb" "$root"; fi
    done
    cp -a "$root"/usr/lib/erlang/lib/* "$work/lib/"
    for library in "$root"/usr/lib/*-linux-gnu*/ejabberd-*; do
        if [ ! -L "$library" ]; then mv "$library" "$work/lib/ejabberd-$version"; fi
    done
    find "$work/lib" -xtype l -delete # links out of the tree
    # Two settings tie the script to a system installation: its user, and where its libraries are.
    sed -e 's|^INSTALLUSER=.*|INSTALLUSER=""|' \
        -e 's|^ERL_LIBS=.*|ERL_LIBS="$SCRIPT_DIR/../lib"|' \
        "$root/usr/sbin/ejabberdctl" > "$work/bin/ejabberdctl"
    chmod 755 "$work/bin/ejabberdctl"
    if [ "$(grep -c -e '^INSTALLUSER=""$' -e '^ERL_LIBS="$SCRIPT_DIR/' "$work/bin/ejabberdctl")" -ne 2 ]; then
        echo "prepare: ejabberdctl of $version has another form than expected" >&2
        exit 1
    fi
    echo "$version" > "$work/VERSION"
    rm -rf "$root"
}

# relabel FROM TO: the same code, reporting another version.
relabel() {
    local from=$cache/work/ejabberd-$1 work=$cache/work/ejabberd-$2 app
    say "making release $2 (the code of $1, relabelled)"
    rm -rf "$work"
    cp -a "$from" "$work"
    mv "$work/lib/ejabberd-$1" "$work/lib/ejabberd-$2"
    app=$work/lib/ejabberd-$2/ebin/ejabberd.app
    sed -i "s/{vsn, *\"[^\"]*\"}/{vsn,\"$2\"}/" "$app"
    grep -q "{vsn,\"$2\"}" "$app" || { echo "prepare: $app has no version to change" >&2; exit 1; }
    echo "$2" > "$work/VERSION"
}

# The same tree always gives the same bytes, so that a second preparation does not change an artifact's digest.
pack() {
    local name=ejabberd-$1.tar.gz
    tar --create --directory="$cache/work/ejabberd-$1" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner \
        --format=gnu . | gzip --no-name -6 > "$cache/work/$name"
    replace "$name"
}

replace() {
    rm -rf "${cache:?}/$1"
    mv "$cache/work/$1" "$cache/$1"
}

readonly made=(runtime/bin/erl runtime/bin/haproxy ejabberd-23.01.tar.gz ejabberd-23.04.tar.gz ejabberd-24.12.tar.gz)

# Everything is there, and this very script made it.
is_ready() {
    local file
    [ -f "$cache/made-by" ] && [ "$(cat "$cache/made-by")" = "$recipe" ] || return 1
    for file in "${made[@]}"; do
        [ -e "$cache/$file" ] || return 1
    done
}

require_platform
recipe=$(sha256sum < "${BASH_SOURCE[0]}")
exec 9> "$cache/lock"
flock 9
if is_ready; then
    say "ready in $cache"
    exit 0
fi
rm -rf "$cache/made-by" "$cache/work"
refresh_lists
download 23.01 bookworm ejabberd haproxy
download 24.12 bookworm-backports ejabberd
mkdir -p "$cache/work"
make_runtime
unpack_release 23.01
relabel 23.01 23.04
unpack_release 24.12
for version in 23.01 23.04 24.12; do
    pack "$version"
done
"$cache/runtime/bin/erl" -noshell -eval 'halt(0).' || cannot "Erlang does not run here"
"$cache/runtime/bin/haproxy" -v > /dev/null || cannot "haproxy does not run here"
rm -rf "$cache/work" "$cache/apt"
echo "$recipe" > "$cache/made-by"
say "ready in $cache"
