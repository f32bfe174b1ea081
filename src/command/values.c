/* References, shapes, number formats: what the commands that show values share. */
#include "values.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

bool values_match(struct session *s, const struct args *a, const char *arg, int i,
                  struct site_ref **out, size_t *n, struct err *e)
{
    return sites_match(s, args_nth(a, arg, i), out, n, e) || args_blame(a, arg, i, e);
}

const char *values_name(struct arena *a, const struct site_ref *r)
{
    struct str name = STR_INIT;
    sites_text(r, &name);
    const char *copy = arena_strdup(a, name.s);
    str_release(&name);
    return copy;
}

/* ---- shapes ---------------------------------------------------------------------------------- */

static bool has_symbol(struct dim d, int symbol)
{
    return d.a == symbol || d.b == symbol;
}

static int64_t size_of(const struct plan *p, struct dim d, const struct binding *b)
{
    bool unknown = (has_symbol(d, SYM_B) && b->b <= 0) || (has_symbol(d, SYM_S) && b->s <= 0) ||
                   (has_symbol(d, SYM_T) && b->t <= 0);
    return unknown ? -1 : dim_size(p, d, b);
}

/* The i-th size, and the bytes so far. */
static void shape_axis(const struct plan *p, struct value_shape *v, int i, struct dim d,
                       const struct binding *b)
{
    v->dim[i] = d;
    v->size[i] = size_of(p, d, b);
    if (v->size[i] < 0 || v->bytes < 0 || __builtin_mul_overflow(v->bytes, v->size[i], &v->bytes))
        v->bytes = -1;
}

void values_shape(const struct plan *p, const struct site_ref *r, const struct binding *b,
                  struct value_shape *out)
{
    const struct node *n = &p->nodes[r->node];
    *out = (struct value_shape){.bytes = sizeof(float)};
    for (int i = 0; i < n->ndim; i++) {
        if ((i == 1 && r->head >= 0) || (i == n->pos_axis && r->step >= 0))
            continue;
        int k = out->ndim++;
        bool stream = r->result && i == 3; /* what a head writes is as wide as the stream */
        out->dim[k] = stream ? dim_sym(p->sym_stream) : n->shape[i];
        memcpy(out->axis[k], n->axis[i], AXIS_NAME);
        if (stream)
            snprintf(out->axis[k], AXIS_NAME, "%.7s", p->symbols[p->sym_stream].name);
        shape_axis(p, out, k, out->dim[k], b);
    }
}

void values_joined(const struct plan *p, int node, const struct binding *b, struct value_shape *out)
{
    const struct node *n = &p->nodes[node];
    const struct dim dims[] = {
        n->shape[0], n->shape[2], {n->shape[1].a, n->shape[3].a, n->shape[1].k * n->shape[3].k}};
    *out = (struct value_shape){.ndim = 3, .bytes = sizeof(float)};
    for (int i = 0; i < out->ndim; i++)
        shape_axis(p, out, i, dims[i], b);
    memcpy(out->axis[0], n->axis[0], AXIS_NAME);
    memcpy(out->axis[1], n->axis[2], AXIS_NAME);
    snprintf(out->axis[2], AXIS_NAME, "%.3s*%.3s", n->axis[1], n->axis[3]);
}

bool values_overflow(const struct plan *p, const struct site_ref *r, const struct binding *b)
{
    struct value_shape v;
    values_shape(p, r, b, &v);
    bool known = true;
    for (int i = 0; i < v.ndim; i++)
        known = known && v.size[i] >= 0;
    return known && v.bytes < 0;
}

void values_shape_data(struct result *out, struct data *to, const struct value_shape *v)
{
    struct arena *a = &out->arena;
    struct data *axes = data_add_list(a, to, "axes"), *shape = data_add_list(a, to, "shape");
    for (int i = 0; i < v->ndim; i++) {
        data_add_str(a, axes, NULL, v->axis[i]);
        if (v->size[i] < 0)
            data_add_null(a, shape, NULL);
        else
            data_add_int(a, shape, NULL, v->size[i]);
    }
}

struct binding values_binding(struct session *s, const struct args *a)
{
    struct binding b = session_binding(s);
    if (b.b <= 0)
        b.b = 1;
    b.b = args_int(a, "--batch", b.b);
    b.s = args_int(a, "--len", b.s);
    b.t = args_int(a, "--target-len", args_int(a, "--len", b.t));
    return b;
}

void values_axes(struct str *out, const struct tensor *t)
{
    str_addc(out, '[');
    for (int i = 0; i < t->ndim; i++)
        str_addf(out, "%s%s%s%lld", i > 0 ? ", " : "", t->axis[i], t->axis[i][0] != 0 ? "=" : "",
                 (long long)t->shape[i]);
    str_addc(out, ']');
}

