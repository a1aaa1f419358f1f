#!/bin/sh
# Everything that proves Rota: the build with its unit and end-to-end tests, then the demonstrations with what they must show.
# Prints what ran and what was skipped and why; the last line counts.
set -u
repo=$(cd "$(dirname "$0")/.." && pwd -P)
. "$repo/deploy/lib/build.sh"
work=$(mktemp -d "${TMPDIR:-/tmp}/rota-test.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
unavailable=77 # what demo.sh answers when this machine cannot have the product
passed=0
failed=0
skipped=0

pass() { passed=$((passed + 1)); echo "PASS  $1"; }
fail() { failed=$((failed + 1)); echo "FAIL  $1: $2"; }
skip() { skipped=$((skipped + 1)); echo "SKIP  $1: $2"; }

# check NAME EXPECTED-EXIT-CODE COMMAND...: runs it with its output in a file that is shown when it fails.
check() {
  name=$1
  expected=$2
  shift 2
  echo "RUN   $name"
  "$@" >"$work/out" 2>&1
  code=$?
  if [ "$code" = "$expected" ]; then
    pass "$name"
    return 0
  fi
  if [ "$code" = "$unavailable" ]; then
    skip "$name" "$(tail -n 1 "$work/out")"
    return 1
  fi
  tail -n 100 "$work/out"
  fail "$name" "exit code $code, expected $expected"
  return 1
}

# figure FILE NAME PATTERN: a line of a report.
figure() {
  if grep -Eq "^  \"$2\": $3,?\$" "$1" 2>/dev/null; then
    pass "$(basename "$1" .json): $2"
  else
    fail "$(basename "$1" .json): $2" "expected $3, found: $(grep "\"$2\"" "$1" 2>/dev/null || echo nothing)"
  fi
}

finish() {
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" = 0 ] || exit 1
  exit 0
}

need_jdk || { fail "JDK" "not found"; finish; }
# A test that fails once and then passes is counted as a flake in the output, not hidden.
verify() { (cd "$repo" && maven -Dsurefire.rerunFailingTestsCount=1 -Dfailsafe.rerunFailingTestsCount=1 -De2e.excluded=none verify); }
if check "mvn verify" 0 verify; then
  sed -n 's/.*\(Tests run: [0-9]*, Failures: [0-9]*, Errors: [0-9]*, Skipped: [0-9]*\(, Flakes: [0-9]*\)\{0,1\}\)$/      \1/p' "$work/out"
  touch "$repo/deploy/target/built"
else
  finish
fi

demo=$repo/deploy/demo.sh
if check "demo: sample, soft" 0 "$demo" --report "$work/sample-soft.json"; then
  figure "$work/sample-soft.json" mode '"soft"'
  figure "$work/sample-soft.json" failedRequests 0
  figure "$work/sample-soft.json" lostWrites 0
fi
if check "demo: sample, full stop" 0 "$demo" --mode full-stop --report "$work/sample-full-stop.json"; then
  figure "$work/sample-full-stop.json" reason '"OPERATOR_CHOICE"'
  figure "$work/sample-full-stop.json" lostWrites 0
fi
if check "demo: sample, path skips releases" 0 "$demo" --to 2.0 --report "$work/sample-skips.json"; then
  figure "$work/sample-skips.json" mode '"full-stop"'
  figure "$work/sample-skips.json" reason '"PATH_SKIPS"'
fi
check "demo: sample, start fails on node 2" 7 "$demo" --fail start@2
check "demo: sample, start fails on node 2, healed" 0 "$demo" --fail start@2 --heal

if check "demo: sample, three coordinators" 0 "$demo" --coordinators 3 --report "$work/sample-three.json"; then
  figure "$work/sample-three.json" failedRequests 0
  figure "$work/sample-three.json" lostWrites 0
fi
if check "crash: a few cells" 0 "$repo/deploy/crash.sh" --quick --report "$work/crash-quick.json"; then
  figure "$work/crash-quick.json" violated 0
  figure "$work/crash-quick.json" lostWrites 0
  figure "$work/crash-quick.json" coordinatorsAsked 3
fi

check "crash: all journals killed ten times" 0 "$repo/deploy/crash.sh" --journals 10

if check "demo: ejabberd, soft to 23.04" 0 "$demo" --product ejabberd --to 23.04 --report "$work/ejabberd-soft.json"; then
  figure "$work/ejabberd-soft.json" mode '"soft"'
  figure "$work/ejabberd-soft.json" reason '"PROCEDURE_DEFAULT"'
  figure "$work/ejabberd-soft.json" manualSteps 1
  figure "$work/ejabberd-soft.json" failedRequests 0
fi
if check "demo: ejabberd, full stop to 24.12" 0 "$demo" --product ejabberd --to 24.12 --report "$work/ejabberd-skips.json"; then
  figure "$work/ejabberd-skips.json" mode '"full-stop"'
  figure "$work/ejabberd-skips.json" reason '"PATH_SKIPS"'
fi

# Each case ends well only if rota held by the named code, or took the node back, and what it printed then finished the job.
if check "chaos: ejabberd, a few cases" 0 "$repo/deploy/chaos.sh" --quick --report "$work/chaos-quick.json"; then
  figure "$work/chaos-quick.json" violated 0
  figure "$work/chaos-quick.json" held 2
  figure "$work/chaos-quick.json" rolledBack 1
fi
finish
