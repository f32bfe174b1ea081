/* A file of sentences: where its lines begin, and which one is the present. */
#include "session/corpus.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

enum { LIMIT = 1 << 30 };

struct corpus {
    char *path, *text;
    size_t *start; /* of each line, and one past the last line's end */
    size_t n, cap;
    int64_t current;
};

bool corpus_open(const char *path, struct corpus **out, struct err *e)
{
    size_t size;
    if (file_is_dir(path))
        return err_set(e, ERR_FILE, "%s is a folder; a text file is wanted", path);
    char *text = file_read(path, LIMIT, &size, e);
    if (text == NULL)
        return false;
    struct corpus *c = mem_alloc(sizeof *c);
    c->path = mem_strdup(path);
    c->text = text;
    for (size_t at = 0; at < size;) {
        ARRAY_PUSH(c->start, c->n, c->cap) = at;
        const char *end = memchr(text + at, '\n', size - at);
        at = end != NULL ? (size_t)(end - text) + 1 : size + 1;
    }
    bool open = size > 0 && text[size - 1] != '\n'; /* the last line has no end of its own */
    ARRAY_PUSH(c->start, c->n, c->cap) = size + open;
    c->n--;
    *out = c;
    return true;
}

void corpus_free(struct corpus *c)
{
    if (c == NULL)
        return;
    free(c->path);
    free(c->text);
    free(c->start);
    free(c);
}

const char *corpus_path(const struct corpus *c)
{
    return c->path;
}

int64_t corpus_count(const struct corpus *c)
{
    return (int64_t)c->n;
}

int64_t corpus_current(const struct corpus *c)
{
    return c->current;
}

bool corpus_line(struct corpus *c, int64_t number, const char **text, size_t *n, struct err *e)
{
    if (c->n == 0)
        return err_set(e, ERR_COMMAND, "%s has no lines", c->path);
    if (number < 1 || number > (int64_t)c->n)
        return err_set(e, ERR_COMMAND, "line %lld: %s has lines 1-%zu", (long long)number, c->path,
                       c->n);
    size_t from = c->start[number - 1], to = c->start[number] - 1;
    if (to > from && c->text[to - 1] == '\r')
        to--;
    *text = c->text + from;
    *n = to - from;
    c->current = number;
    return true;
}
