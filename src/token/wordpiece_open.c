/* Opening WordPiece: vocab.txt (one piece a line, the id is the line) or tokenizer.json, and the
 * small files beside them. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "wordpiece.h"

/* Numbers as floating point: model_max_length may be 10^30. */
enum { FLAGS = JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL };
enum { SMALL_LIMIT = 16 << 20, FILE_LIMIT = 256 << 20, MOST_BYTES = 1 << 24 };

struct wordpiece *wordpiece_new(void)
{
    struct wordpiece *w = mem_alloc(sizeof *w);
    w->refs = 1;
    w->unk = w->mask = -1;
    return w;
}

void wordpiece_unref(struct wordpiece *w)
{
    if (!w || --w->refs > 0)
        return;
    vocab_unref(w->vocab);
    added_release(&w->added);
    trie_release(&w->trie);
    free(w->prefix);
    free(w->decoded_prefix);
    free(w->single.v);
    free(w->pair.v);
    free(w->flags);
    arena_release(&w->arena);
    free(w);
}

bool wordpiece_finish(struct wordpiece *w, const char *name, struct err *e)
{
    size_t bytes = 0; /* a trie has at most one node for each */
    w->flags = mem_alloc((size_t)w->vocab->size);
    for (int32_t id = 0; id < w->vocab->size; id++)
        bytes += w->vocab->by[id].n;
    for (size_t i = 0; i < w->added.n; i++) {
        bytes += w->added.v[i].text.n;
        w->flags[w->added.v[i].id] =
            (unsigned char)((w->added.v[i].special ? ADDED_SPECIAL : 0) |
                            (w->added.v[i].normalized ? ADDED_NORMALIZED : 0));
    }
    if (bytes >= MOST_BYTES)
        return err_set(e, ERR_FILE, "'%s': the pieces are too long: %zu bytes in all, at most %d",
                       name, bytes, MOST_BYTES - 1);
    added_index(&w->added, &w->rules);
    return true;
}

/* ---- vocab.txt ---- */

/* White space at the end of a line is no part of the piece. */
static size_t trimmed(const char *s, size_t n)
{
    size_t end = 0;
    for (size_t at = 0; at < n;) {
        int32_t cp;
        at += (size_t)utf8_decode(s + at, n - at, &cp);
        if (cp < 0 || !(char_class(cp) & CHAR_SPACE))
            end = at;
    }
    return end;
}

static bool add_line(struct vocab *v, const char *name, char **free_text, const char *s, size_t n,
                     size_t line, struct err *e)
{
    size_t bad = utf8_valid(s, n);
    if (bad < n)
        return err_set(e, ERR_FILE, "'%s', line %zu: bytes that are not UTF-8 (column %zu)", name,
                       line, bad + 1);
    if (line > MOST_IDS)
        return err_set(e, ERR_FILE, "'%s' has more than %d lines, one for each piece", name,
                       MOST_IDS);
    n = trimmed(s, n);
    if (n == 0)
        return true; /* an empty line: an id without a piece */
    struct spelling key = {memcpy(*free_text, s, n), n};
    (*free_text)[n] = '\0';
    *free_text += n + 1;
    int32_t have = names_find(&v->ids, key.s, n);
    if (have >= 0)
        return err_set(e, ERR_FILE, "'%s', line %zu: the piece '%s' is on line %d already", name,
                       line, key.s, (int)have + 1);
    return vocab_add(v, name, key, (int32_t)line - 1, e);
}

static struct vocab *read_lines(const char *name, const char *s, size_t n, struct err *e)
{
    struct vocab *v = vocab_new(n + 1, n / 8);
    char *free_text = v->text;
    size_t line = 0;
    bool fine = true;
    for (size_t at = 0; fine && at < n;) {
        const char *end = memchr(s + at, '\n', n - at);
        size_t len = end ? (size_t)(end - s) - at : n - at;
        fine = add_line(v, name, &free_text, s + at, len, ++line, e);
        at += len + 1;
    }
    if (fine && v->size == 0)
        fine = err_set(e, ERR_FILE, "'%s' has no pieces: one a line is expected", name);
    if (fine)
        return v;
    vocab_unref(v);
    return NULL;
}

struct wordpiece *wordpiece_parse_lines(const char *name, const char *s, size_t n,
                                        const json_t *config, struct err *e)
{
    struct wordpiece *w = wordpiece_new();
    w->vocab = read_lines(name, s, n, e);
    w->prefix = mem_strdup("##");
    w->decoded_prefix = mem_strdup("##");
    w->longest = 100;
    w->decoder = w->tidy = true;
    if (w->vocab && (wordpiece_configure(w, config, e) || err_wrap(e, "'%s'", name)) &&
        wordpiece_finish(w, name, e))
        return w;
    wordpiece_unref(w);
    return NULL;
}

/* ---- folders ---- */

/* Merges the object of a file, if it is there, into *to; what is in *to already stays. */
static bool read_small(const char *dir, const char *name, const char *as, json_t *to, struct err *e)
{
    char *path = path_join(dir, name);
    bool fine = true;
    if (file_exists(path)) {
        size_t n;
        json_error_t why;
        char *text = file_read(path, SMALL_LIMIT, &n, e);
        json_t *root = text ? json_loadb(text, n, FLAGS, &why) : NULL;
        fine = json_is_object(root);
        if (fine && as)
            json_object_set(to, as, root);
        else if (fine)
            json_object_update_missing(to, root);
        else if (text)
            err_set(e, ERR_FILE, "'%s', line %d: %s", path, root ? 1 : why.line,
                    root ? "an object is expected" : why.text);
        json_decref(root);
        free(text);
    }
    free(path);
    return fine;
}

/* NULL with success: none of the files is there. */
static bool read_config(const char *dir, json_t **out, struct err *e)
{
    json_t *all = json_object();
    bool fine = read_small(dir, "tokenizer_config.json", NULL, all, e) &&
                read_small(dir, "special_tokens_map.json", NULL, all, e) &&
                read_small(dir, "added_tokens.json", "added_tokens.json", all, e);
    if (!fine || json_object_size(all) == 0) {
        json_decref(all);
        all = NULL;
    }
    *out = all;
    return fine;
}

struct wordpiece *wordpiece_open(const char *dir, const char *path, struct err *e)
{
    json_t *config;
    size_t n;
    struct wordpiece *w = NULL;
    if (!read_config(dir, &config, e))
        return NULL;
    char *text = file_read(path, FILE_LIMIT, &n, e);
    if (text && str_ends(path, ".json"))
        w = wordpiece_parse_json(path, text, n, config, e);
    else if (text)
        w = wordpiece_parse_lines(path, text, n, config, e);
    free(text);
    json_decref(config);
    return w;
}
