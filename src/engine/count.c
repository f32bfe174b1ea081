/* Counts as sums of products of symbols. */
#include "engine/count.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ops.h"

struct product product_of(struct dim d)
{
    return product_times((struct product){.k = 1}, d);
}

struct product product_times(struct product x, struct dim d)
{
    const int symbols[] = {d.a, d.b};
    if (__builtin_mul_overflow(x.k, d.k, &x.k))
        x.k = INT64_MAX;
    for (int i = 0; i < 2; i++)
        if (symbols[i] != SYM_ONE) {
            assert(x.n < PRODUCT_SYMBOLS);
            x.symbol[x.n++] = symbols[i];
        }
    return x;
}

struct product count_value(const struct plan *p, int node)
{
    struct product x = {.k = 1};
    for (int i = 0; i < p->nodes[node].ndim; i++)
        x = product_times(x, p->nodes[node].shape[i]);
    return x;
}

struct product count_param(const struct plan *p, int param)
{
    struct product x = {.k = 1};
    for (int i = 0; i < p->params[param].ndim; i++)
        x = product_times(x, p->params[param].shape[i]);
    return x;
}

struct product count_flops(const struct plan *p, int node)
{
    const struct node *n = &p->nodes[node];
    return product_times(count_value(p, node), op_rows[n->op]->flops(p, n));
}

/* ---- sums ------------------------------------------------------------------------------------ */

/* The same symbols, each as often; their order is how the formula is read, no more. */
static bool alike(const struct product *x, const struct product *y)
{
    bool used[PRODUCT_SYMBOLS] = {false};
    if (x->n != y->n)
        return false;
    for (int i = 0; i < x->n; i++) {
        int k = 0;
        while (k < y->n && (used[k] || y->symbol[k] != x->symbol[i]))
            k++;
        if (k == y->n)
            return false;
        used[k] = true;
    }
    return true;
}

void sum_add(struct sum *s, struct product x)
{
    for (size_t i = 0; i < s->n; i++)
        if (alike(&s->terms[i], &x)) {
            if (__builtin_add_overflow(s->terms[i].k, x.k, &s->terms[i].k))
                s->terms[i].k = INT64_MAX;
            return;
        }
    if (x.k != 0)
        ARRAY_PUSH(s->terms, s->n, s->cap) = x;
}

void sum_add_all(struct sum *s, const struct sum *x, int64_t times)
{
    for (size_t i = 0; i < x->n; i++)
        sum_add(s, product_times(x->terms[i], dim_const(times)));
}

bool sum_equal(const struct sum *x, const struct sum *y)
{
    if (x->n != y->n)
        return false;
    for (size_t i = 0; i < x->n; i++)
        if (x->terms[i].k != y->terms[i].k || !alike(&x->terms[i], &y->terms[i]))
            return false;
    return true;
}

void sum_release(struct sum *s)
{
    free(s->terms);
    *s = (struct sum){0};
}

/* ---- text and numbers ------------------------------------------------------------------------ */

static int64_t symbol_size(const struct plan *p, int symbol, const struct binding *b)
{
    return dim_size(p, dim_sym(symbol), b);
}

/* `b` NULL: letters alone. */
static void write_sum(const struct plan *p, const struct sum *s, const struct binding *b,
                      struct str *out)
{
    if (s->n == 0)
        str_addc(out, '0');
    for (size_t i = 0; i < s->n; i++) {
        const struct product *x = &s->terms[i];
        str_add(out, i > 0 ? " + " : "");
        bool first = true;
        if (x->k != 1 || x->n == 0) {
            str_addf(out, "%lld", (long long)x->k);
            first = false;
        }
        for (int k = 0; k < x->n; k++) {
            int64_t size = b != NULL ? symbol_size(p, x->symbol[k], b) : 0;
            str_add(out, first ? "" : "*");
            first = false;
            if (size > 0)
                str_addf(out, "%lld", (long long)size);
            else
                str_add(out, p->symbols[x->symbol[k]].name);
        }
    }
}

void sum_formula(const struct plan *p, const struct sum *s, struct str *out)
{
    write_sum(p, s, NULL, out);
}

void sum_numbers(const struct plan *p, const struct sum *s, const struct binding *b,
                 struct str *out)
{
    write_sum(p, s, b, out);
}

bool sum_known(const struct plan *p, const struct sum *s, const struct binding *b)
{
    for (size_t i = 0; i < s->n; i++)
        for (int k = 0; k < s->terms[i].n; k++)
            if (symbol_size(p, s->terms[i].symbol[k], b) <= 0)
                return false;
    return true;
}

double sum_value(const struct plan *p, const struct sum *s, const struct binding *b, int64_t *whole)
{
    double total = 0;
    int64_t exact = 0;
    bool fits = true;
    for (size_t i = 0; i < s->n; i++) {
        const struct product *x = &s->terms[i];
        double d = (double)x->k;
        int64_t n = x->k;
        for (int k = 0; k < x->n; k++) {
            int64_t size = symbol_size(p, x->symbol[k], b);
            d *= (double)size;
            fits = fits && !__builtin_mul_overflow(n, size, &n);
        }
        total += d;
        fits = fits && !__builtin_add_overflow(exact, n, &exact);
    }
    if (whole != NULL)
        *whole = fits ? exact : INT64_MAX;
    return total;
}
