/* The program: options, wiring, exit status. */
#include <locale.h>
#include <stdio.h>

#include "shell/shell.h"
#include "shell/version.h"

static int wrong_usage(const struct err *e)
{
    fprintf(stderr, "rasad: %s\n", e->msg);
    if (e->hint[0])
        fprintf(stderr, "  %s\n", e->hint);
    return ERR_USAGE;
}

/* Printing and leaving: the status is that of writing. */
static int print(const char *text)
{
    return fputs(text, stdout) >= 0 && fflush(stdout) == 0 ? 0 : ERR_COMMAND;
}

static int run(const struct options *o)
{
    struct session *s = session_new();
    struct shell sh;
    shell_init(&sh, s, o);
    if (o->threads > 0) {
        char n[16];
        struct err ignored = ERR_INIT;
        snprintf(n, sizeof n, "%d", o->threads);
        if (settings_set(&s->settings, "threads", n, &ignored))
            settings_apply(&s->settings, SET_THREADS);
    }
    struct err e = ERR_INIT;
    if (!shell_open_lua(&sh, &e))
        shell_note(&sh, e.msg);
    int status = shell_main(&sh);
    shell_release(&sh);
    session_free(s);
    return status;
}

int main(int argc, char **argv)
{
    struct options o;
    struct err e = ERR_INIT;
    int status;
    setlocale(LC_CTYPE, "");
    if (!options_parse(&o, argc, argv, &e)) {
        status = wrong_usage(&e);
    } else if (o.help) {
        status = print(options_help);
    } else if (o.version) {
        struct str text = STR_INIT;
        version_text(&text);
        status = print(text.s);
        str_release(&text);
    } else {
        status = run(&o);
    }
    options_release(&o);
    return status;
}
