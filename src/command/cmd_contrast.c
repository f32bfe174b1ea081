/* contrast: attention beside fully connected maps on the same sentence: what each computes, how many
 * parameters it takes, and what becomes of it when the sentence grows. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "base/random.h"
#include "head_use.h"
#include "session/pass.h"
#include "values.h"

enum { MOST_WEIGHTS = 1 << 22 }; /* of the map of N x N to D x D, to be made */

/* One self-attention head and what it reads. */
struct head {
    int pattern, y; /* nodes; y: the stream [B,N,D] that q, k and v are made of */
    int z;
    int64_t head, heads, width, d;
    int64_t parameters; /* of its W_Q, W_K, W_V, with biases where the model has them */
    const char *name;
    bool bias;
};

/* A sentence run through the model: what the head read and made. */
struct reading {
    struct tensor y, pattern, z; /* [N,D] [N,N] [N,K], own references */
    int64_t n;
};

/* ---- finding the head ------------------------------------------------------------------------ */

static int64_t count(const struct plan *p, int param)
{
    const struct binding none = {1, 1, 1};
    const struct param *w = &p->params[param];
    return w->ndim == 1 ? dim_size(p, w->shape[0], &none)
                        : dim_size(p, w->shape[0], &none) * dim_size(p, w->shape[1], &none);
}

static bool find(struct session *s, struct arena *a, const char *spec, struct head *h,
                 struct err *e)
{
    const struct plan *p = s->model->plan;
    const struct binding none = {1, 1, 1};
    struct attn_ref ref;
    *h = (struct head){.pattern = -1, .z = -1};
    if (*spec != 0) {
        if (!attn_find_one(s, spec, &ref, e))
            return false;
        h->pattern = ref.site.node;
        h->head = ref.site.head >= 0 ? ref.site.head : 0;
    }
    for (int i = 0; h->pattern < 0 && i < p->nnodes; i++)
        if (attn_is_pattern(p, i))
            h->pattern = i;
    if (h->pattern < 0 || !attn_is_pattern(p, h->pattern))
        return err_set(e, ERR_COMMAND, "%s",
                       h->pattern < 0 ? "this model has no attention"
                                      : "name a head of a pattern, such as enc.0.self.h0");
    h->z = attn_mixed(p, h->pattern);
    const struct node *n = &p->nodes[h->pattern], *scores = &p->nodes[n->in[0]];
    int from[] = {attn_projection(p, scores->in[0]), attn_projection(p, scores->in[1]),
                  h->z < 0 ? -1 : attn_projection(p, p->nodes[h->z].in[1])};
    for (int i = 0; i < 3; i++)
        if (from[i] < 0 || p->nodes[from[i]].in[0] != p->nodes[from[0]].in[0])
            return err_set(e, ERR_COMMAND,
                           "%s: queries and keys come from two sequences; contrast takes "
                           "self-attention",
                           n->name);
    h->y = p->nodes[from[0]].in[0];
    h->heads = dim_size(p, n->shape[1], &none);
    h->width = dim_size(p, p->nodes[h->z].shape[3], &none);
    h->d = dim_size(p, p->nodes[h->y].shape[2], &none);
    for (int i = 0; i < 3; i++) {
        int64_t own = dim_size(p, p->nodes[from[i]].shape[1], &none);
        for (int k = 0; k < NODE_PARAMS; k++)
            if (p->nodes[from[i]].param[k] >= 0) {
                h->parameters += count(p, p->nodes[from[i]].param[k]) / own;
                h->bias = h->bias || k == 1;
            }
    }
    h->name = arena_printf(a, "%s.h%lld", n->name, (long long)h->head);
    return true;
}

/* ---- running --------------------------------------------------------------------------------- */

static void release(struct reading *r)
{
    tensor_unref(&r->y);
    tensor_unref(&r->pattern);
    tensor_unref(&r->z);
}

