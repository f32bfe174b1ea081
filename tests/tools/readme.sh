#!/bin/sh
# Takes the sessions out of a README: every fenced block tagged "rasad" becomes part of a transcript.
# A block that is tagged with nothing more goes on where the last one stopped; "rasad new" starts a
# new session and "rasad OPTIONS" starts one with those options.
# Times and the last digits of long numbers are matched loosely (see loosen).
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
# Times, and digits beyond those that every processor rounds alike, may differ from run to run.
function loosen(line) {
    gsub(/[0-9]+(\.[0-9]+)? (us|ms)/, "{{[0-9.]+ (us|ms|s)}}", line)
    gsub(/"ms": [0-9.]+/, "\"ms\": {{[0-9.]+}}", line)
    gsub(/difference [0-9.e-]+/, "difference {{[0-9.e-]+}}", line)
    gsub(/-?[0-9]+\.[0-9][0-9][0-9][0-9][0-9][0-9]+(e[-+]?[0-9]+)?/, "{{[0-9.e+-]+}}", line)
    return line
}
inside && /^```[ \t]*$/ { inside = 0; next }
inside { print (/^> / ? $0 : loosen($0)) > file; next }
/^```rasad([ \t]|$)/ {
    options = $0
    sub(/^```rasad[ \t]*/, "", options)
    sub(/[ \t]+$/, "", options)
    if (!file || options != "") start(options)
    inside = 1
}
' "$1"
