/* Does this terminal show pixels? It is asked once, at the prompt, when a view wants them. */
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/clock.h"
#include "internal.h"

enum { WAIT_MS = 300, MOST_ANSWER = 1024 };

/* Inside a multiplexer the outer terminal's ways are not ours to use, whatever is answered. */
static bool inside_multiplexer(void)
{
    const char *term = getenv("TERM");
    return getenv("TMUX") || getenv("STY") ||
           (term && (str_starts(term, "screen") || str_starts(term, "tmux")));
}

static bool is_iterm(void)
{
    const char *program = getenv("TERM_PROGRAM"), *terminal = getenv("LC_TERMINAL");
    return (program && strcmp(program, "iTerm.app") == 0) ||
           (terminal && strcmp(terminal, "iTerm2") == 0);
}

/* Reads what comes within the time until the answer is whole. */
static enum pixel_mode listen(void)
{
    char answer[MOST_ANSWER];
    size_t n = 0;
    enum pixel_mode found = PIXELS_NONE;
    double until = clock_seconds() + WAIT_MS / 1000.0;
    for (double left; n < sizeof answer && (left = until - clock_seconds()) > 0;) {
        struct pollfd f = {.fd = STDIN_FILENO, .events = POLLIN};
        if (poll(&f, 1, (int)(left * 1000) + 1) <= 0)
            break;
        ssize_t got = read(STDIN_FILENO, answer + n, sizeof answer - n);
        if (got <= 0)
            break;
        n += (size_t)got;
        if (pixels_answer(answer, n, &found))
            break;
    }
    return found;
}

static enum pixel_mode ask(void)
{
    struct termios before, raw;
    if (tcgetattr(STDIN_FILENO, &before) != 0)
        return PIXELS_NONE;
    raw = before;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    raw.c_cc[VMIN] = 0;
    raw.c_cc[VTIME] = 0;
    if (tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) != 0)
        return PIXELS_NONE;
    size_t n = strlen(pixels_query);
    enum pixel_mode found =
        write(STDOUT_FILENO, pixels_query, n) == (ssize_t)n ? listen() : PIXELS_NONE;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before); /* what is left of an answer is nobody's typing */
    return found;
}

static bool wanted(const struct shell *sh, const struct result *r)
{
    bool always = strcmp(sh->session->settings.text[SET_CELLS], "pixel") == 0;
    for (const struct view *v = r->first; v; v = v->next)
        if ((v->kind == VIEW_HEAT && v->u.heat.cells == CELLS_PIXEL) ||
            (always && (v->kind == VIEW_HEAT || v->kind == VIEW_PLOT)))
            return true;
    return false;
}

void shell_find_pixels(struct shell *sh, const struct result *r)
{
    const char *term = getenv("TERM");
    if (sh->pixels.asked || sh->mute || !sh->interactive || sh->sink != stdout || !wanted(sh, r) ||
        sh->session->settings.number[SET_PIXELS] != 0 || !isatty(STDIN_FILENO) ||
        !isatty(STDOUT_FILENO) || !term || !*term || strcmp(term, "dumb") == 0)
        return;
    sh->pixels.asked = true;
    if (inside_multiplexer())
        return;
    shell_flush(sh);
    sh->pixels.found = is_iterm() ? PIXELS_ITERM : ask();
}

void shell_style_pixels(const struct shell *sh, struct style *s, int fd)
{
    static const enum pixel_mode forced[] = {PIXELS_NONE, PIXELS_NONE, PIXELS_SIXEL, PIXELS_KITTY,
                                             PIXELS_ITERM};
    int64_t set = sh->session->settings.number[SET_PIXELS];
    struct winsize w;
    s->pixels = set == 0 ? (s->tty ? sh->pixels.found : PIXELS_NONE) : forced[set];
    s->pixel_scale = 1;
    if (fd < 0 || ioctl(fd, TIOCGWINSZ, &w) != 0 || w.ws_col == 0 || w.ws_row == 0)
        return;
    /* Not every terminal tells its size in pixels; ten a column is usual. */
    s->pixel_width = w.ws_xpixel > 0 ? w.ws_xpixel : w.ws_col * 10;
    s->pixel_scale = w.ws_ypixel / w.ws_row >= 28 ? 2 : 1;
}
