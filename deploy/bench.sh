#!/bin/sh
# Prints what Rota takes for what an operator waits for, beside what this machine could do at best, measured in the same run. It judges
# nothing and fails only if it cannot run. Takes about half a minute after the build. deploy/bench.sh [DIRECTORY]: where the journal is
# written; by default below deploy/target, on the disk the sources are on.
set -eu
repo=$(cd "$(dirname "$0")/.." && pwd -P)
case ${1:-} in
  -h | --help)
    sed -n '2,4s/^# //p' "$0"
    exit 0
    ;;
esac
. "$repo/deploy/lib/build.sh"
need_jdk
build
directory=${1:-$repo/deploy/target/bench}
mkdir -p "$directory"
work=$(mktemp -d "$directory/run.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx512m -XX:+UseSerialGC -Djava.util.logging.config.file=/dev/null \
  -cp "$repo/deploy/target/test-classes:$repo/coordinator/target/classes:$repo/proto/target/classes:$repo/coordinator/target/lib/*" \
  dev.rota.bench.Bench "$work"
