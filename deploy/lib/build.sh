# Sourced by the scripts in deploy: finds a JDK and Maven, and builds what is not built. $repo is the repository.

# The major version of the Java on the PATH (or in JAVA_HOME) that can compile, or nothing.
jdk_version() {
  javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac
  "$javac" -version 2>/dev/null | sed -n 's/^javac \([0-9]*\).*/\1/p'
}

need_jdk() {
  version=$(jdk_version)
  [ -n "$version" ] && [ "$version" -ge 17 ] && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "$0: no JDK 17 or newer: installing openjdk-17-jdk-headless with apt-get" >&2
    { apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y install openjdk-17-jdk-headless; } >&2
    return 0
  fi
  echo "$0: needs a JDK 17 or newer, found ${version:-none}. Install one, for example: sudo apt-get install openjdk-17-jdk-headless" >&2
  return 1
}

# Maven from the PATH where it is new enough (the build itself checks that), else the wrapper, which fetches it. It takes the place of
# the shell, so that it gets its signals: call it in a subshell.
maven() {
  if command -v mvn >/dev/null 2>&1; then
    exec mvn -B -Dstyle.color=never "$@"
  else
    exec "$repo/mvnw" -B -Dstyle.color=never "$@"
  fi
}

# Builds the jars unless they are newer than every source.
build() {
  stamp=$repo/deploy/target/built
  if [ -f "$stamp" ] && [ -z "$(find "$repo/pom.xml" "$repo"/*/pom.xml "$repo"/*/src -newer "$stamp" -print 2>/dev/null | head -n 1)" ]; then
    return 0
  fi
  echo "$0: building (a first build fetches libraries from Maven Central)" >&2
  # Maven writes "reset colours" for each module, to a file too and whatever it is told, so its few words are cleaned first.
  words=$(mktemp) || return 1
  (cd "$repo" && maven -q -DskipTests package) >"$words" 2>&1 &
  builder=$!
  trap 'kill "$builder" 2>/dev/null; rm -f "$words"; exit 130' INT TERM
  built=0
  wait "$builder" || built=1
  trap - INT TERM
  sed "s/$(printf '\033')\\[[0-9;]*m//g; /^\$/d" "$words" >&2
  rm -f "$words"
  [ "$built" = 0 ] || return 1
  touch "$stamp"
}
