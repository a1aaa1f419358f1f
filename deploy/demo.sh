#!/bin/sh
# Upgrades a real cluster on this machine, under load, with everything Rota has: a coordinator, an agent for each node, the rota
# command. Needs nothing but a JDK (and Debian's packages for --product ejabberd); everything stays on loopback and is stopped at
# the end. deploy/demo.sh --help lists the options.
set -eu
repo=$(cd "$(dirname "$0")/.." && pwd -P)
for word in "$@"; do
  case $word in
    -h | --help) exec cat "$repo/deploy/src/main/resources/dev/rota/demo/usage.txt" ;;
  esac
done
. "$repo/deploy/lib/build.sh"
need_jdk
build
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.io.tmpdir="${TMPDIR:-/tmp}" -Djdk.httpclient.keepalive.timeout=5 \
  -cp "$repo/deploy/target/classes:$repo/deploy/target/lib/*" dev.rota.demo.Demo "$repo" "$@"
