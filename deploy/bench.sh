#!/bin/sh
# Prints what Rota takes for what an operator waits for, beside what this machine could do at best, measured in the same run. It judges
# nothing and fails only if it cannot run; what this machine cannot measure is skipped, and said so.
#
# deploy/bench.sh [commits|notes|agents|steps|failover|all] [DIRECTORY]
#   commits    commits to the journal, beside bare synced writes
#   notes      reading release notes, beside bare decoding
#   agents     10,000 agents on one coordinator: connecting, resident memory, processor, coming back after kill -9; takes about three
#              minutes, 3 GB of memory and 10,500 open files (ulimit -Hn)
#   steps      what Rota adds to a rollout, by one coordinator and by three; takes about seven minutes
#   failover   how long three coordinators need for another leader
#   all        all there are; the default
# DIRECTORY: where it writes; by default below deploy/target, on the disk the sources are on.
set -eu
repo=$(cd "$(dirname "$0")/.." && pwd -P)
which=all
case ${1:-} in
  -h | --help)
    sed -n '2,/^set/s/^#\( \|$\)//p' "$0"
    exit 0
    ;;
  commits | notes | agents | steps | failover | all)
    which=$1
    shift
    ;;
esac
. "$repo/deploy/lib/build.sh"
need_jdk
build
directory=${1:-$repo/deploy/target/bench}
mkdir -p "$directory"
work=$(mktemp -d "$directory/run.XXXXXX")
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx2g -XX:+UseSerialGC -Djava.util.logging.config.file=/dev/null \
  -Dio.grpc.netty.shaded.io.netty.leakDetection.level=disabled ${BENCH_JAVA_OPTS:-} \
  -cp "$repo/deploy/target/test-classes:$repo/deploy/target/classes:$repo/agent/target/classes:$repo/coordinator/target/classes:$repo/proto/target/classes:$repo/coordinator/target/lib/*:$repo/deploy/target/lib/*" \
  dev.rota.bench.Bench "$which" "$work" "$repo" &
bench=$!
# Bench ends what it has started; nothing is removed under its feet.
trap 'kill "$bench" 2>/dev/null || :; wait "$bench" 2>/dev/null || :; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
wait "$bench"
