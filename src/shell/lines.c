/* Carrying out one input: its commands one after the other, each with its redirection. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "command/shown.h"
#include "shell/internal.h"

enum { DEEPEST = 32 }; /* scripts and defined commands within each other */

/* One command on its way. */
struct job {
    struct shell *sh;
    struct arena arena;
    const char *text; /* the whole input, for errors */
    struct line_part part;
    const char *line; /* the command alone */
    bool repeated;
    const struct command *ran;
    char name[80]; /* as results call it */
};

/* ---- psql's spellings ------------------------------------------------------------------------ */

/* "\i file" as "source file". NULL: no such spelling. */
static char *translate(struct shell *sh, struct arena *a, const char *text)
{
    static const char *const plain[][2] = {{"?", "help"},   {"q", "quit"}, {"i", "source"},
                                           {"o", "output"}, {"e", "edit"}, {"!", "!"}};
    size_t n = strcspn(text + 1, " \t;|");
    const char *rest = text + 1 + n;
    if (text[1] == '!') {
        n = 1;
        rest = text + 2;
    }
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (strlen(plain[i][0]) == n && memcmp(plain[i][0], text + 1, n) == 0)
            return arena_printf(a, "%s%s", plain[i][1], rest);
    const struct settings *t = &sh->session->settings;
    if (n == 1 && text[1] == 'x')
        return arena_printf(a, "set mode %s%s",
                            strcmp(t->text[SET_MODE], "box") == 0 ? "plain" : "box", rest);
    if (n == 6 && memcmp(text + 1, "timing", 6) == 0) {
        bool given = rest[strspn(rest, " \t")] && *rest != ';';
        return arena_printf(a, "set timing%s%s",
                            given                   ? ""
                            : t->number[SET_TIMING] ? " off"
                                                    : " on",
                            rest);
    }
    return NULL;
}

/* ---- one command ----------------------------------------------------------------------------- */

static bool run_system(struct job *j, const char *command, struct result *out, struct err *e)
{
    int status = 0;
    command += strspn(command, " \t");
    if (!*command)
        return err_set(e, ERR_COMMAND, "'!' needs a shell command after it");
    if (!shell_system(j->sh, command, NULL, 0, &status, e))
        return false;
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    data_add_int(&out->arena, out->data, "status", code);
    return code == 0 || err_set(e, ERR_COMMAND, "the shell command ended with status %d", code);
}

static bool run_expression(struct job *j, struct result *out, struct err *e)
{
    const struct shell_script *t = &j->sh->script;
    const char *expr = j->line + 1;
    if (!t->eval)
        return err_set(e, ERR_COMMAND, "this program was built without Lua");
    if (!expr[strspn(expr, " \t\n")])
        return err_set(e, ERR_COMMAND, "'=' needs a Lua expression after it");
    return t->eval(t->ud, expr, out, e);
}

static bool dispatch(struct job *j, struct result *out, struct err *e)
{
    if (j->line[0] == '!')
        return run_system(j, j->line + 1, out, e);
    if (j->line[0] == '=')
        return run_expression(j, out, e);
    return command_run(j->sh->session, j->line, j->repeated, out, &j->ran, e);
}

/* What the object of an unknown command calls it: the word that was typed. */
static void name_job(struct job *j)
{
    int used;
    struct err spare = ERR_INIT;
    const struct command *c = j->line[0] == '!' || j->line[0] == '='
                                  ? NULL
                                  : command_find(j->sh->session, j->line, &used, &spare);
    size_t n = j->line[0] == '!' || j->line[0] == '=' ? 1 : strcspn(j->line, " \t\n/");
    if (c)
        snprintf(j->name, sizeof j->name, "%s", c->name);
    else
        snprintf(j->name, sizeof j->name, "%.*s", n < 79 ? (int)n : 79, j->line);
}

/* ---- redirection ----------------------------------------------------------------------------- */

struct target {
    FILE *before; /* the sink around it */
    const char *path;
    struct file_writer file; /* '>' */
    int fd;                  /* '>>' */
    char *buffer;            /* '>>' and '|' */
    size_t n;
};