static bool value(struct run *r, int node, int64_t head, struct tensor *out, struct err *e)
{
    struct tensor t, part;
    if (!run_value(r, node, &t, e))
        return false;
    part = tensor_index(&t, 0, 0);
    if (head >= 0)
        part = tensor_index(&part, 0, head);
    bool ok = tensor_to_f32(&part, out, e);
    tensor_unref(&t);
    return ok;
}

static int32_t *repeated(struct arena *a, const int32_t *once, int64_t n, int times)
{
    int32_t *all = arena_alloc(a, (size_t)(n * times + 1) * sizeof *all);
    for (int i = 0; i < times; i++)
        memcpy(all + i * n, once, (size_t)n * sizeof *all);
    return all;
}

/* The head's sequence `times` times over: the source of an encoder's head, the target of a
 * decoder's. */
static bool read_sentence(struct session *s, struct arena *a, const struct head *h, int times,
                          struct reading *out, struct err *e)
{
    const struct plan *p = s->model->plan;
    bool source = p->nodes[h->y].source;
    int64_t n;
    const int32_t *once = session_tokens(s, source ? TOKEN_SOURCE : TOKEN_TARGET, &n);
    *out = (struct reading){0};
    if (n == 0)
        return err_set(e, ERR_COMMAND, "there is no target yet for a head of the decoder") ||
               err_hint(e, "run first");
    if (p->max_positions > 0 && n * times > p->max_positions)
        return err_set(e, ERR_COMMAND, "%lld tokens are more than this model's %lld positions",
                       (long long)(n * times), (long long)p->max_positions);
    const int32_t *segments = source ? s->source.segments : NULL;
    int32_t *ids = repeated(a, once, n, times);
    bool *keep = arena_alloc(a, (size_t)p->nnodes + 1);
    keep[h->y] = keep[h->pattern] = keep[h->z] = true;
    struct pass in = {.source = source ? ids : s->source.ids,
                      .segments =
                          segments != NULL ? repeated(a, segments, n, times) : s->source.segments,
                      .nsource = source ? n * times : s->source.n,
                      .target = source ? NULL : ids,
                      .ntarget = source ? 0 : n * times,
                      .keep = keep};
    out->n = n * times;
    struct run *r = session_pass(s, &in, 0, e);
    bool ok = r != NULL && value(r, h->y, -1, &out->y, e) &&
              value(r, h->pattern, h->head, &out->pattern, e) &&
              value(r, h->z, h->head, &out->z, e);
    run_free(r);
    if (!ok)
        release(out);
    return ok;
}

/* ---- the fully connected maps ---------------------------------------------------------------- */

/* W [n,n], drawn: what would be learned for sentences of exactly n tokens. */
struct square {
    int64_t n;
    double *w;
};

static struct square square_drawn(uint64_t seed, int64_t n)
{
    struct square q = {n, mem_alloc((size_t)(n * n + 1) * sizeof *q.w)};
    for (int64_t i = 0; i < n * n; i++)
        q.w[i] = random_normal(seed, i / n, i % n) / sqrt((double)n);
    return q;
}

/* A = Y Y^T [n,n]: how like every two tokens are. */
static bool similarities(const struct tensor *y, struct tensor *out, struct err *e)
{
    int64_t n = y->shape[0], d = y->shape[1];
    const int64_t shape[] = {n, n};
    if (!tensor_new(out, DT_F32, 2, shape, "Y Y^T", e))
        return false;
    const float *v = tensor_f32(y);
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < n; j++) {
            double sum = 0;
            for (int64_t k = 0; k < d; k++)
                sum += (double)v[i * d + k] * v[j * d + k];
            tensor_f32(out)[i * n + j] = (float)sum;
        }
    return true;
}

