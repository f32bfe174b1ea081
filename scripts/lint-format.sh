#!/bin/sh
# Checks the layout of the C sources against .clang-format; `lint-format.sh --fix [FILE...]` repairs it.
set -eu
cd "$(dirname "$0")/.."
fix=
if [ "${1-}" = --fix ]; then
    fix=1
    shift
fi
# shellcheck disable=SC2046
[ $# -gt 0 ] || set -- $(find src include tests -name '*.[ch]' | LC_ALL=C sort)

if [ -n "$fix" ]; then
    exec clang-format -i "$@"
fi
bad=$(printf '%s\n' "$@" | xargs clang-format --dry-run -Werror 2>&1 | grep -E 'error:' |
    sort -u -t: -k1,1)
[ -z "$bad" ] && exit 0
printf '%s\n' "$bad" |
    sed 's/: error: .*/: layout differs from .clang-format (scripts\/lint-format.sh --fix FILE)/' >&2
exit 1
