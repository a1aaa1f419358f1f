#!/bin/sh
# Kills, stops and cuts off every part of Rota in every phase of an upgrade, on real processes, and prints what became of each.
# Needs nothing but a JDK; as root it also cuts coordinators off from each other, in network namespaces of its own that vanish with
# it. deploy/crash.sh --help lists the options.
set -eu
repo=$(cd "$(dirname "$0")/.." && pwd -P)
for word in "$@"; do
  case $word in
    -h | --help) exec cat "$repo/deploy/src/main/resources/dev/rota/crash/usage.txt" ;;
  esac
done
. "$repo/deploy/lib/build.sh"
need_jdk
build

# The journals alone: all three members killed at once, again and again.
if [ "${1:-}" = --journals ]; then
  work=$(mktemp -d "${TMPDIR:-/tmp}/rota-journals.XXXXXX")
  "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.util.logging.config.file=/dev/null \
    -cp "$repo/deploy/target/test-classes:$repo/deploy/target/classes:$repo/coordinator/target/classes:$repo/proto/target/classes:$repo/coordinator/target/lib/*:$repo/deploy/target/lib/*" \
    dev.rota.history.KillAll "${2:-200}" "$work" "${3:-1}" &
  journals=$!
  trap 'kill "$journals" 2>/dev/null || :; wait "$journals" 2>/dev/null || :' EXIT
  trap 'exit 130' INT TERM
  wait "$journals"
  rm -rf "$work"
  exit 0
fi

# Puts the words of the program before the arguments, so that they can be handed on as they are.
set -- "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.io.tmpdir="${TMPDIR:-/tmp}" \
  -Djdk.httpclient.keepalive.timeout=5 \
  -cp "$repo/deploy/target/classes:$repo/deploy/target/lib/*" dev.rota.crash.Crash "$repo" "$@"

# The mounts and interfaces made here are seen by nobody else.
inside='mkdir -p /run/netns && mount -t tmpfs rota-crash /run/netns && ip link set lo up'
if [ "$(id -u)" = 0 ] && command -v ip >/dev/null 2>&1 && command -v unshare >/dev/null 2>&1 &&
  unshare --net --mount sh -c "$inside" 2>/dev/null; then
  java=$1
  shift
  set -- "$java" -Drota.crash.namespaces=true "$@"
  exec unshare --net --mount sh -euc "$inside"'; exec "$@"' sh "$@"
fi
exec "$@"
