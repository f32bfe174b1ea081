/* Further places where commands and what they print go: the log and the record. */
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
            fputc('\\', t->file.f);
        fwrite(text + i, 1, len, t->file.f);
        t->inside = nl == NULL;
        i += len;
    }
}

void tee_close(struct shell *sh, enum tee_kind kind)
{
    struct file_writer *w = &sh->tees[kind].file;
    struct err told = ERR_INIT; /* when it was written */
    if (w->path != NULL && !file_commit(w, &told))
        err_clear(&told);
    else if (w->f != NULL)
        fclose(w->f);
    sh->tees[kind] = (struct tee){0};
}

/* A file that takes no more is closed, and that is an error. */
static void check(struct shell *sh, enum tee_kind kind)
{
    struct tee *t = &sh->tees[kind];
    struct err e = ERR_INIT;
    if (t->file.f == NULL || file_deliver(&t->file, &e))
        return;
    shell_file_lost(sh, t->command, &e);
    *t = (struct tee){0};
}

/* On a line of its own, after what a script may have left without a newline. */
static void begin_line(struct tee *t)
{
    if (t->inside)
        fputc('\n', t->file.f);
    t->inside = false;
}

void tee_input(struct shell *sh, enum tee_kind kind, const char *text)
{
    struct tee *t = &sh->tees[kind];
    if (t->file.f == NULL)
        return;
    begin_line(t);
    for (const char *p = text, *nl;; p = nl + 1) {
        nl = strchr(p, '\n');
        fprintf(t->file.f, "> %.*s\n", nl != NULL ? (int)(nl - p) : (int)strlen(p), p);
        if (nl == NULL)
            break;
    }
    check(sh, kind);
}

void tee_inputs(struct shell *sh, const char *text)
{
    for (int i = 0; i < TEE_COUNT; i++)
        tee_input(sh, (enum tee_kind)i, text);
    sh->recorded += sh->tees[TEE_RECORD].file.f != NULL;
}

void tee_text(struct shell *sh, const char *text, size_t n)
{
    for (int i = 0; i < TEE_COUNT; i++)
        if (sh->tees[i].file.f != NULL)
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
        if (t->file.f == NULL)
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