/* out = softmax of each row of A W. Refuses a W made for another length. */
static bool connected(const struct tensor *a, const struct square *w, struct tensor *out,
                      struct err *e)
{
    int64_t n = a->shape[0];
    if (w->n != n)
        return err_set(e, ERR_COMMAND, "A [%lld,%lld] and W [%lld,%lld] do not fit", (long long)n,
                       (long long)n, (long long)w->n, (long long)w->n);
    if (!tensor_new(out, DT_F32, 2, a->shape, "softmax(A W)", e))
        return false;
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < n; j++) {
            double sum = 0;
            for (int64_t k = 0; k < n; k++)
                sum += (double)tensor_f32(a)[i * n + k] * w->w[k * n + j];
            tensor_f32(out)[i * n + j] = (float)sum;
        }
    k_softmax(tensor_f32(out), n, tensor_f32(out), n, n, n);
    return true;
}

/* The sd of the D x D numbers that a drawn map of all N x N inputs gives, row by row of its D^2
 * outputs; NaN: too many weights to draw. */
static double whole_map(uint64_t seed, const struct tensor *a, int64_t d)
{
    int64_t inputs = tensor_count(a), outputs = d * d;
    if ((double)inputs * (double)outputs > MOST_WEIGHTS)
        return NAN;
    double sum = 0, squares = 0;
    for (int64_t o = 0; o < outputs && !interrupted(); o++) {
        double v = 0;
        for (int64_t i = 0; i < inputs; i++)
            v += random_normal(seed + 1, o, i) * tensor_f32(a)[i];
        v /= (double)inputs;
        sum += v;
        squares += v * v;
    }
    double mean = sum / (double)outputs;
    return sqrt(squares / (double)outputs - mean * mean);
}

/* ---- drawing --------------------------------------------------------------------------------- */

static double whole_count(double n, double d)
{
    return n * n * d * d;
}

static struct cell big(struct result *out, double v)
{
    return v < 1e15 ? cell_str(out, arena_printf(&out->arena, "%.0f", v)) : cell_num(v, "%.3g");
}

static double entropy_of(const struct tensor *pattern)
{
    struct head_use u = {0};
    head_use_add(&u, pattern, false);
    return head_use_mean(&u, USE_ENTROPY);
}

static void mechanism(struct result *out, struct table *t, struct data *list, const char *name,
                      const char *formula, double parameters, const char *output, double bits)
{
    struct arena *a = &out->arena;
    struct cell *c = table_row(out, t);
    c[0] = cell_str(out, name);
    c[0].tone = TONE_STRONG;
    c[1] = cell_str(out, formula);
    c[2] = big(out, parameters);
    c[3] = cell_str(out, output);
    if (!isnan(bits))
        c[4] = cell_num(bits, "%.2f");
    struct data *d = data_add_map(a, list, NULL);
    data_add_str(a, d, "name", name);
    data_add_str(a, d, "formula", formula);
    data_add_num(a, d, "parameters", parameters);
    data_add_str(a, d, "output", output);
    if (!isnan(bits))
        data_add_num(a, d, "entropy", bits);
}

static void growth(struct result *out, const struct head *h, int64_t n)
{
    struct arena *a = &out->arena;
    const int64_t at[] = {n, n + 1, 2 * n, 512};
    struct table *t =
        out_table(out, arena_printf(a, "parameters_at_N_= %lld> %lld> %lld> 512>", (long long)n,
                                    (long long)n + 1, (long long)(2 * n)));
    const char *const names[] = {"softmax(A W)", "N x N to D x D", h->name};
    struct data *list = data_add_list(a, out->data, "growth");
    for (int m = 0; m < 3; m++) {
        struct cell *c = table_row(out, t);
        struct data *d = data_add_map(a, list, NULL);
        *c++ = cell_str(out, names[m]);
        data_add_str(a, d, "name", names[m]);
        struct data *counts = data_add_list(a, d, "parameters");
        for (int i = 0; i < 4; i++) {
            double len = (double)at[i], v = m == 0   ? len * len
                                            : m == 1 ? whole_count(len, (double)h->d)
                                                     : (double)h->parameters;
            *c++ = big(out, v);
            data_add_num(a, counts, NULL, v);
        }
    }
}

