/* How WordPiece cut each word of a text: what was looked up, the longest first, and what came of
 * it. */
#include <string.h>

#include "tokens.h"

enum { ROWS_OF_MISSES = 4 }; /* in a row; more are told in one */

static const char *const endings[] = {"cut", "unknown", "too long", "added token"};
static const char *const kinds[] = {"no such piece", "taken: the longest", "shorter"};
static const char *const kind_keys[] = {"miss", "taken", "shorter"};

static void word_data(struct result *out, struct data *list, const struct cut_word *w)
{
    struct arena *a = &out->arena;
    struct data *d = data_add_map(a, list, NULL);
    data_add_str(a, d, "word", w->text);
    data_add_int(a, d, "start", w->start);
    data_add_int(a, d, "end", w->end);
    data_add_int(a, d, "characters", (int64_t)w->chars);
    data_add_str(a, d, "how", endings[w->how]);
    data_add_int(a, d, "looked_up", (int64_t)w->looked_up);
    struct data *attempts = data_add_list(a, d, "attempts");
    for (size_t i = 0; i < w->n; i++) {
        const struct attempt *t = &w->attempts[i];
        struct data *to = data_add_map(a, attempts, NULL);
        data_add_int(a, to, "start", t->start);
        data_add_int(a, to, "end", t->end);
        data_add_str(a, to, "piece", t->piece);
        if (t->id < 0)
            data_add_null(a, to, "id");
        else
            data_add_int(a, to, "id", t->id);
        data_add_str(a, to, "result", kind_keys[t->kind]);
    }
}

static struct cell *row_of(struct result *out, struct table *t, size_t word, const char *bytes,
                           const char *result, const char *piece)
{
    struct cell *c = table_row(out, t);
    c[0] = cell_int((int64_t)word);
    c[1] = cell_str(out, bytes);
    c[2] = cell_str(out, result);
    c[4] = cell_str(out, piece);
    return c;
}

static const char *bytes_of(struct result *out, int64_t start, int64_t end)
{
    return arena_printf(&out->arena, "%lld-%lld", (long long)start, (long long)end);
}

/* Misses from i on at one place. */
static size_t misses(const struct cut_word *w, size_t i)
{
    size_t n = 0;
    while (i + n < w->n && w->attempts[i + n].kind == ATTEMPT_MISS &&
           w->attempts[i + n].from == w->attempts[i].from)
        n++;
    return n;
}

static void word_rows(struct result *out, struct table *t, size_t number, const struct cut_word *w)
{
    for (size_t i = 0; i < w->n; i++) {
        const struct attempt *x = &w->attempts[i];
        size_t run = misses(w, i);
        if (run > ROWS_OF_MISSES + 1) {
            /* the first ones show the pattern */
            for (size_t k = 0; k < ROWS_OF_MISSES; k++, x++)
                row_of(out, t, number, bytes_of(out, x->start, x->end), kinds[x->kind], x->piece);
            i += run - 1;
            row_of(out, t, number, "",
                   arena_printf(&out->arena, "and %zu shorter: none", run - ROWS_OF_MISSES), "");
            continue;
        }
        struct cell *c =
            row_of(out, t, number, bytes_of(out, x->start, x->end), kinds[x->kind], x->piece);
        if (x->id >= 0)
            c[3] = cell_int(x->id);
        if (x->kind == ATTEMPT_TAKEN)
            c[2].tone = c[4].tone = TONE_STRONG;
        else
            c[2].tone = TONE_DIM;
    }
    if (w->how == WORD_CUT)
        return;
    const char *why = w->how == WORD_ADDED      ? "an added token: found whole"
                      : w->how == WORD_TOO_LONG ? "[UNK]: too long"
                                                : "[UNK]: no match";
    struct cell *c = row_of(out, t, number, bytes_of(out, w->start, w->end), why, w->text);
    c[2].tone = w->how == WORD_ADDED ? TONE_STRONG : TONE_BAD;
}

static void summary(struct result *out, const struct trace *x)
{
    size_t count[4] = {0}, looked = 0;
    for (size_t i = 0; i < x->n; i++) {
        count[x->words[i].how]++;
        looked += x->words[i].looked_up;
    }
    struct arena *a = &out->arena;
    data_add_int(a, out->data, "looked_up", (int64_t)looked);
    data_add_int(a, out->data, "unknown", (int64_t)(count[WORD_MISS] + count[WORD_TOO_LONG]));
    out_line(out, TONE_PLAIN,
             "%zu word%s, %zu look-ups: at each place the longest beginning that is a piece is "
             "taken",
             x->n, x->n == 1 ? "" : "s", looked);
    if (count[WORD_MISS])
        out_line(out, TONE_PLAIN,
                 "%zu unknown: at one place nothing matched, so the whole word is [UNK], the "
                 "pieces before it too",
                 count[WORD_MISS]);
    if (count[WORD_TOO_LONG])
        out_line(out, TONE_PLAIN, "%zu longer than %zu characters: [UNK] without a look-up",
                 count[WORD_TOO_LONG], x->longest);
}

bool tokens_trace(const struct tokenizer *t, const char *text, size_t n, struct result *out,
                  struct err *e)
{
    struct trace x;
    struct arena *a = &out->arena;
    if (!tokenizer_trace(t, text, n, &x, e))
        return false;
    data_add_strn(a, out->data, "text", text, n);
    data_add_strn(a, out->data, "normalized", x.normalized, x.normalized_len);
    struct table *table = out_table(out, "word> bytes> result id> piece*");
    struct data *list = data_add_list(a, out->data, "words");
    for (size_t i = 0; i < x.n; i++) {
        word_data(out, list, &x.words[i]);
        word_rows(out, table, i, &x.words[i]);
    }
    summary(out, &x);
    trace_release(&x);
    return true;
}
