/* The prompt: reads inputs, carries them out, remembers them. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "editor.h"
#include "internal.h"
#include "pager.h"
#include "prompt.h"
#include "script/script.h"
#include "signals.h"

struct prompt *prompt_of(struct session *s, const char *command, struct err *e)
{
    struct shell *sh = s->shell;
    if (sh && sh->prompt)
        return sh->prompt;
    err_set(e, ERR_COMMAND, "%s works at the prompt only", command);
    return NULL;
}

static bool lua_mode(const struct shell *sh)
{
    return sh->session->script && script_mode(sh->session->script);
}

/* ---- the prompt's text ----------------------------------------------------------------------- */

/* "(rasad*) " while something changes the computation, "(rasad read-only) " in a document. */
static void add_marked(struct str *out, const char *text, const char *mark)
{
    size_t n = strlen(text), at = n;
    while (at > 0 && strchr(" )>]:$#", text[at - 1]))
        at--;
    str_add_visible(out, text, at);
    str_add(out, mark);
    str_add_visible(out, text + at, n - at);
}

static void prompt_text(const struct shell *sh, struct str *out)
{
    const struct prompt *p = sh->prompt;
    str_clear(out);
    if (p->input.len > 0)
        str_add(out, ">> ");
    else if (lua_mode(sh))
        str_add(out, "lua> ");
    else
        add_marked(out, sh->session->settings.text[SET_PROMPT],
                   sh->session->document != NULL     ? " read-only"
                   : sh->session->ninterventions > 0 ? "*"
                                                     : "");
}

/* ---- lines ----------------------------------------------------------------------------------- */

static void forget_repeat(struct prompt *p)
{
    free(p->repeat);
    free(p->repeat_shown);
    p->repeat = p->repeat_shown = NULL;
}

/* What a repetition shows: the full name of the command and what was typed after it. */
static char *shown_name(const struct command *c, const char *text)
{
    const char *rest = text + strspn(text, " \t");
    rest += strcspn(rest, " \t/");
    return mem_printf("[%s%s]", c->name, rest);
}

static void carry_out(struct shell *sh, const char *text)
{
    struct prompt *p = sh->prompt;
    const struct command *last = NULL;
    struct str wrapped = STR_INIT;
    if (lua_mode(sh))
        str_add(&wrapped, "=");
    str_add(&wrapped, text);
    bool ok = shell_line(sh, wrapped.s, &last);
    str_release(&wrapped);
    forget_repeat(p);
    if (ok && last && (last->flags & CMD_REPEATS) && !strchr(text, '\n')) {
        p->repeat = mem_strdup(text);
        p->repeat_shown = shown_name(last, text);
    }
    if (!ok)
        str_clear(&p->queue);
    signals_take(); /* Ctrl-C that came meanwhile has been answered */
}

/* Enter on an empty line: the last command again; within a lesson, when there is nothing to repeat,
 * how the lesson goes on. */
static void repeat(struct shell *sh)
{
    struct prompt *p = sh->prompt;
    if (!p->repeat && sh->session->lesson) {
        p->repeat = mem_strdup("teach");
        p->repeat_shown = mem_strdup("[teach]");
    }
    if (!p->repeat || !sh->session->settings.number[SET_REPEAT])
        return;
    struct style s = shell_style(sh, stdout);
    if (s.color != COLOR_NONE)
        printf("\033[2m%s\033[0m\n", p->repeat_shown);
    else
        printf("%s\n", p->repeat_shown);
    tee_input(sh, TEE_LOG, p->repeat_shown);
    tee_input(sh, TEE_RECORD, "");
    session_typed(sh->session, p->repeat);
    if (!shell_repeat(sh, p->repeat))
        forget_repeat(p);
    signals_take();
}

static bool is_blank(const char *text)
{
    return !text[strspn(text, " \t\r\n")];
}

/* More lines are wanted before this can be carried out. */
static bool incomplete(struct shell *sh, const char *text)
{
    if (!lua_mode(sh))
        return shell_incomplete(sh, text);
    return sh->script.incomplete && sh->script.incomplete(sh->script.ud, text);
}

/* One line; `typed`: by hand, not pasted or edited, so that an empty one repeats. */
static void take_line(struct shell *sh, const char *line, bool typed)
{
    struct prompt *p = sh->prompt;
    if (p->input.len == 0 && is_blank(line)) {
        if (typed && !lua_mode(sh))
            repeat(sh);
        return;
    }
    if (p->input.len == 0 && lua_mode(sh) && strcmp(line, ".") == 0) {
        script_set_mode(sh->session->script, false);
        return;
    }
    if (p->input.len > 0)
        str_addc(&p->input, '\n');
    str_add(&p->input, line);
    if (incomplete(sh, p->input.s))
        return;
    char *text = str_detach(&p->input);
    if (history_add(&p->history, text))
        editor_remember(text);
    carry_out(sh, text);
    free(text);
}

