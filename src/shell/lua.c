/* Lua at the shell: opens the state for the session and sends what scripts print where data
 * goes. */
#include <string.h>

#include "script/script.h"
#include "shell/internal.h"

static bool eval(void *ud, const char *expr, struct result *out, struct err *e)
{
    struct shell *sh = ud;
    return script_line(sh->session->script, expr, out, NULL, e);
}

static bool file(void *ud, const char *path, int argc, const char *const *argv, struct result *out,
                 struct err *e)
{
    struct shell *sh = ud;
    (void)out;
    return script_file(sh->session->script, path, argc, argv, e);
}

static bool incomplete(void *ud, const char *chunk)
{
    return script_incomplete(((struct shell *)ud)->session->script, chunk);
}

/* On a terminal text of a vocabulary must not act: controls become visible, right-to-left text is
 * guarded. */
static void add_shown(struct str *out, const char *text, size_t n, const struct style *style)
{
    for (size_t i = 0; i < n;) {
        size_t k = i;
        while (k < n && text[k] != '\n' && text[k] != '\t')
            k++;
        term_text(out, text + i, k - i, style);
        if (k < n)
            str_addc(out, text[k++]);
        i = k;
    }
}

static void print(void *ud, const char *text, size_t n)
{
    struct shell *sh = ud;
    if (shell_json(sh)) { /* part of the command's object */
        str_addn(&sh->printed, text, n);
        return;
    }
    struct style style = shell_style(sh, sh->sink);
    tee_text(sh, text, n);
    if (sh->mute && sh->sink == stdout)
        return;
    progress_erase(sh);
    if (style.tty) {
        struct str shown = STR_INIT;
        add_shown(&shown, text, n, &style);
        fwrite(shown.s, 1, shown.len, sh->sink);
        str_release(&shown);
    } else {
        fwrite(text, 1, n, sh->sink);
    }
}

static struct style style_now(void *ud)
{
    const struct shell *sh = ud;
    return shell_style(sh, sh->sink);
}

bool shell_open_lua(struct shell *sh, struct err *e)
{
    struct script *sc = script_new(sh->session, e);
    if (sc == NULL)
        return false;
    script_set_output(sc, &(struct script_output){.write = print, .style = style_now, .ud = sh});
    sh->script =
        (struct shell_script){.ud = sh, .eval = eval, .file = file, .incomplete = incomplete};
    return true;
}

void shell_close_lua(struct shell *sh)
{
    script_free(sh->session->script);
    sh->script = (struct shell_script){0};
    str_release(&sh->printed);
}
