/* Attention against plain double precision: strides, masks, slots, shared key heads, all sizes. */
#include "kernel_check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct shape {
    int64_t batch, heads, kv_heads, queries, keys, width, causal_from;
    int slots; /* 0 none, 1 one map for all positions, 2 one for each position, 3 one row for all */
    bool padding; /* some keys of some sequences are padding */
};

struct data {
    struct k_attn a;
    float *q, *k, *v, *scores, *pattern, *z, *fused;
    double *want_scores, *want_pattern, *want_z;
    int32_t *slot, *count;
    int64_t rows; /* of scores */
};

static int64_t row_at(const struct k_attn *a, int64_t i, int64_t b, int64_t h)
{
    return (i * a->batch + b) * a->heads + h;
}

/* q, k, v with the axes [position, batch, head, width] and gaps between positions. */
static struct data make(const struct shape *s)
{
    struct data d = {0};
    int64_t H = s->heads, K = s->width, KV = s->kv_heads, B = s->batch;
    int64_t qpos = B * H * K + 5, kpos = B * KV * K + 3;
    d.q = random_floats(s->queries * qpos, 1, 1);
    d.k = random_floats(s->keys * kpos, 1, 2);
    d.v = random_floats(s->keys * kpos, 1, 3);
    d.slot = calloc((size_t)(B * (s->keys + 1)), sizeof *d.slot);
    d.count = calloc((size_t)B, sizeof *d.count);
    for (int64_t j = 0; j <= s->keys; j++)
        for (int64_t b = 0; b < B; b++)
            d.slot[j * B + b] = (int32_t)((s->slots == 3 ? 1 : b * 3 + j * (s->slots == 2)) % B);
    for (int64_t b = 0; b < B; b++)
        d.count[b] = (int32_t)(b == 1 ? 0 : s->keys - b % (s->keys + 1));
    d.a = (struct k_attn){
        .batch = B,
        .heads = H,
        .kv_heads = KV,
        .queries = s->queries,
        .keys = s->keys,
        .width = K,
        .q = {d.q, qpos, H * K, K},
        .k = {d.k, kpos, KV * K, K},
        .v = {d.v, kpos, KV * K, K},
        .slot = s->slots ? d.slot : NULL,
        .slot_step = s->slots == 2 ? B : 0,
        .key_count = s->padding ? d.count : NULL,
        .causal_from = s->causal_from,
        .scale = 0.37f,
    };
    d.rows = s->queries * B * H;
    size_t cells = (size_t)(d.rows * s->keys + 1), out = (size_t)(d.rows * K + 1);
    d.scores = random_floats((int64_t)cells, 1, 5);
    d.pattern = random_floats((int64_t)cells, 1, 6);
    d.z = random_floats((int64_t)out, 1, 7);
    d.fused = random_floats((int64_t)out, 1, 8);
    d.want_scores = calloc(cells, sizeof(double));
    d.want_pattern = calloc(cells, sizeof(double));
    d.want_z = calloc(out, sizeof(double));
    return d;
}

static void drop(struct data *d)
{
    void *all[] = {d->q,    d->k,     d->v,           d->scores,       d->pattern,
                   d->z,    d->fused, d->want_scores, d->want_pattern, d->want_z,
                   d->slot, d->count};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
}

/* One row of scores, pattern and z by the definition. */
static void plain_row(struct data *d, int64_t i, int64_t b, int64_t h)
{
    const struct k_attn *a = &d->a;
    int64_t r = row_at(a, i, b, h), g = h / (a->heads / a->kv_heads);
    double *s = d->want_scores + r * a->keys, *p = d->want_pattern + r * a->keys;
    double *z = d->want_z + r * a->width, top = -INFINITY, sum = 0;
    for (int64_t j = 0; j < a->keys; j++) {
        int64_t row = a->slot ? a->slot[j * a->slot_step + b] : b;
        bool seen = (!a->key_count || j < a->key_count[b]) &&
                    (a->causal_from < 0 || j <= a->causal_from + i);
        double dot = 0;
        for (int64_t c = 0; c < a->width; c++)
            dot += (double)a->q.p[i * a->q.pos + b * a->q.batch + h * a->q.head + c] *
                   (double)a->k.p[j * a->k.pos + row * a->k.batch + g * a->k.head + c];
        s[j] = seen ? (double)a->scale * dot : -INFINITY;
        top = fmax(top, s[j]);
    }
    for (int64_t j = 0; j < a->keys; j++)
        sum += p[j] = top == -INFINITY ? 0 : exp(s[j] - top);
    memset(z, 0, (size_t)a->width * sizeof *z);
    for (int64_t j = 0; j < a->keys; j++) {
        int64_t row = a->slot ? a->slot[j * a->slot_step + b] : b;
        p[j] = sum > 0 ? p[j] / sum : 0;
        for (int64_t c = 0; c < a->width; c++)
            z[c] += p[j] * (double)a->v.p[j * a->v.pos + row * a->v.batch + g * a->v.head + c];
    }
}

