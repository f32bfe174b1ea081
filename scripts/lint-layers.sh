#!/bin/sh
# Checks that every folder includes only from the folders it may use (the table below; what
# those may use comes with them), that outside libraries stay in the layer they belong to, and that
# our own headers that follow one another are sorted.
set -eu
cd "$(dirname "$0")/.."

find src include -name '*.[ch]' -o -name '*.def' | LC_ALL=C sort | xargs awk '
function table(layer, uses) { order[++layers] = layer; may_use[layer] = uses }
BEGIN {
    table("base",    "")
    table("tensor",  "base")
    table("engine",  "tensor")
    table("format",  "tensor")
    table("token",   "base")
    table("words",   "tensor")
    table("family",  "engine format/weights.h format/config.h")
    table("render",  "tensor")
    table("session", "family format token engine words")
    table("command", "session render")
    table("script",  "session render command")
    table("shell",   "command script")
    table("main.c",  "shell")
    # Outside headers that belong to one layer only.
    home["lua.h"] = home["lauxlib.h"] = home["lualib.h"] = home["luaconf.h"] = "script"
    home["readline/readline.h"] = home["readline/history.h"] = "shell"
    home["cblas.h"] = "tensor"
    home["fribidi.h"] = home["fribidi/fribidi.h"] = home["cairo.h"] = home["pango/pangocairo.h"] = "render"

    # A layer comes after all it may use, so one pass closes the table.
    for (i = 1; i <= layers; i++) {
        layer = order[i]
        allowed[layer, layer] = 1
        n = split(may_use[layer], part, " ")
        for (j = 1; j <= n; j++) {
            allowed[layer, part[j]] = 1
            for (k = 1; k < i; k++)
                if ((part[j], order[k]) in allowed)
                    allowed[layer, order[k]] = 1
        }
    }
}
function bad(why) { printf "%s:%d: %s\n", FILENAME, FNR, why; failed = 1 }
function exists(path,   line, r) {
    if (!(path in seen)) {
        r = (getline line < path)
        close(path)
        seen[path] = r >= 0
    }
    return seen[path]
}
FNR == 1 {
    before = -1
    split(FILENAME, dir, "/")
    here = dir[2]
    if (!((here, here) in allowed)) bad("\"" here "\" is no layer; see the table in scripts/lint-layers.sh")
}
/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
    quoted = index($0, "\"") > 0
    split($0, cut, /[<">]/)
    path = cut[2]
    if (path in home && home[path] != here)
        bad("<" path "> belongs to " home[path] ", not to " here)
    n = split(path, dir, "/")
    if (quoted && FNR == before + 1 && path < last)
        bad("\"" path "\" belongs before \"" last "\"")
    before = FNR
    last = quoted ? path : ""
    if (n > 1 && ((dir[1], dir[1]) in allowed)) {
        if (dir[1] != here && exists("src/" path))
            bad("\"" path "\" is private to " dir[1])
        else if (!((here, dir[1]) in allowed) && !((here, path) in allowed))
            bad(here " may not include from " dir[1] " (\"" path "\")")
    } else if (quoted && !exists("src/" here "/" path)) {
        bad("\"" path "\" is neither LAYER/NAME.h nor a private header in src/" here)
    }
}
END { exit failed }
'
