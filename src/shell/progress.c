/* Progress of long work on standard error: after half a second, ten times a second, erased at the
 * end. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "shell/internal.h"

static const double delay = 0.5, interval = 0.1;
enum { BAR = 10 };

void progress_erase(struct shell *sh)
{
    if (!sh->progress.shown)
        return;
    sh->progress.shown = false;
    fputs("\r\033[K", stderr);
}

static void draw(const char *what, double fraction, double seconds)
{
    struct str line = STR_INIT;
    int filled = (int)(fraction * BAR);
    str_add(&line, "\r");
    str_add_visible(&line, what, strlen(what));
    str_addf(&line, " %3d%% ", (int)(100 * fraction));
    for (int i = 0; i < BAR; i++)
        str_addc(&line, i < filled ? '#' : '.');
    if (fraction > 0) {
        int left = (int)(seconds / fraction - seconds + 0.5);
        str_addf(&line, "  %d:%02d left", left / 60, left % 60);
    }
    str_add(&line, "\033[K");
    fwrite(line.s, 1, line.len, stderr);
    str_release(&line);
}

void shell_progress(struct shell *sh, const char *what, double fraction, bool done)
{
    const char *term = getenv("TERM");
    double now = clock_seconds();
    if (done) {
        progress_erase(sh);
        sh->progress.began = 0;
        return;
    }
    if (sh->progress.began == 0)
        sh->progress.began = now;
    const struct settings *t = &sh->session->settings;
    if (sh->mute || !t->number[SET_PROGRESS] || t->number[SET_PRESENTER] ||
        !isatty(STDERR_FILENO) || !term || strcmp(term, "dumb") == 0)
        return;
    if (now - sh->progress.began < delay ||
        (sh->progress.shown && now - sh->progress.drawn < interval))
        return;
    fraction = fraction < 0 ? 0 : fraction > 1 ? 1 : fraction;
    draw(what, fraction, now - sh->progress.began);
    sh->progress.shown = true;
    sh->progress.drawn = now;
}