void values_symbols(struct str *out, const struct value_shape *v)
{
    str_addc(out, '[');
    for (int i = 0; i < v->ndim; i++)
        str_addf(out, "%s%s", i > 0 ? ", " : "", v->axis[i]);
    str_addc(out, ']');
}

void values_sizes(struct str *out, const struct value_shape *v)
{
    str_addc(out, '[');
    for (int i = 0; i < v->ndim; i++) {
        str_add(out, i > 0 ? ", " : "");
        if (v->size[i] < 0)
            str_addc(out, '?');
        else
            str_addf(out, "%lld", (long long)v->size[i]);
    }
    str_addc(out, ']');
}

void values_both(struct str *out, const struct value_shape *v)
{
    str_addc(out, '[');
    for (int i = 0; i < v->ndim; i++) {
        str_add(out, i > 0 ? ", " : "");
        str_add(out, v->axis[i]);
        if (v->size[i] >= 0) {
            str_addc(out, '=');
            str_add_int(out, v->size[i]);
        }
    }
    str_addc(out, ']');
}

/* The operand as its reader in the same layer would call it: "self.out" for "enc.0.self.out",
 * "resid_pre" for the norm of the layer before. */
static const char *near_name(const struct plan *p, int node, int operand)
{
    const char *mine = p->nodes[node].name, *best = p->nodes[operand].name;
    size_t same = 0;
    for (int i = p->nodes[operand].site; i >= 0; i = p->sites[i].next) {
        const char *name = p->sites[i].name;
        size_t shared = 0;
        for (size_t k = 0; mine[k] != 0 && mine[k] == name[k]; k++)
            if (mine[k] == '.')
                shared = k + 1;
        if (shared > same) {
            same = shared;
            best = name;
        }
    }
    const char *rest = best + same;
    return *rest >= '0' && *rest <= '9' ? best : rest;
}

void values_made_by(struct str *out, const struct plan *p, int node)
{
    const struct node *n = &p->nodes[node];
    const struct binding none = {1, 1, 1};
    const struct param *w = n->param[0] >= 0 ? &p->params[n->param[0]] : NULL;
    const char *x = n->in[0] >= 0 ? near_name(p, node, n->in[0]) : "",
               *y = n->in[1] >= 0 ? near_name(p, node, n->in[1]) : "";
    switch (n->op) {
    case OP_LINEAR:
        str_add(out, x);
        str_add(out, " W[");
        str_add_int(out, dim_size(p, w->shape[0], &none));
        str_addc(out, ',');
        str_add_int(out, dim_size(p, w->shape[1], &none));
        str_add(out, n->param[1] >= 0 ? "] + b" : "]");
        break;
    case OP_ADD:
        str_add(out, x);
        str_add(out, " + ");
        str_add(out, y);
        break;
    case OP_SCORES:
        str_addf(out, "%s %s^T / sqrt(%lld)%s", x, y,
                 (long long)dim_size(p, p->nodes[n->in[0]].shape[3], &none),
                 n->causal ? ", causal" : "");
        break;
    case OP_EMBED:
        str_addf(out, "%srows of E[%lld,%lld]", n->segments ? "by segment, " : "",
                 (long long)dim_size(p, w->shape[0], &none),
                 (long long)dim_size(p, w->shape[1], &none));
        if (n->scale != 1.0f)
            str_addf(out, " * %.4g", n->scale);
        break;
    case OP_POSITION:
        str_add(out, w != NULL && !w->formula ? "rows of a table" : "sin|cos of position");
        break;
    case OP_SOFTMAX:
        str_addf(out, "softmax(%s)", x);
        break;
    case OP_MIX:
        str_addf(out, "%s %s", x, y);
        break;
    case OP_NORM:
        str_addf(out, "layernorm(%s)", x);
        break;
    case OP_ACT:
        str_addf(out, "%s(%s)", k_act_name(n->act), x);
        break;
    case OP_POOL:
        str_addf(out, "%s(%s)", k_pool_name(n->pool), x);
        break;
    case OP_CONCAT:
        str_addf(out, "%s | %s", x, y);
        break;
    case OP_UNIT:
        str_addf(out, "%s / |%s|", x, x);
        break;
    default:
        plan_formula(p, node, out);
    }
}

void values_bytes(struct str *out, double n)
{
    static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB"};
    size_t i = 0;
    while (n >= 1024 && i + 1 < sizeof units / sizeof *units) {
        n /= 1024;
        i++;
    }
    if (n < 1e15) { /* what "%.1f" writes, without its cost: tables have thousands of these */
        int64_t tenths = (int64_t)rint(i == 0 ? n : 10 * n);
        str_add_int(out, i == 0 ? tenths : tenths / 10);
        if (i > 0) {
            str_addc(out, '.');
            str_addc(out, (char)('0' + tenths % 10));
        }
    } else {
        str_addf(out, "%.6g", n);
    }
    str_addc(out, ' ');
    str_add(out, units[i]);
}

