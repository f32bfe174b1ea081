/* shapes: the shape of everything at any size, with weights and text or without them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ask.h"
#include "base/mem.h"
#include "base/random.h"
#include "rules.h"
#include "values.h"

/* A line of the table to be. */
struct row {
    struct site_ref site;
    bool joined; /* its heads side by side */
    int asked;   /* hidden: the number of the question about it, 0 = shown */
};
struct rows {
    struct session *s;
    const struct args *args;
    struct binding b;
    bool sized;
    struct row *v;
    size_t n, cap;
};

/* Axes, sizes and symbols of a shape, and its bytes. */
static void data_sizes(struct result *out, const struct plan *p, struct data *to,
                       const struct value_shape *v)
{
    struct arena *a = &out->arena;
    struct str dim = STR_INIT;
    values_shape_data(out, to, v);
    struct data *names = data_add_list(a, to, "symbols");
    for (int i = 0; i < v->ndim; i++) {
        dim_text(p, v->dim[i], &dim);
        data_add_str(a, names, NULL, dim.s);
        str_clear(&dim);
    }
    str_release(&dim);
    data_add_str(a, to, "dtype", "f32");
    if (v->bytes < 0)
        data_add_null(a, to, "bytes");
    else
        data_add_int(a, to, "bytes", v->bytes);
}

/* What made a value, in short and in full; the name that it really has when this is another one. */
static const char *origin(const struct plan *p, const struct row *row, struct str *made,
                          struct str *formula)
{
    const struct site_ref *r = &row->site;
    const char *name = p->nodes[r->node].name;
    bool same = !r->result && strcmp(r->name, name) != 0;
    if (row->joined) {
        str_add(made, "heads side by side");
        str_add(formula, "z, heads side by side");
        return NULL;
    }
    if (r->result) {
        str_add(made, "z of a head, W_O");
        str_add(formula, "z of each head times its columns of W_O");
        return NULL;
    }
    plan_formula(p, r->node, formula);
    if (same)
        str_addf(made, "= %s", name);
    else
        values_made_by(made, p, r->node);
    return same ? name : NULL;
}

/* One line and its data; of a hidden one neither sizes nor bytes. */
static void show_row(const struct rows *w, const struct row *row, struct result *out,
                     struct table *t, struct data *list, bool *used)
{
    const struct plan *p = w->s->model->plan;
    struct arena *a = &out->arena;
    struct value_shape v;
    struct str both = STR_INIT, formula = STR_INIT, made = STR_INIT;
    if (row->joined)
        values_joined(p, row->site.node, &w->b, &v);
    else
        values_shape(p, &row->site, &w->b, &v);
    for (int i = 0; i < v.ndim; i++)
        used[v.dim[i].a] = used[v.dim[i].b] = true;
    values_both(&both, &v);
    const char *name = values_name(a, &row->site), *same = origin(p, row, &made, &formula);
    struct data *to = data_add_map(a, list, NULL);
    data_add_str(a, to, "site", name);
    if (row->joined)
        data_add_bool(a, to, "joined", true);
    if (row->asked)
        data_add_int(a, to, "asked", row->asked);
    else
        data_sizes(out, p, to, &v);
    data_add_str(a, to, "op", op_name(p->nodes[row->site.node].op));
    data_add_str(a, to, "formula", formula.s);
    if (same != NULL)
        data_add_str(a, to, "same", same);
    struct cell *c = table_row(out, t);
    c[0] = cell_str(out, row->joined ? "  heads joined" : name);
    c[0].tone = row->joined ? TONE_PLAIN : TONE_SITE;
    c[1] = cell_str(out, row->asked ? arena_printf(a, "?%d", row->asked) : both.s);
    c[1].tone = row->asked ? TONE_STRONG : TONE_PLAIN;
    c[2] = cell_str(out, row->asked || v.bytes < 0 ? "" : values_bytes_text(a, (double)v.bytes));
    c[3] = cell_str(out, made.s);
    c[3].tone = TONE_DIM;
    str_release(&both);
    str_release(&formula);
    str_release(&made);
}

static int64_t size_of_symbol(const struct plan *p, int symbol, const struct binding *b)
{
    return dim_size(p, dim_sym(symbol), b);
}

/* What the letters in the list stand for, with the sizes that are known. */
static void legend(const struct plan *p, const struct binding *b, const bool *used,
                   struct result *out)
{
    int width = 6;
    for (int i = SYM_B; i < p->nsymbols; i++) {
        int digits = snprintf(NULL, 0, "%lld", (long long)size_of_symbol(p, i, b));
        width = used[i] && digits > width ? digits : width;
    }
    for (int i = SYM_B; i < p->nsymbols; i++) {
        int64_t n = size_of_symbol(p, i, b);
        const char *size = n > 0 ? arena_printf(&out->arena, "%lld", (long long)n) : "?";
        if (used[i])
            out_line(out, TONE_DIM, "%-2s = %-*s %s", p->symbols[i].name, width, size,
                     p->symbols[i].meaning);
    }
}