static void check_shape(const struct shape *s)
{
    struct data d = make(s);
    struct k_attn *a = &d.a;
    int64_t n = a->keys, K = a->width, bh = a->batch * a->heads;
    float end = d.scores[d.rows * n], end_z = d.z[d.rows * K], end_f = d.fused[d.rows * K];
    k_attn_scores(a, (struct k_out){d.scores, bh * n, a->heads * n, n});
    k_softmax(d.pattern, n, d.scores, n, d.rows, n);
    k_attn_mix(a, (struct k_rows){d.pattern, bh * n, a->heads * n, n},
               (struct k_out){d.z, bh * K, a->heads * K, K});
    k_attn_fused(a, (struct k_out){d.fused, bh * K, a->heads * K, K});
    for (int64_t i = 0; i < a->queries; i++)
        for (int64_t b = 0; b < a->batch; b++)
            for (int64_t h = 0; h < a->heads; h++)
                plain_row(&d, i, b, h);
    char what[160];
    snprintf(what, sizeof what, "B %d H %d/%d Tq %d Tk %d K %d causal %d slots %d padding %d",
             (int)s->batch, (int)s->heads, (int)s->kv_heads, (int)s->queries, (int)s->keys,
             (int)s->width, (int)s->causal_from, s->slots, s->padding);
    check_close(what, d.scores, d.want_scores, d.rows * n, 2e-6, 4);
    check_close(what, d.pattern, d.want_pattern, d.rows * n, 5e-6, 0.1);
    check_close(what, d.z, d.want_z, d.rows * K, 5e-6, 1);
    check_close(what, d.fused, d.want_z, d.rows * K, 5e-6, 1);
    assert_true(end == d.scores[d.rows * n] && end_z == d.z[d.rows * K]);
    assert_true(end_f == d.fused[d.rows * K]);
    drop(&d);
}

static void test_attn__small_shapes(void **state)
{
    (void)state;
    const int64_t queries[] = {1, 3, 7}, keys[] = {1, 5, 17}, widths[] = {1, 5, 16, 64, 67};
    FOR_EACH_ISA(isa)
    for (int q = 0; q < 3; q++)
        for (int k = 0; k < 3; k++)
            for (int w = 0; w < 5; w++)
                for (int slots = 0; slots < 4; slots++)
                    for (int mask = 0; mask < 4; mask++)
                        check_shape(&(struct shape){.batch = 3,
                                                    .heads = 4,
                                                    .kv_heads = w % 2 ? 2 : 4,
                                                    .queries = queries[q],
                                                    .keys = keys[k],
                                                    .width = widths[w],
                                                    .causal_from = mask & 1 ? keys[k] - 2 : -1,
                                                    .slots = slots,
                                                    .padding = mask & 2});
}

static void test_attn__long(void **state)
{
    (void)state;
    FOR_EACH_ISA(isa)
    {
        check_shape(&(struct shape){1, 2, 2, 130, 130, 32, 0, 0, false});
        check_shape(&(struct shape){1, 1, 1, 97, 211, 33, -1, 0, false});
        check_shape(&(struct shape){2, 2, 1, 61, 75, 64, 14, 1, true});
        check_shape(&(struct shape){2, 2, 2, 50, 75, 8, -1, 2, true});
        check_shape(&(struct shape){1, 1, 1, 2, 20000, 8, -1, 0, false});
    }
}

/* Units of work differ with the number of threads, sums do not. */
static void test_attn__threads_do_not_matter(void **state)
{
    (void)state;
    struct shape s = {1, 2, 2, 200, 220, 32, 20, 0, false};
    int before = k_threads();
    FOR_EACH_ISA(isa)
    {
        struct data one = make(&s), four = make(&s);
        int64_t K = s.width, pos = s.heads * K;
        k_set_threads(1);
        k_attn_fused(&one.a, (struct k_out){one.z, pos, pos, K});
        k_set_threads(4);
        k_attn_fused(&four.a, (struct k_out){four.z, pos, pos, K});
        assert_memory_equal(one.z, four.z, (size_t)(one.rows * K) * sizeof *one.z);
        drop(&one);
        drop(&four);
    }
    k_set_threads(before);
}

static void test_attn__empty(void **state)
{
    (void)state;
    FOR_EACH_ISA(isa)
    {
        check_shape(&(struct shape){2, 2, 2, 3, 0, 8, -1, 0, false}); /* no keys: z is 0 */
        check_shape(&(struct shape){2, 2, 2, 0, 3, 8, -1, 0, false});
        check_shape(&(struct shape){0, 2, 2, 3, 3, 8, -1, 0, false});
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_attn__small_shapes),
        cmocka_unit_test(test_attn__long),
        cmocka_unit_test(test_attn__threads_do_not_matter),
        cmocka_unit_test(test_attn__empty),
    };
    return cmocka_run_group_tests_name("tensor/attn", tests, NULL, NULL);
}
