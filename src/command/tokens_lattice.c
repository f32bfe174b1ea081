/* The competing segmentations of a text, and why the winner won. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tokens.h"

static void edges_view(struct result *out, const struct lattice *x)
{
    struct arena *a = &out->arena;
    struct table *t = out_table(out, "bytes> score> best_through> | id> piece*");
    struct data *list = data_add_list(a, out->data, "edges");
    for (size_t i = 0; i < x->n; i++) {
        const struct lattice_edge *g = &x->edges[i];
        struct data *d = data_add_map(a, list, NULL);
        data_add_int(a, d, "start", g->start);
        data_add_int(a, d, "end", g->end);
        data_add_int(a, d, "id", g->id);
        data_add_str(a, d, "piece", g->piece);
        data_add_num(a, d, "score", g->score);
        data_add_num(a, d, "best_through", g->best_through);
        data_add_bool(a, d, "chosen", g->chosen);
        data_add_bool(a, d, "tie", g->tie);
        data_add_bool(a, d, "unknown", g->unknown);
        struct cell *c = table_row(out, t);
        enum tone tone = g->chosen ? TONE_STRONG : TONE_PLAIN;
        c[0] = cell_str(out, arena_printf(a, "%lld-%lld", (long long)g->from, (long long)g->to));
        c[1] = cell_num(g->score, "%.4f");
        c[2] = cell_num(g->best_through, "%.4f");
        c[3] = cell_str(out, g->chosen && g->unknown ? "chosen, unknown"
                             : g->chosen             ? "chosen"
                             : g->tie                ? "tie"
                             : g->unknown            ? "unknown"
                                                     : "");
        c[4] = cell_int(g->id);
        c[5] = cell_str(out, g->piece);
        c[3].tone = c[5].tone = tone;
    }
}

/* Words of `from` that are not in `other` (each word of it used up once), joined by spaces. */
static void only_in(struct str *out, const char *from, const char *other)
{
    char *left = mem_strdup(other);
    for (const char *p = from; *p != 0;) {
        size_t n = strcspn(p, " ");
        char *found = NULL;
        for (char *q = left; *q != 0 && found == NULL; q += strcspn(q, " "), q += *q == ' ')
            if (strcspn(q, " ") == n && memcmp(q, p, n) == 0)
                found = q;
        if (found != NULL)
            memset(found, '\x01', n); /* never in a piece's place again */
        else {
            str_add(out, out->len > 0 ? " " : "");
            str_addn(out, p, n);
        }
        p += n;
        p += *p == ' ';
    }
    free(left);
}

static void why_line(struct result *out, const struct lattice *x)
{
    if (x->npaths < 2) {
        out_line(out, TONE_PLAIN, "no other segmentation is possible with this vocabulary");
        return;
    }
    const struct lattice_path *won = &x->paths[0], *lost = &x->paths[1];
    struct str mine = STR_INIT, theirs = STR_INIT;
    only_in(&mine, won->pieces, lost->pieces);
    only_in(&theirs, lost->pieces, won->pieces);
    double ahead = won->score - lost->score;
    data_add_num(&out->arena, out->data, "margin", ahead);
    out_begin(out);
    if (fabs(ahead) < 1e-6)
        out_span(out, TONE_PLAIN,
                 "a tie: both total %.4f; the search keeps the one it met first. They differ in:",
                 won->score);
    else
        out_span(out, TONE_PLAIN,
                 "it wins by %.4f in log-probability: %.4g times as likely as the next. They "
                 "differ in:",
                 ahead, exp(ahead));
    out_begin(out);
    out_span(out, TONE_DIM, "  winner: ");
    out_span(out, TONE_STRONG, "%s", mine.s);
    out_begin(out);
    out_span(out, TONE_DIM, "  next:   ");
    out_span(out, TONE_PLAIN, "%s", theirs.s);
    str_release(&mine);
    str_release(&theirs);
}

bool tokens_lattice(const struct tokenizer *t, const char *text, size_t n, int best,
                    struct result *out, struct err *e)
{
    struct lattice x;
    struct arena *a = &out->arena;
    /* the runner-up explains the winner even when one is asked for */
    if (!tokenizer_lattice(t, text, n, best < 2 ? 2 : best, &x, e))
        return false;
    data_add_strn(a, out->data, "text", text, n);
    data_add_strn(a, out->data, "normalized", x.normalized, x.normalized_len);
    data_add_num(a, out->data, "best", x.best);
    edges_view(out, &x);
    struct table *table = out_table(out, "#> total> segmentation*");
    struct data *list = data_add_list(a, out->data, "paths");
    for (size_t i = 0; i < x.npaths && i < (size_t)best; i++) {
        struct data *d = data_add_map(a, list, NULL);
        data_add_str(a, d, "pieces", x.paths[i].pieces);
        data_add_num(a, d, "score", x.paths[i].score);
        struct cell *c = table_row(out, table);
        c[0] = cell_int((int64_t)i + 1);
        c[1] = cell_num(x.paths[i].score, "%.4f");
        c[2] = cell_str(out, x.paths[i].pieces);
    }
    why_line(out, &x);
    lattice_release(&x);
    return true;
}