const char *values_bytes_text(struct arena *a, double n)
{
    struct str t = STR_INIT;
    values_bytes(&t, n);
    const char *copy = arena_strdup(a, t.s);
    str_release(&t);
    return copy;
}

const char *values_grouped(struct arena *a, double d, int64_t n)
{
    if (n == INT64_MAX)
        return arena_printf(a, "%.6g", d);
    char *text = arena_printf(a, "%lld", (long long)n);
    size_t len = strlen(text), k = 0;
    char *out = arena_alloc(a, 2 * len + 1);
    for (size_t i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            out[k++] = ',';
        out[k++] = text[i];
    }
    return out;
}

/* ---- numbers --------------------------------------------------------------------------------- */

enum { WIDEST = 40 };

/* The digits at *p as a number up to WIDEST, -1 = none there. */
static int64_t digits(const char **p)
{
    int64_t n = -1;
    for (; **p >= '0' && **p <= '9'; ++*p)
        n = n > 1000000000 ? n : (n < 0 ? 0 : n) * 10 + (**p - '0');
    return n;
}

bool values_format(struct session *s, const char *letters, int64_t *count,
                   struct number_format *out, struct err *e)
{
    const char *p = letters;
    int64_t width = digits(&p), precision = -1;
    if (*p == '.') {
        p++;
        precision = digits(&p);
        precision = precision < 0 ? 0 : precision;
    }
    char letter = *p != 0 ? *p++ : 'g';
    if (*p != 0 || strchr("efgx", letter) == NULL)
        return err_set(e, ERR_COMMAND,
                       "/%s: a format is a width, a precision and one of e f g x, as in /8.3f",
                       letters);
    if (count != NULL) {
        *count = width < 0 ? 1 : width;
        width = -1;
        if (*count < 1 || *count > 1000000)
            return err_set(e, ERR_COMMAND, "/%s: the count must be 1 to 1000000", letters);
    }
    if (precision < 0)
        precision = s->settings.number[SET_PRECISION];
    if (width > WIDEST || precision > WIDEST)
        return err_set(e, ERR_COMMAND, "/%s: width and precision are at most %d", letters, WIDEST);
    out->asked = *letters != 0;
    if (letter == 'x')
        out->fmt[0] = 0;
    else
        snprintf(out->fmt, sizeof out->fmt, "%%%d.%d%c", width < 0 ? 0 : (int)width, (int)precision,
                 letter);
    if (letter != 'x' && width < 0)
        snprintf(out->fmt, sizeof out->fmt, "%%.%d%c", (int)precision, letter);
    return true;
}

void values_number(struct str *out, double v, const struct number_format *f)
{
    if (f->fmt[0] != 0) {
        char text[400]; /* %f of the largest double has 309 digits before the point */
        snprintf(text, sizeof text, f->fmt, v);
        str_add(out, text);
        return;
    }
    float x = (float)v;
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    str_addf(out, "0x%08x", bits);
}

int values_record(struct session *s, const struct tensor *t)
{
    return s->hooks.record != NULL ? s->hooks.record(s->hooks.ud, t) : 0;
}

/* ---- text ------------------------------------------------------------------------------------ */

bool values_glob(const char *pattern, const char *text)
{
    const char *star = NULL, *back = NULL;
    while (*text != 0) {
        int32_t cp;
        size_t n = strlen(text);
        if (*pattern == '*') {
            star = pattern++;
            back = text;
        } else if (*pattern == '?') {
            pattern++;
            text += utf8_decode(text, n, &cp);
        } else if (*pattern == *text) {
            pattern++;
            text++;
        } else if (star != NULL) {
            pattern = star + 1;
            back += utf8_decode(back, strlen(back), &cp);
            text = back;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == 0;
}

void values_codes(struct str *out, const char *s, size_t n)
{
    size_t begin = out->len;
    for (size_t i = 0; i < n;) {
        int32_t cp;
        int len = utf8_decode(s + i, n - i, &cp);
        str_add(out, out->len > begin ? " " : "");
        if (cp < 0)
            str_addf(out, "<0x%02X>", (unsigned char)s[i]);
        else
            str_addf(out, "U+%04X", (unsigned)cp);
        const char *name = cp >= 0 ? utf8_invisible_name(cp) : NULL;
        if (name != NULL)
            str_addf(out, " %s", name);
        i += (size_t)len;
    }
}