static bool open_file(struct target *t, enum redirect kind, struct err *e)
{
    if (kind == REDIRECT_WRITE)
        return file_create(&t->file, t->path, e);
    t->fd = open(t->path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    return t->fd >= 0 || err_set(e, ERR_COMMAND, "cannot write '%s': %s", t->path, strerror(errno));
}

static bool open_target(struct job *j, struct target *t, struct err *e)
{
    enum redirect kind = j->part.redirect;
    *t = (struct target){.before = j->sh->sink, .fd = -1};
    if (kind == REDIRECT_NONE)
        return true;
    if (kind != REDIRECT_PIPE) {
        t->path = line_target(&j->arena, j->text, &j->part, e);
        if (!t->path)
            return false;
        if (!open_file(t, kind, e))
            return err_at(e, (int)j->part.target, (int)(j->part.target_end - j->part.target));
    }
    FILE *f = kind == REDIRECT_WRITE ? t->file.f : open_memstream(&t->buffer, &t->n);
    if (f) {
        j->sh->sink = f;
        return true;
    }
    if (t->fd >= 0)
        close(t->fd);
    return err_memory(e, 0, "what the command prints");
}

/* Ends a redirection; `ok`: the command did what it should, so its output is delivered. */
static bool close_target(struct job *j, struct target *t, bool ok, struct err *e)
{
    FILE *f = j->sh->sink;
    if (j->part.redirect == REDIRECT_NONE)
        return ok; /* and what `output` has set stays */
    j->sh->sink = t->before;
    switch (j->part.redirect) {
    case REDIRECT_NONE:
        break;
    case REDIRECT_WRITE:
        if (ok)
            return file_commit(&t->file, e);
        file_abort(&t->file);
        return false;
    case REDIRECT_APPEND: {
        struct err spare = ERR_INIT;
        fclose(f);
        bool added = file_add(t->fd, t->path, t->buffer, t->n, ok ? e : &spare);
        err_clear(&spare);
        close(t->fd);
        free(t->buffer);
        return ok && added;
    }
    case REDIRECT_PIPE: {
        int status = 0;
        fclose(f);
        char *command =
            arena_strndup(&j->arena, j->text + j->part.target, j->part.target_end - j->part.target);
        /* What a script printed before it failed is delivered, too; its error is told in any
         * case. */
        struct err spare = ERR_INIT;
        if (ok || t->n > 0)
            ok = shell_system(j->sh, command, t->buffer, t->n, &status, ok ? e : &spare) && ok;
        free(t->buffer);
        /* A filter may say "nothing found" by its status; that it could not be run is an error. */
        if (ok && WIFEXITED(status) && WEXITSTATUS(status) >= 126)
            return err_set(e, ERR_COMMAND, "cannot run '%.200s'", command);
        return ok;
    }
    }
    return ok;
}

/* ---- inputs ---------------------------------------------------------------------------------- */

static bool run_job(struct job *j)
{
    struct shell *sh = j->sh;
    struct result out;
    struct err e = ERR_INIT;
    struct target t;
    double began = clock_seconds();
    result_init(&out);
    name_job(j);
    bool opened = open_target(j, &t, &e), ok = opened && dispatch(j, &out, &e);
    if (!ok && opened && e.column >= 0)
        e.column += (int)j->part.start;
    double seconds = clock_seconds() - began;
    if (ok) {
        shell_result(sh, j->name, &out, seconds);
        command_show(sh->session, j->ran, j->line, &out);
    }
    if (opened)
        ok = close_target(j, &t, ok, &e);
    if (!ok)
        shell_error(sh, j->name, j->text, &e);
    result_release(&out);
    return ok;
}

static bool cut_error(struct shell *sh, const char *text, const struct err *e)
{
    char word[80];
    size_t at = strspn(text, " \t"), n = strcspn(text + at, " \t\n/");
    snprintf(word, sizeof word, "%.*s", n < 79 ? (int)n : 79, text + at);
    shell_error(sh, word, text, e);
    return false;
}

/* The text of the command at `at` with psql's spellings and aliases replaced: *text and *at move to
 * the new text when there is one. */
static bool rewrite(struct shell *sh, struct arena *a, const char **text, size_t *at, struct err *e)
{
    const char *rest = *text + *at + strspn(*text + *at, " \t\r\n"), *now = rest;
    if (rest[0] == '\\') {
        now = translate(sh, a, rest);
        if (!now) {
            err_set(e, ERR_COMMAND, "unknown command '%.*s'", (int)strcspn(rest, " \t;"), rest);
            err_hint(e, "of psql's there are: \\? \\q \\i \\o \\e \\! \\x \\timing");
            return err_at(e, (int)(rest - *text), (int)strcspn(rest, " \t;"));
        }
    }
    if (!command_expand(sh->session, a, &now, e))
        return false;
    if (now != rest) {
        *text = now;
        *at = 0;
    }
    return true;
}

static bool next_job(struct job *j, struct arena *a, const char **text, size_t *at, struct err *e)
{
    if (!rewrite(j->sh, a, text, at, e) || !line_cut(j->sh->session, *text, *at, &j->part, e))
        return false;
    *at = j->part.next;
    j->text = *text;
    j->line = arena_strndup(a, *text + j->part.start, j->part.end - j->part.start);
    if (*j->line || j->part.redirect == REDIRECT_NONE)
        return true;
    err_set(e, ERR_COMMAND, "there is no command before the redirection");
    return err_at(e, (int)j->part.start, 1);
}

static bool run_line(struct shell *sh, const char *text, bool repeated, const struct command **last)
{
    struct arena arena = ARENA_INIT;
    bool all = true;
    for (size_t at = 0; text[at] && !sh->quitting;) {
        struct job j = {.sh = sh, .repeated = repeated};
        struct err e = ERR_INIT;
        if (!next_job(&j, &arena, &text, &at, &e)) {
            all = cut_error(sh, text, &e);
            break;
        }
        if (!*j.line || *j.line == '#')
            continue;
        bool ok = run_job(&j);
        if (last)
            *last = j.ran;
        arena_release(&j.arena);
        all = all && ok;
        if (!ok && (!shell_keeps_going(sh) || interrupted()))
            break;
    }
    arena_release(&arena);
    return all;
}

/* For documents and `history --session`: what the user asked for. As in the history, a line at the
 * prompt that begins with a blank is the user's own affair. */
static void remember(struct shell *sh, const char *text)
{
    const char *word = text + strspn(text, " \t\r\n");
    bool private = sh->interactive && word > text;
    if (*word != 0 && *word != '#' && !private && !sh->in_init)
        session_typed(sh->session, text);
}

bool shell_line(struct shell *sh, const char *text, const struct command **last)
{
    if (last)
        *last = NULL;
    if (sh->depth >= DEEPEST) {
        struct err e = ERR_INIT;
        err_set(&e, ERR_COMMAND, "scripts and defined commands call each other more than %d deep",
                DEEPEST);
        return cut_error(sh, text, &e);
    }
    if (sh->depth == 0) {
        tee_inputs(sh, text);
        remember(sh, text);
    }
    sh->depth++;
    bool ok = run_line(sh, text, false, last);
    sh->depth--;
    const char *word = text + strspn(text, " \t");
    if (sh->depth == 0 && *word != 0 && *word != '#' && strncmp(word, "lua!!", 5) != 0) {
        free(sh->last);
        sh->last = mem_strdup(text);
    }
    return ok;
}

bool shell_repeat(struct shell *sh, const char *text)
{
    return run_line(sh, text, true, NULL);
}

/* ---- is more to come? ------------------------------------------------------------------------ */

static const struct command *command_of(struct shell *sh, const char *line, int *used)
{
    struct err spare = ERR_INIT;
    return command_find(sh->session, line, used, &spare);
}

/* Blocks that the lines open and `end` closes. */
static bool block_open(struct shell *sh, const char *text)
{
    int depth = 0, used;
    struct arena a = ARENA_INIT;
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, "\n");
        char *line = arena_strndup(&a, p, n);
        line += strspn(line, " \t");
        size_t len = strlen(line);
        while (len && strchr(" \t\r", line[len - 1]))
            line[--len] = '\0';
        if (strcmp(line, "end") == 0) {
            depth--;
        } else if (*line && *line != '#') {
            const struct command *c = command_of(sh, line, &used);
            depth += c && (c->flags & CMD_BLOCK);
        }
        p += n + (p[n] == '\n');
    }
    arena_release(&a);
    return depth > 0;
}

bool shell_incomplete(struct shell *sh, const char *text)
{
    struct line_part p;
    struct err spare = ERR_INIT;
    const char *last = text;
    int used;
    for (size_t at = 0; text[at]; at = p.next) {
        if (!line_cut(sh->session, text, at, &p, &spare))
            return false;
        last = text + p.start;
    }
    if (*last == '=')
        return sh->script.incomplete && sh->script.incomplete(sh->script.ud, last + 1);
    if (!*last || *last == '#' || *last == '!' || *last == '\\')
        return false;
    const struct command *c = command_of(sh, last, &used);
    if (c && (c->flags & CMD_BLOCK))
        return block_open(sh, last);
    return c && strcmp(c->name, "lua") == 0 && sh->script.incomplete && last[used] &&
           sh->script.incomplete(sh->script.ud, last + used);
}
