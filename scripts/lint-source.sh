#!/bin/sh
# Checks rules of the house that a compiler does not know: banned functions, first comments,
# file lengths, tabs and trailing blanks.
set -eu
cd "$(dirname "$0")/.."
limit=600

# Unbounded or locale-bound functions; use base/str.h, snprintf, strtol and the like.
find src include tests -name '*.[ch]' | LC_ALL=C sort | xargs awk -v limit=$limit '
function bad(why) { printf "%s:%d: %s\n", FILENAME, FNR, why; failed = 1 }
function check_length() {
    if (last != "" && lines > limit) {
        printf "%s: %d lines; past %d, split by role\n", last, lines, limit
        failed = 1
    }
}
FNR == 1 {
    check_length()
    last = FILENAME
    in_comment = 0
    if ($0 !~ /^\/[*\/]/) bad("does not begin with a comment that says what it is for")
}
{ lines = FNR; code = $0 }
/[ \t]$/ { bad("blanks at the end of the line") }
/^\t/ { bad("tab; indent with four spaces") }
{
    # Leave strings and comments out of the search for calls.
    if (in_comment) {
        if (!match(code, /\*\//)) next
        code = substr(code, RSTART + 2)
        in_comment = 0
    }
    gsub(/\\./, "", code)
    gsub(/"[^"]*"/, "", code)
    gsub(/\/\*([^*]|\*+[^*\/])*\*+\//, "", code)
    sub(/\/\/.*/, "", code)
    if (match(code, /\/\*/)) { code = substr(code, 1, RSTART - 1); in_comment = 1 }
    if (code ~ /(^|[^A-Za-z0-9_.>])(strcpy|strcat|sprintf|vsprintf|strtok|gets|atoi|atol|atof)[ \t]*\(/)
        bad("banned function (strcpy strcat sprintf vsprintf strtok gets atoi atol atof)")
}
END { check_length(); exit failed }
'
