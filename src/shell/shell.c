/* The shell's life, and its hooks in the session. */
#include "shell/shell.h"

#include <stdlib.h>

#include "editor.h"
#include "shell/internal.h"

static struct shell *shell_in(void *ud)
{
    return ((struct session *)ud)->shell;
}

static void note(void *ud, const char *text)
{
    shell_note(shell_in(ud), text);
}

static void progress(void *ud, const char *what, double fraction, bool done)
{
    shell_progress(shell_in(ud), what, fraction, done);
}

static void show(void *ud, const struct result *r)
{
    shell_show(shell_in(ud), r);
}

static bool edit(void *ud, struct str *text, struct err *e)
{
    return editor_external(shell_in(ud), text, e);
}

void shell_init(struct shell *sh, struct session *s, const struct options *o)
{
    *sh = (struct shell){
        .session = s, .options = o, .sink = stdout, .quit_status = -1, .printed = STR_INIT};
    s->hooks = (struct session_hooks){
        .ud = s, .note = note, .progress = progress, .edit = edit, .show = show};
    s->shell = sh;
}

void shell_release(struct shell *sh)
{
    progress_erase(sh);
    shell_output_close(sh);
    for (int i = 0; i < TEE_COUNT; i++)
        tee_close(sh, (enum tee_kind)i);
    free(sh->last);
    command_release(sh->session);
    shell_close_lua(sh);
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
