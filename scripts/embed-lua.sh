#!/bin/sh
# Prints a Lua file as C source: script_NAME_lua[] (NUL-terminated) and script_NAME_lua_len.
# usage: embed-lua.sh src/script/NAME.lua
set -eu
name=$(basename "$1" .lua | tr -c 'A-Za-z0-9\n' '_')
cat <<END
/* Made from $1; do not edit. */
#include <stddef.h>
extern const char script_${name}_lua[];
extern const size_t script_${name}_lua_len;
const char script_${name}_lua[] =
END
# A question mark is escaped because -std=c11 knows trigraphs.
LC_ALL=C sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/?/\\?/g' -e 's/	/\\t/g' -e 's/^/    "/' -e 's/$/\\n"/' "$1"
cat <<END
    "";
const size_t script_${name}_lua_len = sizeof script_${name}_lua - 1;
END
