/* The shell's life, and its hooks in the session. */
#include "shell/shell.h"

#include "shell/internal.h"

static void note(void *ud, const char *text)
{
    shell_note(ud, text);
}

static void progress(void *ud, const char *what, double fraction, bool done)
{
    shell_progress(ud, what, fraction, done);
}

static bool eval_bool(void *ud, const char *expr, bool *out, struct err *e)
{
    const struct shell *sh = ud;
    if (!sh->script.eval_bool)
        return err_set(e, ERR_COMMAND, "this program was built without Lua");
    return sh->script.eval_bool(sh->script.ud, expr, out, e);
}

static bool eval_number(void *ud, const char *expr, double *out, struct err *e)
{
    const struct shell *sh = ud;
    if (!sh->script.eval_number)
        return err_set(e, ERR_COMMAND, "this program was built without Lua");
    return sh->script.eval_number(sh->script.ud, expr, out, e);
}

void shell_init(struct shell *sh, struct session *s, const struct options *o)
{
    *sh = (struct shell){.session = s, .options = o, .sink = stdout, .quit_status = -1};
    s->hooks = (struct session_hooks){
        .ud = sh, .eval_bool = eval_bool, .eval_number = eval_number, .note = note, .progress = progress};
    s->shell = sh;
}

void shell_release(struct shell *sh)
{
    progress_erase(sh);
    if (sh->output)
        fclose(sh->output);
    if (sh->log)
        fclose(sh->log);
    command_release(sh->session);
    sh->session->hooks = (struct session_hooks){0};
    sh->session->shell = NULL;
}

int shell_status(const struct shell *sh)
{
    return sh->quit_status >= 0 ? sh->quit_status : sh->status;
}

bool shell_keeps_going(const struct shell *sh)
{
    return sh->options->keep_going || !sh->session->settings.number[SET_STOP];
}
