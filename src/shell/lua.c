/* Lua at the shell: opens the state for the session and sends what scripts print where data goes. */
#include <string.h>

#include "script/script.h"
#include "shell/internal.h"

/* Under --json what a script prints is the "output" of its object. */
static void collect(struct shell *sh, struct result *out)
{
    if (sh->printed.len > 0)
        data_add_strn(&out->arena, out->data, "output", sh->printed.s, sh->printed.len);
    str_clear(&sh->printed);
}

static bool eval(void *ud, const char *expr, struct result *out, struct err *e)
{
    struct shell *sh = ud;
    struct style style = shell_style(sh, sh->sink);
    script_style(sh->session->script, &style);
    bool ok = script_line(sh->session->script, expr, out, NULL, e);
    collect(sh, out);
    return ok;
}

static bool file(void *ud, const char *path, int argc, const char *const *argv, struct result *out, struct err *e)
{
    struct shell *sh = ud;
    struct style style = shell_style(sh, sh->sink);
    script_style(sh->session->script, &style);
    bool ok = script_file(sh->session->script, path, argc, argv, e);
    collect(sh, out);
    return ok;
}

static bool incomplete(void *ud, const char *chunk)
{
    return script_incomplete(((struct shell *)ud)->session->script, chunk);
}

/* On a terminal text of a vocabulary must not act: controls become visible, right-to-left text is guarded. */
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
    if (shell_json(sh)) {
        str_addn(&sh->printed, text, n);
        return;
    }
    struct style style = shell_style(sh, sh->sink);
    progress_erase(sh);
    if (style.tty) {
        struct str shown = STR_INIT;
        add_shown(&shown, text, n, &style);
        fwrite(shown.s, 1, shown.len, sh->sink);
        str_release(&shown);
    } else {
        fwrite(text, 1, n, sh->sink);
    }
    if (sh->log)
        fwrite(text, 1, n, sh->log);
}

bool shell_open_lua(struct shell *sh, struct err *e)
{
    struct script *sc = script_new(sh->session, e);
    if (sc == NULL)
        return false;
    script_output(sc, print, sh);
    sh->script = (struct shell_script){.ud = sh, .eval = eval, .file = file, .incomplete = incomplete};
    return true;
}

void shell_close_lua(struct shell *sh)
{
    script_free(sh->session->script);
    sh->script = (struct shell_script){0};
    str_release(&sh->printed);
}
