#!/bin/sh
# Takes the sessions out of a README: every fenced block tagged "rasad" becomes part of a transcript.
# A block that is tagged with nothing more goes on where the last one stopped; "rasad new" starts a
# new session and "rasad OPTIONS" starts one with those options.
# usage: readme.sh README.md OUTDIR     prints the files that it wrote
set -eu
mkdir -p "$2"
rm -f "$2"/*.t
awk -v dir="$2" '
function start(options) {
    if (file) close(file)
    file = sprintf("%s/session-%d.t", dir, ++sessions)
    print file
    print "#! # line " NR " of " FILENAME > file
    if (options != "" && options != "new") print "#! rasad " options > file
}
inside && /^```[ \t]*$/ { inside = 0; next }
inside { print > file; next }
/^```rasad([ \t]|$)/ {
    options = $0
    sub(/^```rasad[ \t]*/, "", options)
    sub(/[ \t]+$/, "", options)
    if (!file || options != "") start(options)
    inside = 1
}
' "$1"
