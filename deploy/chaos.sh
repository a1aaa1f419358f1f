#!/bin/sh
# Upgrades a real ejabberd cluster on this machine again and again, under load, each time with one thing going wrong, and judges what
# became of it. Needs a JDK and Debian's packages of ejabberd; as root it also lets disks run full, small ones of its own that vanish
# with it. deploy/chaos.sh --help lists the options.
set -eu
repo=$(cd "$(dirname "$0")/.." && pwd -P)
for word in "$@"; do
  case $word in
    -h | --help) exec cat "$repo/deploy/src/main/resources/dev/rota/chaos/usage.txt" ;;
  esac
done
. "$repo/deploy/lib/build.sh"
need_jdk
build

# Puts the words of the program before the arguments, so that they can be handed on as they are.
set -- "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.io.tmpdir="${TMPDIR:-/tmp}" \
  -Djdk.httpclient.keepalive.timeout=5 \
  -cp "$repo/deploy/target/classes:$repo/deploy/target/lib/*" dev.rota.chaos.Chaos "$repo" "$@"

# The mounts made here are seen by nobody else.
if [ "$(id -u)" = 0 ] && command -v unshare >/dev/null 2>&1 && command -v mount >/dev/null 2>&1 && unshare --mount true 2>/dev/null; then
  java=$1
  shift
  exec unshare --mount "$java" -Drota.chaos.mounts=true "$@"
fi
exec "$@"