static void maps(struct session *s, struct result *out, const struct head *h,
                 const struct reading *r, const struct tensor *alone, const struct tensor *mixed)
{
    struct arena *a = &out->arena;
    const struct tensor *const t[] = {alone, mixed, &r->pattern};
    const char *const titles[] = {"softmax(A)", "softmax(A W)", h->name};
    struct heat *m = out_heat(out, 3);
    m->row_name = m->col_name = "position";
    m->scale = "0-1";
    const char **labels = arena_alloc(a, (size_t)(r->n + 1) * sizeof *labels);
    enum token_side side = s->model->plan->nodes[h->y].source ? TOKEN_SOURCE : TOKEN_TARGET;
    int64_t n;
    const int32_t *ids = session_tokens(s, side, &n);
    for (int64_t i = 0; i < r->n && i < n; i++) {
        char buf[24];
        labels[i] = arena_strdup(a, session_piece(s, side, ids[i], buf));
    }
    m->row_labels = labels;
    for (int i = 0; i < 3; i++) {
        m->panels[i].t = tensor_ref(t[i]);
        m->panels[i].title = titles[i];
    }
}

/* The same weights on the sentence twice over: the head takes it, W does not. */
static void longer(struct session *s, struct result *out, const struct head *h,
                   const struct square *w)
{
    struct arena *a = &out->arena;
    struct reading twice;
    struct tensor similar, ignored;
    struct err e = ERR_INIT, no = ERR_INIT;
    struct data *d = data_add_map(a, out->data, "longer");
    if (!read_sentence(s, a, h, 2, &twice, &e)) {
        out_line(out, TONE_DIM, "the sentence twice over: %s", e.msg);
        return;
    }
    data_add_int(a, d, "n", twice.n);
    data_add_int(a, d, "attention_parameters", h->parameters);
    out_line(
        out, TONE_GOOD,
        "the sentence twice over, %lld tokens: the head's pattern is [%lld,%lld] now, from the "
        "same %lld parameters",
        (long long)twice.n, (long long)twice.n, (long long)twice.n, (long long)h->parameters);
    if (similarities(&twice.y, &similar, &e)) {
        bool fits = connected(&similar, w, &ignored, &no);
        if (fits)
            tensor_unref(&ignored);
        data_add_bool(a, d, "w_fits", fits);
        data_add_str(a, d, "why", fits ? "" : no.msg);
        out_line(out, fits ? TONE_GOOD : TONE_BAD,
                 fits ? "softmax(A W): W fits" : "softmax(A W): %s; another W has to be learned",
                 no.msg);
        tensor_unref(&similar);
    }
    release(&twice);
}

static void table(struct session *s, struct result *out, const struct head *h,
                  const struct reading *r, const struct tensor *a_raw, const struct tensor *mixed)
{
    struct arena *a = &out->arena;
    long long n = (long long)r->n, d = (long long)h->d, k = (long long)h->width;
    uint64_t seed = (uint64_t)s->settings.number[SET_SEED];
    struct table *t = out_table(out, "map parameters numbers> output bits>");
    struct data *list = data_add_list(a, out->data, "maps");
    double whole = whole_count((double)n, (double)d), sd = whole_map(seed, a_raw, h->d);
    mechanism(out, t, list, "softmax(A W) Y", arena_printf(a, "N^2 = %lld^2", n), (double)(n * n),
              arena_printf(a, "[%lld,%lld]", n, d), entropy_of(mixed));
    mechanism(out, t, list, "N x N to D x D", arena_printf(a, "N^2 D^2 = %lld^2 x %lld^2", n, d),
              whole,
              isnan(sd) ? arena_printf(a, "[%lld,%lld], not made", d, d)
                        : arena_printf(a, "[%lld,%lld]", d, d),
              NAN);
    mechanism(out, t, list, "attention",
              arena_printf(
                  a, h->bias ? "3 (D K + K) = 3 x (%lld x %lld + %lld)" : "3 D K = 3 x %lld x %lld",
                  d, k, k),
              (double)h->parameters, arena_printf(a, "[%lld,%lld]", n, k), entropy_of(&r->pattern));
    if (isnan(sd))
        out_line(out, TONE_DIM,
                 "the map of all N x N numbers to D x D is not made: %.4g weights, %s as float32",
                 whole, values_bytes_text(a, 4 * whole));
    else
        out_line(out, TONE_DIM, "its %lld outputs, from drawn weights: sd %.3g", d * d, sd);
}

