/* row, col: one query or one key of a map, as a list of bars. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "maps.h"

static const struct arg row_args[] = {
    {.name = "token", .kind = ARG_TOKEN, .help = "index or piece of the query"},
    {.name = "site",
     .kind = ARG_SITE,
     .help = "the map; several heads: their mean",
     .optional = true,
     .many = true},
    {0},
};
static const struct arg col_args[] = {
    {.name = "token", .kind = ARG_TOKEN, .help = "index or piece of the key"},
    {.name = "site",
     .kind = ARG_SITE,
     .help = "the map; several heads: their mean",
     .optional = true,
     .many = true},
    {0},
};

static const char *sentence(const struct attn_axis *x)
{
    return x->side == TOKEN_SOURCE ? "source" : "target";
}

/* Keys after the query are left out of a causal row: there is nothing to see. */
static int64_t visible(const struct attn *m, bool row, int64_t at)
{
    int64_t n = row ? m->cols.n : m->rows.n;
    return row && m->causal && at + 1 < n ? at + 1 : n;
}

static void draw(struct result *out, const struct attn *m, bool row, int64_t at)
{
    struct arena *a = &out->arena;
    const struct attn_axis *own = row ? &m->rows : &m->cols, *other = row ? &m->cols : &m->rows;
    int64_t n = visible(m, row, at);
    out_begin(out);
    out_span(out, TONE_SITE, "%s", m->title);
    out_begin(out);
    out_span(out, TONE_PLAIN,
             row ? "  what %s %lld looks at in the %s: " : "  who looks at %s %lld: ",
             row ? "query" : "key", (long long)at, sentence(other));
    out_span(out, TONE_STRONG, "%s", own->pieces[at]);
    struct bars *b = out_bars(out, (int)n);
    struct data *list = data_add_list(a, out->data, row ? "keys" : "queries");
    double sum = 0;
    for (int64_t i = 0; i < n; i++) {
        double w = row ? attn_at(m, 0, at, i) : attn_at(m, 0, i, at);
        b->values[i] = w;
        b->labels[i] = other->pieces[i];
        sum += w;
        struct data *d = data_add_map(a, list, NULL);
        data_add_int(a, d, "index", i);
        data_add_int(a, d, "id", other->ids[i]);
        data_add_str(a, d, "token", other->pieces[i]);
        data_add_num(a, d, "weight", w);
    }
    b->max = m->pattern ? 1 : 0;
    if (m->pattern)
        out_line(out, TONE_DIM, n < other->n ? "sum %.3f; later keys are masked" : "sum %.3f", sum);
    data_add_str(a, out->data, "site", m->name);
    if (m->mean)
        data_add_str(a, out->data, "head", "mean");
    else
        data_add_int(a, out->data, "head", m->head);
    data_add_int(a, out->data, row ? "query" : "key", at);
    data_add_str(a, out->data, "token", own->pieces[at]);
    data_add_num(a, out->data, "sum", sum);
}

static bool show(struct session *s, const struct args *args, bool row, struct result *out,
                 struct err *e)
{
    struct arena *a = &out->arena;
    struct attn_ref ref;
    struct attn m;
    if (!attn_find_one(s, attn_words(a, args, "site"), &ref, e))
        return args_blame(args, "site", 0, e);
    if (ref.site.nslices > 0 || ref.site.step >= 0)
        return err_set(e, ERR_COMMAND, "%s takes a whole map, without [..] and @",
                       row ? "row" : "col") ||
               args_blame(args, "site", 0, e);
    if (!attn_load(s, a, &ref, &m, e))
        return args_blame(args, "site", 0, e);
    int64_t at;
    bool ok = (m.t.shape[0] == 1 || attn_average(a, &m, e));
    if (ok && !attn_position(row ? &m.rows : &m.cols, args_str(args, "token"),
                             row ? "query" : "key", &at, e))
        ok = args_blame(args, "token", 0, e);
    if (ok)
        draw(out, &m, row, at);
    attn_release(&m);
    return ok;
}

static bool row_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    return show(s, a, true, out, e);
}

static bool col_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    return show(s, a, false, out, e);
}

const struct command cmd_row = {
    .name = "row",
    .group = GROUP_ATTENTION,
    .needs = NEED_RUN,
    .args = row_args,
    .summary = "What one query looks at, as bars",
    .help = "The mean over the heads of the site, or one head.\n"
            "  row 2\n  row مدرسه enc.0.self h1\n  row 3 dec.1.cross h2",
    .exec = row_exec,
};

const struct command cmd_col = {
    .name = "col",
    .group = GROUP_ATTENTION,
    .needs = NEED_RUN,
    .args = col_args,
    .summary = "Who looks at one key, as bars",
    .help =
        "The mean over the heads of the site, or one head. The sum may be more or less than 1.\n"
        "  col 2\n  col مدرسه dec.1.cross h2",
    .exec = col_exec,
};
