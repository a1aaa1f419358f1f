# Starts a daemon in a session of its own and ends when its process id file is there.
# sh -c THIS rota-job PIDFILE LOG PROGRAM [ARGUMENT ...]
pid=$1 log=$2
shift 2
if ! command -v "$1" > /dev/null; then
  echo "$1: not found, or not a program"
  exit 127
fi
# a log is the product's; it is only kept from growing over many restarts
if [ -n "$(find "$log" -size +20480 2> /dev/null)" ]; then
  mv -f "$log" "$log.1"
fi
rm -f "$pid" "$pid.new" "$pid.started" || exit 126
setsid /bin/sh -c '
  pid=$1
  shift
  started_at() {
    read -r stat < "/proc/$$/stat" || exit 126
    set -- ${stat##*) }
    shift 19
    started=$1
  }
  started_at
  read -r boot < /proc/sys/kernel/random/boot_id
  echo "$started $boot" > "$pid.started" && echo "$$" > "$pid.new" && mv -f "$pid.new" "$pid" || exit 126
  exec "$@"
' rota-job "$pid" "$@" < /dev/null >> "$log" 2>&1 &
child=$!
while [ ! -e "$pid" ]; do
  if ! kill -0 "$child" 2> /dev/null; then
    if [ ! -e "$pid" ]; then
      echo "the daemon could not write $pid"
      exit 126
    fi
  fi
  sleep 0.01
done
