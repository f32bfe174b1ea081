/* Scripts: streams of lines from a file, a text or standard input; and the order of work of the
 * program. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "shell/internal.h"

enum { SCRIPT_MAX = 64 << 20 };

/* ---- signals --------------------------------------------------------------------------------- */

static volatile sig_atomic_t first_at; /* seconds of the first Ctrl-C, for the handler alone */

static void on_interrupt(int sig)
{
    (void)sig;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (interrupt_flag && (long)now.tv_sec - first_at <= 2)
        _exit(ERR_INTERRUPT);
    interrupt_flag = 1;
    first_at = (sig_atomic_t)now.tv_sec;
}

/* Sets the signals of batch mode: Ctrl-C asks to stop, twice within two seconds ends the program; a
 * reader that goes away is an error of writing. */
static void batch_signals(void)
{
    struct sigaction act = {.sa_handler = on_interrupt}, ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&act.sa_mask);
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGINT, &act, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
    sigaction(SIGXFSZ, &ignore, NULL); /* a file over the limit is an error of write */
}

/* ---- lines ----------------------------------------------------------------------------------- */

/* Where lines come from: a stream, or a text. */
struct lines {
    FILE *f;
    const char *text;
    size_t left;
    char *line;
    size_t cap, n;
    int number; /* of the line last read */
};

/* The next line without its newline; false at the end. */
static bool next_line(struct lines *l)
{
    if (l->f) {
        ssize_t n = getline(&l->line, &l->cap, l->f);
        if (n < 0)
            return false;
        l->n = (size_t)n;
    } else {
        if (!l->left)
            return false;
        const char *nl = memchr(l->text, '\n', l->left);
        l->n = nl ? (size_t)(nl - l->text) + 1 : l->left;
        if (l->n + 1 > l->cap) {
            l->cap = 2 * (l->n + 1);
            l->line = mem_realloc(l->line, l->cap);
        }
        memcpy(l->line, l->text, l->n);
        l->text += l->n;
        l->left -= l->n;
    }
    if (l->n && l->line[l->n - 1] == '\n')
        l->n--;
    l->line[l->n] = '\0';
    if (l->number++ == 0 && l->n >= 3 && memcmp(l->line, "\xEF\xBB\xBF", 3) == 0) {
        l->n -= 3;
        memmove(l->line, l->line + 3, l->n + 1);
    }
    return true;
}

/* --echo is for the script that the program was given, the setting for those that it sources as
 * well. */
static bool echoes(const struct shell *sh, const struct origin *o)
{
    return o->file && ((sh->options->echo && !o->outer) || sh->session->settings.number[SET_ECHO]);
}

/* On a terminal as if it had been typed; comments are the words between the commands. */
static void echo_shown(struct shell *sh, const struct lines *l, const struct style *s)
{
    bool words = l->line[strspn(l->line, " \t")] == '#' || l->n == 0;
    struct span spans[] = {
        {TONE_DIM, words                             ? ""
                   : sh->session->ninterventions > 0 ? "(rasad*) "
                                                     : "(rasad) "},
        {words ? TONE_GOOD : TONE_STRONG, l->line},
    };
    struct view line = {.kind = VIEW_LINE, .u.line = {spans, 2}};
    struct str out = STR_INIT;
    term_view(&out, &line, s);
    fwrite(out.s, 1, out.len, stdout);
    str_release(&out);
}

static void echo(struct shell *sh, const struct lines *l)
{
    struct style s = shell_style(sh, stdout);
    progress_erase(sh);
    if (s.tty) {
        echo_shown(sh, l, &s);
        shell_flush(sh);
        return;
    }
    fputs("> ", stdout);
    fwrite(l->line, 1, l->n, stdout);
    fputc('\n', stdout);
    shell_flush(sh);
}

static bool report(struct shell *sh, const char *text, const struct err *e)
{
    char word[80];
    size_t n = strcspn(text, " \t\n/");
    snprintf(word, sizeof word, "%.*s", n < sizeof word ? (int)n : (int)sizeof word - 1, text);
    shell_error(sh, word, text, e);
    return false;
}

/* One input: a line, and those that a block or a Lua chunk needs after it. False at the end of the
 * lines. */
static bool next_input(struct shell *sh, struct lines *l, struct origin *o, struct str *input,
                       bool *ok)
{
    str_clear(input);
    *ok = true;
    do {
        if (!next_line(l)) {
            if (!input->len)
                return false;
            struct err e = ERR_INIT;
            err_set(&e, ERR_COMMAND, "the script ends inside the block that begins here");
            *ok = report(sh, input->s, &e);
            return true;
        }
        if (!input->len)
            o->line = l->number;
        if (echoes(sh, o))
            echo(sh, l);
        if (strlen(l->line) != l->n) {
            struct err e = ERR_INIT;
            err_set(&e, ERR_COMMAND, "the line has a NUL byte");
            err_hint(&e, "in a text it is written as \"\\u{0}\"");
            *ok = report(sh, l->line, &e);
            return true;
        }
        if (input->len)
            str_addc(input, '\n');
        str_addn(input, l->line, l->n);
    } while (input->len && shell_incomplete(sh, input->s));
    return true;
}