/* ---- reading --------------------------------------------------------------------------------- */

/* The next line of the queue, echoed; NULL: it is empty. The caller frees. */
static char *queued(struct shell *sh)
{
    struct prompt *p = sh->prompt;
    if (p->queue.len == 0)
        return NULL;
    size_t n = strcspn(p->queue.s, "\n");
    char *line = mem_strndup(p->queue.s, n);
    size_t next = n + (p->queue.s[n] == '\n');
    memmove(p->queue.s, p->queue.s + next, p->queue.len - next + 1);
    str_truncate(&p->queue, p->queue.len - next);
    struct str prompt = STR_INIT;
    struct style s = shell_style(sh, stdout);
    prompt_text(sh, &prompt);
    term_text(&prompt, line, n, &s);
    if (!is_blank(line) || p->input.len > 0)
        puts(prompt.s);
    str_release(&prompt);
    return line;
}

/* Ctrl-C while a line is typed: it and the block it belongs to are dropped. */
static void interrupted_line(struct shell *sh, bool empty)
{
    struct prompt *p = sh->prompt;
    if (empty && p->input.len == 0 && !p->told_leaving) {
        shell_say(sh, "(q or Ctrl-D leaves)");
        p->told_leaving = true;
    }
    str_release(&p->input);
    p->input = (struct str)STR_INIT;
    forget_repeat(p);
}

/* Ctrl-D leaves one level: the block, Lua, the program. */
static void end_of_input(struct shell *sh)
{
    struct prompt *p = sh->prompt;
    if (p->input.len > 0) {
        str_release(&p->input);
        p->input = (struct str)STR_INIT;
    } else if (lua_mode(sh)) {
        script_set_mode(sh->session->script, false);
    } else {
        shell_line(sh, "quit", NULL);
    }
}

static void read_input(struct shell *sh)
{
    struct prompt *p = sh->prompt;
    char *line = queued(sh);
    bool empty = false;
    if (line) {
        take_line(sh, line, false);
        free(line);
        return;
    }
    struct str prompt = STR_INIT;
    prompt_text(sh, &prompt);
    enum typed t =
        p->editing ? editor_read(prompt.s, &line, &empty) : plain_read(prompt.s, &line, &empty);
    str_release(&prompt);
    if (t == TYPED_INTERRUPT) {
        interrupted_line(sh, empty);
    } else if (t == TYPED_END) {
        end_of_input(sh);
    } else {
        char *nl = strchr(line, '\n');
        if (nl) { /* pasted: one after the other, the first as if it had been typed */
            *nl = '\0';
            str_add(&p->queue, nl + 1);
        }
        take_line(sh, line, !nl);
    }
    free(line);
}

/* ---- life ------------------------------------------------------------------------------------ */

static bool confirm(struct shell *sh, const char *question)
{
    char *answer = NULL;
    bool empty;
    (void)sh;
    enum typed t = plain_read(question, &answer, &empty);
    bool yes = t == TYPED_END || (t == TYPED_LINE && (answer[0] == 'y' || answer[0] == 'Y'));
    free(answer);
    return yes;
}

static void begin(struct shell *sh, struct prompt *p)
{
    sh->prompt = p;
    sh->interactive = true;
    sh->page = pager_show;
    sh->confirm = confirm;
    signals_start();
    history_open(&p->history, (size_t)sh->session->settings.number[SET_HISTORY]);
    p->editing = editor_possible();
    if (p->editing) {
        editor_start(sh);
        for (size_t i = 0; i < p->history.n; i++)
            editor_remember(p->history.entries[i]);
    }
    if (sh->options->nactions == 0) /* after a script its own words stand there */
        banner_show(sh);
}

static void finish(struct shell *sh, struct prompt *p)
{
    if (p->editing)
        editor_stop();
    history_close(&p->history);
    signals_stop();
    str_release(&p->queue);
    str_release(&p->input);
    forget_repeat(p);
    sh->prompt = NULL;
    sh->page = NULL;
    sh->confirm = NULL;
    sh->interactive = false;
}

int shell_interactive(struct shell *sh)
{
    struct prompt p = {.queue = STR_INIT, .input = STR_INIT};
    begin(sh, &p);
    while (!sh->quitting) {
        sh->status = 0; /* at the prompt an error is answered by the next line */
        read_input(sh);
    }
    finish(sh, &p);
    sh->status = 0;
    return shell_status(sh);
}