static bool compare(struct session *s, struct result *out, const struct head *h,
                    const struct reading *r, struct err *e)
{
    struct arena *a = &out->arena;
    struct tensor raw = {0}, alone = {0}, mixed = {0};
    struct square w = square_drawn((uint64_t)s->settings.number[SET_SEED], r->n);
    bool ok = similarities(&r->y, &raw, e) && tensor_to_f32(&raw, &alone, e) &&
              connected(&raw, &w, &mixed, e);
    if (ok) {
        k_softmax(tensor_f32(&alone), r->n, tensor_f32(&alone), r->n, r->n, r->n);
        data_add_str(a, out->data, "site", s->model->plan->nodes[h->y].name);
        data_add_str(a, out->data, "head", h->name);
        data_add_int(a, out->data, "n", r->n);
        data_add_int(a, out->data, "d", h->d);
        out_begin(out);
        out_span(out, TONE_SITE, "Y = %s", s->model->plan->nodes[h->y].name);
        out_span(out, TONE_PLAIN, "  [N, D] = [%lld, %lld]; A = Y Y^T [%lld, %lld]; W drawn",
                 (long long)r->n, (long long)h->d, (long long)r->n, (long long)r->n);
        table(s, out, h, r, &raw, &mixed);
        maps(s, out, h, r, &alone, &mixed);
        growth(out, h, r->n);
        longer(s, out, h, &w);
        data_add_tensor(a, out->data, "a", &raw);
        data_add_tensor(a, out->data, "connected", &mixed);
        data_add_tensor(a, out->data, "pattern", &r->pattern);
    }
    tensor_unref(&raw);
    tensor_unref(&alone);
    tensor_unref(&mixed);
    free(w.w);
    return ok && (!interrupted() || err_set(e, ERR_INTERRUPT, "interrupted"));
}

static bool contrast_exec(struct session *s, const struct args *a, struct result *out,
                          struct err *e)
{
    struct head h;
    struct reading r;
    if (!find(s, &out->arena, attn_words(&out->arena, a, "head"), &h, e))
        return args_blame(a, "head", 0, e);
    if (!read_sentence(s, &out->arena, &h, 1, &r, e))
        return false;
    bool ok = compare(s, out, &h, &r, e);
    release(&r);
    return ok;
}

static const struct arg contrast_args[] = {
    {.name = "head",
     .kind = ARG_SITE,
     .help = "a head of self-attention; none: the first of the model",
     .optional = true,
     .many = true},
    {0},
};

const struct command cmd_contrast = {
    .name = "contrast",
    .group = GROUP_ANALYSIS,
    .needs = NEED_WEIGHTS | NEED_TEXT,
    .args = contrast_args,
    .summary = "Attention beside fully connected maps: same sentence, parameters, growth",
    .help =
        "Y is what the head reads. A = Y Y^T compares every two tokens without a parameter; "
        "softmax(A W) mixes that with a\n"
        "matrix W of N x N; a fully connected map from all of A to D x D takes N^2 D^2 "
        "parameters. Beside them the head\n"
        "itself, softmax(Q K^T / sqrt(d_k)) V. W is drawn by the seed setting. Then the sentence "
        "twice over: the head's\n"
        "parameters stay, the others' do not fit.\n"
        "  contrast\n  contrast enc.1.self.h2",
    .exec = contrast_exec,
};