static bool run_lines(struct shell *sh, struct lines *l, const char *name)
{
    struct origin o = {.file = name, .outer = sh->origin};
    struct str input = STR_INIT;
    bool all = true, ok;
    o.shown = echoes(sh, &o);
    sh->origin = &o;
    while (!sh->quitting && !interrupted() && next_input(sh, l, &o, &input, &ok)) {
        o.shown = echoes(sh, &o);
        ok = ok && shell_line(sh, input.s, NULL);
        all = all && ok;
        if (!ok && !shell_keeps_going(sh))
            break;
    }
    sh->origin = o.outer;
    str_release(&input);
    free(l->line);
    return all;
}

static bool stream(struct shell *sh, FILE *f, const char *name)
{
    struct lines l = {.f = f};
    return run_lines(sh, &l, name);
}

bool shell_text(struct shell *sh, const char *text, size_t n, const char *name)
{
    struct lines l = {.text = text, .left = n};
    return run_lines(sh, &l, name);
}

static bool lua_file(struct shell *sh, const char *path, int argc, const char *const *argv,
                     struct err *e)
{
    if (!sh->script.file)
        return err_set(e, ERR_COMMAND, "this program was built without Lua");
    struct result out;
    double began = clock_seconds();
    result_init(&out);
    bool ok = sh->script.file(sh->script.ud, path, argc, argv, &out, e);
    if (ok)
        shell_result(sh, "source", &out, clock_seconds() - began);
    result_release(&out);
    return ok;
}

bool shell_file(struct shell *sh, const char *path, int argc, const char *const *argv,
                struct err *e)
{
    if (str_ends(path, ".lua"))
        return lua_file(sh, path, argc, argv, e);
    if (argc > 0)
        return err_set(e, ERR_COMMAND, "only Lua scripts take arguments, '%.200s' is none", path);
    size_t n;
    char *text = file_read(path, SCRIPT_MAX, &n, e);
    if (!text)
        return false;
    bool ok = shell_text(sh, text, n, path);
    free(text);
    if (!ok && e->kind == ERR_NONE) {
        err_set(e, (enum err_kind)(sh->status ? sh->status : ERR_COMMAND),
                "a command of '%.200s' failed", path);
        e->told = true;
    }
    return ok;
}

/* ---- the program ----------------------------------------------------------------------------- */

static bool open_model(struct shell *sh)
{
    struct err e = ERR_INIT;
    const char *path = sh->options->model;
    char *bundled = path ? NULL : model_bundled("fa-en");
    if (!path && !bundled) {
        shell_note(sh, "the bundled model (examples/models/fa-en) is not there; 'model load PATH' "
                       "opens another");
        return true;
    }
    bool ok = session_open(sh->session, path ? path : bundled, &e);
    free(bundled);
    if (!ok)
        shell_error(sh, "model load", NULL, &e);
    return ok;
}

/* Errors of the init file are told, but they end nothing. */
static void run_init(struct shell *sh)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    if (sh->options->no_init || ((!config || !*config) && (!home || !*home)))
        return;
    char *path = config && *config ? mem_printf("%s/rasad/init.rasad", config)
                                   : mem_printf("%s/.config/rasad/init.rasad", home);
    if (file_exists(path)) {
        struct err e = ERR_INIT;
        size_t n;
        char *text = file_read(path, SCRIPT_MAX, &n, &e);
        sh->in_init = true;
        if (text)
            shell_text(sh, text, n, path);
        else
            shell_error(sh, NULL, NULL, &e);
        free(text);
        sh->in_init = false;
        sh->status = 0;
    }
    free(path);
}

static bool run_action(struct shell *sh, const struct action *a)
{
    struct err e = ERR_INIT;
    switch (a->kind) {
    case ACTION_COMMAND:
        return shell_text(sh, a->text, strlen(a->text), NULL);
    case ACTION_STDIN:
        return stream(sh, stdin, "stdin");
    case ACTION_LUA:
        if (lua_file(sh, a->text, 0, NULL, &e))
            return true;
        shell_error(sh, "source", NULL, &e);
        return false;
    case ACTION_FILE:
        break;
    }
    int before = sh->status;
    sh->status = 0;
    bool ok = shell_file(sh, a->text, 0, NULL, &e);
    /* What failed inside the file has been told already. */
    if (!ok && !sh->status)
        shell_error(sh, "source", NULL, &e);
    if (before)
        sh->status = before;
    return ok;
}

static void finish_interrupted(struct shell *sh)
{
    if (sh->status == ERR_INTERRUPT)
        return;
    shell_say(sh, "interrupted");
    sh->status = ERR_INTERRUPT;
}

int shell_main(struct shell *sh)
{
    const struct options *o = sh->options;
    batch_signals();
    if (!open_model(sh))
        return shell_status(sh);
    run_init(sh);
    bool ok = true, terminal = isatty(STDIN_FILENO);
    for (size_t i = 0; i < o->nactions && !sh->quitting && !interrupted(); i++) {
        ok = run_action(sh, &o->actions[i]) && ok;
        if (!ok && !shell_keeps_going(sh))
            break;
    }
    bool stay = !o->nactions || o->interactive;
    if (stay && terminal && !sh->quitting)
        return shell_interactive(sh);
    if (stay && !terminal && !sh->quitting && !interrupted() && (ok || shell_keeps_going(sh)))
        stream(sh, stdin, "stdin");
    if (interrupted())
        finish_interrupted(sh);
    shell_flush(sh);
    return shell_status(sh);
}
