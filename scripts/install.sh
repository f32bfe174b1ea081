#!/bin/sh
# Puts the program under PREFIX, or removes it again. DESTDIR goes in front of every path.
# usage: install.sh install|uninstall
#   bin/rasad                            the program
#   share/man/man1/rasad.1               its manual page
#   share/bash-completion/completions    completion of its options in bash
#   share/rasad/models/NAME              bundled models, found relative to the program
#   share/rasad/examples                 demo, lessons and example scripts
set -eu
cd "$(dirname "$0")/.."
root=${DESTDIR-}${PREFIX:-/usr/local}
share=$root/share/rasad

case ${1-} in
install)
    # `install` writes a new file each time: a program that is running keeps the old one.
    install -D -m 755 rasad "$root/bin/rasad"
    install -D -m 644 scripts/rasad.1 "$root/share/man/man1/rasad.1"
    install -D -m 644 scripts/rasad.bash "$root/share/bash-completion/completions/rasad"
    if [ -d examples ]; then
        find examples -type f ! -name '*.new' | while read -r f; do
            case $f in
            examples/models/*) to=$share/${f#examples/} ;;
            *) to=$share/$f ;;
            esac
            install -D -m 644 "$f" "$to"
        done
    fi
    echo "installed under $root"
    ;;
uninstall)
    rm -f "$root/bin/rasad" "$root/share/man/man1/rasad.1" \
        "$root/share/bash-completion/completions/rasad"
    rm -rf "$share"
    echo "removed from $root"
    ;;
*)
    echo "usage: install.sh install|uninstall" >&2
    exit 2
    ;;
esac