/* Without a glob: the sub-layer or layer that the program stands in, when it stands inside a
 * pass. */
static void default_glob(struct session *s, struct str *glob)
{
    if (s->gen != NULL && !gen_done(s->gen)) {
        int node = gen_place(s->gen).node;
        if (node > 0 && node < s->model->plan->nnodes)
            session_frame_prefix(s, glob);
    }
    if (glob->len == 0)
        str_add(glob, "*");
}

static bool add_glob(struct rows *w, int i, const char *glob, struct err *e)
{
    struct site_ref *v;
    size_t n;
    const struct plan *p = w->s->model->plan;
    if (!sites_match(w->s, glob, &v, &n, e))
        return i < 0 ? false : args_blame(w->args, "site", i, e);
    bool ok = true;
    for (size_t k = 0; ok && k < n; k++) {
        if (v[k].nslices > 0)
            ok = err_set(e, ERR_COMMAND, "shapes are those of whole values; print %s shows a part",
                         glob);
        else if (values_overflow(p, &v[k], &w->b))
            ok = err_set(e, ERR_COMMAND, "%s has more than 2^63 bytes at these sizes", v[k].name) ||
                 err_hint(e, "choose a smaller --batch or --len");
        if (ok)
            ARRAY_PUSH(w->v, w->n, w->cap) = (struct row){.site = v[k]};
        bool heads = p->nodes[v[k].node].op == OP_MIX && v[k].head < 0 && v[k].step < 0;
        if (ok && w->sized && heads)
            ARRAY_PUSH(w->v, w->n, w->cap) = (struct row){.site = v[k], .joined = true};
    }
    free(v);
    return ok;
}

/* "layer 2": that layer of each stack that has it. */
static bool add_layer(struct rows *w, struct err *e)
{
    const struct plan *p = w->s->model->plan;
    int most = p->layers[0] > p->layers[1] ? p->layers[0] : p->layers[1];
    int64_t layer;
    const char *text = args_nth(w->args, "site", 1);
    if (text == NULL || !str_int(text, 0, most - 1, &layer))
        return err_set(e, ERR_COMMAND, "layer %s: layers are 0-%d", text != NULL ? text : "?",
                       most - 1) ||
               args_blame(w->args, "site", text != NULL, e);
    bool ok = true;
    for (int i = 0; ok && i < 2; i++) {
        char glob[64];
        snprintf(glob, sizeof glob, "%s.%lld", stack_name((enum stack)i), (long long)layer);
        ok = layer >= p->layers[i] || add_glob(w, -1, glob, e);
    }
    return ok;
}

static bool add_rows(struct rows *w, struct err *e)
{
    int count = args_count(w->args, "site");
    bool ok = true;
    if (count == 0) {
        struct str glob = STR_INIT;
        default_glob(w->s, &glob);
        ok = add_glob(w, -1, glob.s, e);
        str_release(&glob);
    } else if (strcmp(args_nth(w->args, "site", 0), "layer") == 0) {
        return add_layer(w, e);
    }
    for (int i = 0; ok && i < count; i++)
        ok = add_glob(w, i, args_nth(w->args, "site", i), e);
    return ok;
}

/* ---- --ask ----------------------------------------------------------------------------------- */

enum { ASKED = 6 };

/* Whether something is to be thought about: sums, norms and activations keep the shape they get. */
static bool worth_asking(const struct plan *p, const struct row *r)
{
    static const bool plain[OP_COUNT] = {[OP_ADD] = true, [OP_NORM] = true, [OP_ACT] = true};
    const struct node *n = &p->nodes[r->site.node];
    bool second = strcmp(r->site.name, n->name) != 0;
    return !second && !plain[n->op] && r->site.head < 0 && r->site.step < 0 && !r->site.result;
}

static bool same_shape(const struct plan *p, const struct row *x, const struct row *y)
{
    const struct node *a = &p->nodes[x->site.node], *b = &p->nodes[y->site.node];
    bool same = x->joined == y->joined && a->ndim == b->ndim;
    for (int i = 0; same && i < a->ndim; i++)
        same = dim_equal(a->shape[i], b->shape[i]);
    return same;
}

