# Sourced by the launcher scripts: finds a JDK 25 and offers Debian packages. POSIX sh.

fail() {
    echo "$*" >&2
    exit 1
}

is_jdk_25() {
    [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] || return 1
    case $("$1/bin/javac" -version 2>/dev/null) in
    "javac 25" | "javac 25."* | "javac 25-"* | "javac 25+"*) return 0 ;;
    *) return 1 ;;
    esac
}

# Sets and exports JAVA_HOME to a JDK 25: the one it names, the one on PATH, or one under /usr/lib/jvm.
find_jdk() {
    if [ -n "${JAVA_HOME:-}" ] && is_jdk_25 "$JAVA_HOME"; then
        export JAVA_HOME
        return 0
    fi
    on_path=$(command -v javac 2>/dev/null || true)
    if [ -n "$on_path" ]; then
        home=$(dirname -- "$(dirname -- "$(readlink -f -- "$on_path")")")
        if is_jdk_25 "$home"; then
            JAVA_HOME=$home
            export JAVA_HOME
            return 0
        fi
    fi
    for home in /usr/lib/jvm/*; do
        if [ -d "$home" ] && is_jdk_25 "$home"; then
            JAVA_HOME=$home
            export JAVA_HOME
            return 0
        fi
    done
    return 1
}

jdk_package() {
    echo openjdk-25-jdk-headless
}

# offer_package WHAT PACKAGE WHY: installs a Debian package after asking, or says how to go on.
offer_package() {
    echo "$3" >&2
    command -v apt-get >/dev/null 2>&1 ||
        fail "Install $1 with your system's package manager, then run this again."
    if ! apt-cache show "$2" >/dev/null 2>&1; then
        fail "This system's package lists do not have $2 (try 'apt-get update'; Debian 13, Ubuntu 24.04 and Raspberry Pi OS
based on Debian 13 have it). Install $1 another way, for a JDK also by setting JAVA_HOME, then run this again."
    fi
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 || fail "Install it as root with: apt-get install $2"
        as_root=sudo
    fi
    if [ "${SUNPEER_YES:-}" != 1 ]; then
        [ -t 0 ] || fail "Install it with: $as_root apt-get install $2"
        printf 'Install it now with "%s apt-get install %s"? [y/N] ' "$as_root" "$2" >&2
        read -r answer
        case $answer in
        y | Y | yes) ;;
        *) fail "Nothing was installed." ;;
        esac
    fi
    $as_root apt-get install -y "$2" >&2 || fail "Installing $2 failed; see above."
}
