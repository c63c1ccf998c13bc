#!/bin/sh
# Makes this checkout ready: "packaging/setup.sh runtime|develop|bundle" fills .venv from that list of requirements,
# "packaging/setup.sh display" looks for what a window on a screen needs. The Makefile calls it; nobody else needs to.
set -eu
unset CDPATH
cd -- "$(dirname -- "$0")/.."

# A shared library that Qt loads, and the Debian packages that bring it.
OFFSCREEN='libGL.so.1 libgl1
libEGL.so.1 libegl1
libxkbcommon.so.0 libxkbcommon0
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1 fonts-dejavu-core
libglib-2.0.so.0 libglib2.0-0'
DISPLAYED='libxcb-cursor.so.0 libxcb-cursor0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-shape.so.0 libxcb-shape0'

stop() {
    echo "$1" >&2
    exit 1
}

# Installs Debian packages where that is allowed, otherwise says which ones to ask for.
provide() {
    if ! command -v apt-get >/dev/null; then
        stop "Please install what these Debian packages bring, then try again: $*"
    elif [ "$(id -u)" != 0 ]; then
        stop "Please install the missing system packages, then try again: sudo apt-get install $*"
    fi
    echo "Installing $*"
    log=$(mktemp)
    if ! { apt-get -q -o DPkg::Lock::Timeout=180 update && DEBIAN_FRONTEND=noninteractive \
        apt-get -q -y -o DPkg::Lock::Timeout=180 install --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null; then
        cat "$log" >&2
        stop "These system packages could not be installed: $*"
    fi
    rm -f "$log"
}

provide_libraries() {
    [ "$(uname -s)" = Linux ] || return 0
    known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)
    missing=$(echo "$1" | while read -r library packages; do
        case $known in *"$library "*) ;; *) echo "$packages" ;; esac
    done)
    # Unquoted on purpose: one word for each package.
    [ -z "$missing" ] || provide $missing
}

fits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' >/dev/null 2>&1
}

find_python() {
    for python in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11; do
        if fits "$python"; then
            return
        fi
    done
    stop "Reception needs Python 3.11 to 3.14; put one on the PATH, or name it: make PYTHON=/path/to/python3"
}

make_venv() {
    if fits .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; then
        return
    fi
    find_python
    "$python" -c 'import ensurepip, venv' 2>/dev/null || provide python3-venv
    rm -rf .venv
    "$python" -m venv .venv
}

if [ "$1" = display ]; then
    provide_libraries "$DISPLAYED"
    exit
fi
provide_libraries "$OFFSCREEN"
make_venv
echo "Installing requirements/$1.txt into .venv"
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-input --only-binary :all: --require-hashes \
    -r "requirements/$1.txt"
touch ".venv/$1.stamp"
