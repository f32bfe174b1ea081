/* Further places where commands and what they print go: the log and the record. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "shell/internal.h"

static void put(struct tee *t, const char *text, size_t n)
{
    for (size_t i = 0; i < n;) {
        const char *nl = memchr(text + i, '\n', n - i);
        size_t len = nl != NULL ? (size_t)(nl - text) + 1 - i : n - i;
        if (t->escaped && !t->inside && (text[i] == '>' || text[i] == '\\'))
            fputc('\\', t->f);
        fwrite(text + i, 1, len, t->f);
        t->inside = nl == NULL;
        i += len;
    }
}

void tee_close(struct shell *sh, enum tee_kind kind)
{
    if (sh->tees[kind].f != NULL)
        fclose(sh->tees[kind].f);
    sh->tees[kind] = (struct tee){0};
}

/* A file that takes no more is closed, and that is an error. */
static void check(struct shell *sh, enum tee_kind kind)
{
    struct tee *t = &sh->tees[kind];
    if (t->f == NULL || (fflush(t->f) == 0 && !ferror(t->f)))
        return;
    progress_erase(sh);
    fprintf(stderr, "error: the file of '%s' cannot be written and is closed: %s\n", t->command,
            strerror(errno));
    tee_close(sh, kind);
    if (!sh->status)
        sh->status = ERR_COMMAND;
    sh->quitting = sh->quitting || !(sh->interactive || shell_keeps_going(sh));
}

/* On a line of its own, after what a script may have left without a newline. */
static void begin_line(struct tee *t)
{
    if (t->inside)
        fputc('\n', t->f);
    t->inside = false;
}

void tee_input(struct shell *sh, enum tee_kind kind, const char *text)
{
    struct tee *t = &sh->tees[kind];
    if (t->f == NULL)
        return;
    begin_line(t);
    for (const char *p = text, *nl;; p = nl + 1) {
        nl = strchr(p, '\n');
        fprintf(t->f, "> %.*s\n", nl != NULL ? (int)(nl - p) : (int)strlen(p), p);
        if (nl == NULL)
            break;
    }
    check(sh, kind);
}

void tee_inputs(struct shell *sh, const char *text)
{
    for (int i = 0; i < TEE_COUNT; i++)
        tee_input(sh, (enum tee_kind)i, text);
    sh->recorded += sh->tees[TEE_RECORD].f != NULL;
}

void tee_text(struct shell *sh, const char *text, size_t n)
{
    for (int i = 0; i < TEE_COUNT; i++)
        if (sh->tees[i].f != NULL)
            put(&sh->tees[i], text, n);
}

void tee_line(struct shell *sh, const char *before, const char *text)
{
    char *line = mem_printf("%s%s\n", before, text);
    tee_text(sh, line, strlen(line));
    free(line);
}

void tee_result(struct shell *sh, const struct result *r)
{
    for (int i = 0; i < TEE_COUNT; i++) {
        struct tee *t = &sh->tees[i];
        if (t->f == NULL)
            continue;
        struct str text = STR_INIT;
        struct style s;
        style_init(&s);
        s.width = t->width;
        term_result(&text, r, &s);
        begin_line(t);
        put(t, text.s, text.len);
        str_release(&text);
        check(sh, (enum tee_kind)i);
    }
}
