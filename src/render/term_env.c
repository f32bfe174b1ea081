/* What the environment says about a terminal: colours and who turns right-to-left text. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "render/term.h"

static const char *env(const char *name)
{
    const char *v = getenv(name);
    return v ? v : "";
}

static bool is_set(const char *name)
{
    return *env(name) != '\0';
}

static bool in_list(const char *s, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(s, *list) == 0)
            return true;
    return false;
}

static bool starts_with_any(const char *s, const char *const *list)
{
    for (; *list; list++)
        if (str_starts(s, *list))
            return true;
    return false;
}

/* True colour is told, never guessed: a terminal that lacks it shows garbage. GNU screen inherits
 * the variable from the terminal around it and cannot keep the promise. */
static enum color_depth depth_of_terminal(void)
{
    static const char *const many[] = {"alacritty", "foot",    "kitty",  "xterm-kitty",
                                       "wezterm",   "ghostty", "iterm2", "xterm-ghostty",
                                       "contour",   NULL};
    static const char *const few[] = {
        "xterm", "screen", "tmux", "linux", "rxvt",  "ansi",  "putty",  "konsole", "cygwin", "vte",
        "gnome", "mlterm", "st",   "Eterm", "aterm", "eterm", "dtterm", "hurd",    "fbterm", NULL};
    const char *term = env("TERM"), *ct = env("COLORTERM");
    if (!is_set("STY") && (strcmp(ct, "truecolor") == 0 || strcmp(ct, "24bit") == 0))
        return COLOR_24BIT;
    if (str_ends(term, "-256color") || str_ends(term, "-direct") || in_list(term, many))
        return COLOR_256;
    return starts_with_any(term, few) || *ct ? COLOR_BASIC : COLOR_NONE;
}

enum color_depth term_color_depth(int fd, const char *color)
{
    const char *term = env("TERM"), *force = env("CLICOLOR_FORCE");
    bool capable = *term && strcmp(term, "dumb") != 0;
    bool forced = strcmp(color, "always") == 0;
    if (strcmp(color, "never") == 0)
        return COLOR_NONE;
    if (!forced && !isatty(fd)) {
        bool forced_by_env =
            strcmp(color, "auto") == 0 && !is_set("NO_COLOR") && *force && strcmp(force, "0") != 0;
        if (!forced_by_env)
            return COLOR_NONE;
        forced = true;
    }
    if (strcmp(color, "16") == 0)
        return COLOR_BASIC;
    if (strcmp(color, "256") == 0)
        return COLOR_256;
    if (strcmp(color, "24bit") == 0)
        return COLOR_24BIT;
    if (strcmp(color, "auto") == 0) {
        if (is_set("NO_COLOR"))
            return COLOR_NONE;
        forced = forced || (*force && strcmp(force, "0") != 0);
        if (!forced && !capable)
            return COLOR_NONE;
    }
    enum color_depth depth = depth_of_terminal();
    return forced && depth == COLOR_NONE ? COLOR_BASIC : depth;
}

/* Terminals known to turn right-to-left text themselves. */
static bool terminal_turns(void)
{
    static const char *const programs[] = {"Apple_Terminal", "mintty", NULL};
    int64_t vte;
    return (str_int(env("VTE_VERSION"), 0, INT32_MAX, &vte) && vte >= 5800) ||
           is_set("KONSOLE_VERSION") || is_set("MLTERM") || in_list(env("TERM_PROGRAM"), programs);
}

enum bidi_mode term_bidi_mode(bool tty, bool *uncertain)
{
    static const char *const unknown_programs[] = {"iTerm.app", "WezTerm", "ghostty", "kitty",
                                                   NULL};
    static const char *const multiplexers[] = {"screen", "tmux", NULL};
    static const char *const unknown_terms[] = {"xterm-kitty", "xterm-ghostty", "wezterm", NULL};
    static const char *const plain[] = {"linux", "xterm", "alacritty", "foot", NULL};
    const char *term = env("TERM");
    *uncertain = false;
    if (!tty)
        return BIDI_OFF;
    /* Inside a multiplexer the variables are those of the terminal it was started in. */
    if (is_set("TMUX") || is_set("STY") || starts_with_any(term, multiplexers)) {
        *uncertain = true;
        return BIDI_TERMINAL;
    }
    if (is_set("KITTY_WINDOW_ID") || starts_with_any(term, unknown_terms) ||
        in_list(env("TERM_PROGRAM"), unknown_programs)) {
        *uncertain = true;
        return BIDI_TERMINAL;
    }
    if (terminal_turns())
        return BIDI_TERMINAL;
    if (is_set("WT_SESSION"))
        return BIDI_VISUAL;
    if (starts_with_any(term, plain)) {
        /* Most terminals call themselves xterm, and over ssh the name is all that arrives. */
        *uncertain = str_starts(term, "xterm") && !is_set("XTERM_VERSION");
        return BIDI_VISUAL;
    }
    *uncertain = true;
    return BIDI_TERMINAL;
}