/* Chooses ASKED lines at random. */
static void hide_rows(struct rows *w)
{
    const struct plan *p = w->s->model->plan;
    size_t *at = mem_alloc((w->n + 1) * sizeof *at), n = 0;
    for (size_t i = 0; i < w->n; i++)
        if (worth_asking(p, &w->v[i]))
            at[n++] = i;
    uint64_t seed = rules_seed(w->s);
    for (size_t i = 0; i < n; i++) {
        size_t k = i + (size_t)(random_uniform(seed, (int64_t)i, 0) * (double)(n - i));
        size_t row = at[k];
        at[k] = at[i];
        at[i] = row;
    }
    /* Of each shape one first, then the rest. */
    size_t chosen = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < n && chosen < ASKED; i++) {
            bool again = w->v[at[i]].asked;
            for (size_t k = 0; !again && pass == 0 && k < w->n; k++)
                again = w->v[k].asked && same_shape(p, &w->v[k], &w->v[at[i]]);
            if (!again) {
                w->v[at[i]].asked = 1;
                chosen++;
            }
        }
    int number = 0;
    for (size_t i = 0; i < w->n; i++)
        if (w->v[i].asked)
            w->v[i].asked = ++number;
    /* The same value under its other names would give it away. */
    for (size_t i = 0; i < w->n; i++)
        for (size_t k = 0; !w->v[i].asked && k < w->n; k++)
            if (w->v[k].asked && w->v[k].site.node == w->v[i].site.node &&
                w->v[k].joined == w->v[i].joined)
                w->v[i].asked = w->v[k].asked;
    free(at);
}

static bool ask(struct rows *w, struct err *e)
{
    const struct plan *p = w->s->model->plan;
    for (size_t i = 0; i < w->n; i++) {
        struct value_shape v;
        values_shape(p, &w->v[i].site, &w->b, &v);
        for (int k = 0; k < v.ndim; k++)
            if (v.size[k] < 0)
                return err_set(e, ERR_COMMAND, "--ask: the length is not known") ||
                       err_hint(e, "shapes --ask --batch 32 --len 2048");
    }
    hide_rows(w);
    questions_begin(w->s, "shapes");
    int number = 0;
    for (size_t i = 0; i < w->n; i++) {
        const struct row *r = &w->v[i];
        if (r->asked != number + 1)
            continue;
        char text[160];
        snprintf(text, sizeof text,
                 session_says(w->s, "?%d, the shape of `%s`%s", "?%d، شکل `%s`%s"), ++number,
                 r->site.name,
                 r->joined ? session_says(w->s, ", heads joined", "، سرها به هم پیوسته") : "");
        rules_ask_shape(w->s, r->site.node, r->joined, &w->b, text);
    }
    return number > 0 || err_set(e, ERR_COMMAND, "--ask: there is nothing to ask about here");
}

/* ---- the table ------------------------------------------------------------------------------- */

static bool shapes_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const struct plan *p = s->model->plan;
    if (p == NULL)
        return err_set(e, ERR_COMMAND, "%s is a tokenizer alone: it has no values", s->model->name);
    bool asking = args_has(a, "--ask");
    struct rows w = {.s = s, .args = a, .b = values_binding(s, a)};
    w.sized =
        asking || args_has(a, "--batch") || args_has(a, "--len") || args_has(a, "--target-len");
    bool ok = add_rows(&w, e) && (!asking || ask(&w, e));
    struct data *list = data_add_list(&out->arena, out->data, "sites");
    struct table *t = out_table(out, "tensor shape bytes> from*");
    bool *used = arena_alloc(&out->arena, (size_t)p->nsymbols * sizeof *used);
    for (size_t i = 0; ok && i < w.n; i++)
        show_row(&w, &w.v[i], out, t, list, used);
    free(w.v);
    if (ok)
        legend(p, &w.b, used, out);
    if (ok && asking)
        ask_show(s, out);
    return ok;
}

static const struct arg shapes_args[] = {
    VALUES_SIZE_ARGS,
    {.name = "--ask",
     .kind = ARG_FLAG,
     .help = "hide some of the shapes and ask for them",
     .optional = true},
    {.name = "site",
     .kind = ARG_SITE,
     .help = "enc, dec, layer N, a glob; none: the frame, or everything",
     .optional = true,
     .many = true},
    {0},
};

const struct command cmd_shapes = {
    .name = "shapes",
    .alias = "shs",
    .group = GROUP_LOOK,
    .needs = NEED_MODEL,
    .args = shapes_args,
    .summary = "Every tensor in order of computation: symbols, sizes, and what made it",
    .help =
        "Follows from the configuration alone: weights and text are not needed. Sizes that are "
        "not known yet are ?;\n"
        "--batch, --len and --target-len give them, and then the heads are shown joined too.\n"
        "With --ask some entries are ?1, ?2 ...: answer [32, 2048, 768] fills in the first, and "
        "a wrong one is told\n"
        "the rule that it breaks (set seed chooses others).\n"
        "  shapes\n  shapes enc.0.self\n  shapes layer 2\n  shapes dec.*.cross --len 32 "
        "--target-len 8\n"
        "  shapes enc.0 --ask --batch 32 --len 2048",
    .exec = shapes_exec,
};
