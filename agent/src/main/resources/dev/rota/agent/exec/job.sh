# Runs one command in a session of its own, exactly once for each directory, and keeps a bounded part of its output.
# sh -c THIS rota-job DIRECTORY WORKING-DIRECTORY KEEP-BYTES PROGRAM [ARGUMENT ...]
# The directory holds: in (standard input), out, out.tail, rc.slot (made by the agent so that the exit code can be written on a full
# disk). It gets: pid ("pid start boot", whoever creates it runs the command), ended, and rc (the exit code) as the last thing.
dir=$1 work=$2 keep=$3
shift 3
command_path=$PATH
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
command_umask=$(umask)
umask 077
cd "$dir" || exit 125

started_at() {
  read -r stat < "/proc/$$/stat" || exit 125
  # shellcheck disable=SC2086
  set -- ${stat##*) }
  shift 19
  started=$1
}
started_at
read -r boot < /proc/sys/kernel/random/boot_id || exit 125
set -C
echo "$$ $started $boot" 2> /dev/null > pid || exit 0
set +C
end=$(printf '\036rota-end %s %s\036' "$$" "$started")

# Copies what comes in as it comes: the first part to out, then in turns to out.tail. Never ends before its input does, because
# the command, or a daemon it has left behind, would be killed by the broken pipe.
keep() {
  trap '' HUP INT TERM
  LC_ALL=C
  export LC_ALL
  file=out size=0
  while :; do
    said=$(dd bs=65536 count=1 2>&1 >> "$file")
    case $said in
      0+0\ records\ in*) break ;;
      *records\ in*) ;;
      *) cat > /dev/null; break ;;
    esac
    if [ -e ended ]; then
      if grep -qF "$end" "$file"; then
        mv -f rc.slot rc
        exec cat > /dev/null
      fi
      continue
    fi
    copied=${said##*records out}
    copied=${copied#?}
    copied=${copied%% *}
    case $copied in
      '' | *[!0-9]*) copied=65536 ;;
    esac
    size=$((size + copied))
    if [ "$size" -ge "$keep" ]; then
      if [ "$file" = out ]; then
        file=out.tail
      else
        mv -f out.tail out.tail.1
      fi
      size=0
    fi
  done
  read -r code < rc.slot && [ -n "$code" ] && mv -f rc.slot rc
}

trap : HUP INT TERM
{
  trap : HUP INT TERM
  (
    umask "$command_umask"
    cd "$work" || exit 126
    unset OLDPWD
    PATH=$command_path
    exec "$@"
  ) < in
  code=$?
  printf '%-7s\n' "$code" 1<> rc.slot
  : > ended
  printf '%s' "$end"
} 2>&1 | keep
