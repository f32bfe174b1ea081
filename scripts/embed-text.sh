#!/bin/sh
# Prints a text file as C source: src/FOLDER/NAME.END becomes FOLDER_NAME_END[] (NUL-terminated) and
# FOLDER_NAME_END_len.
# usage: embed-text.sh src/script/prelude.lua
set -eu
name=$(printf %s "${1#src/}" | tr -c 'A-Za-z0-9' '_')
cat <<END
/* Made from $1; do not edit. */
#include <stddef.h>
extern const char ${name}[];
extern const size_t ${name}_len;
const char ${name}[] =
END
# A question mark is escaped because -std=c11 knows trigraphs.
LC_ALL=C sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/?/\\?/g' -e 's/	/\\t/g' -e 's/^/    "/' -e 's/$/\\n"/' "$1"
cat <<END
    "";
const size_t ${name}_len = sizeof ${name} - 1;
END
