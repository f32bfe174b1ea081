/* Every named site of every tiny model of every family against the reference library's values, whole and
 * decoded token by token with the cache; the test stops at the first site (in order of execution)
 * that is out of tolerance and names it. The cell rule of each operation is held against the same
 * values. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/run.h"
#include "session/model.h"

static const char *const roots[] = {"tests/golden/marian", "tests/golden/bert"};
#define TOLERANCE 1e-5        /* of the tensor's largest value */
#define LOGITS_TOLERANCE 1e-4 /* absolute */

struct golden {
    struct model *model;
    struct weights *expected;
    int32_t source[512], segments[512], target[512];
    int64_t nsource, ntarget;
};

static int64_t read_ids(json_t *meta, const char *key, int32_t *out)
{
    json_t *value = json_object_get(meta, key);
    if (value == NULL)
        return 0;
    json_t *list = json_loads(json_string_value(value), 0, NULL);
    assert_non_null(list);
    int64_t n = (int64_t)json_array_size(list);
    for (int64_t i = 0; i < n; i++)
        out[i] = (int32_t)json_integer_value(json_array_get(list, (size_t)i));
    json_decref(list);
    return n;
}

static void open_golden(struct golden *g, const char *dir)
{
    struct err e = ERR_INIT;
    char *path = mem_printf("%s/expected.safetensors", dir);
    if (!model_open(dir, &g->model, &e) || !weights_open(path, &g->expected, &e))
        fail_msg("%s: %s", dir, e.msg);
    size_t n;
    char *bytes = file_read(path, 1 << 26, &n, &e);
    uint64_t header;
    memcpy(&header, bytes, 8);
    json_t *root = json_loadb(bytes + 8, header, 0, NULL);
    json_t *meta = json_object_get(root, "__metadata__");
    g->nsource = read_ids(meta, "source_ids", g->source);
    g->ntarget = read_ids(meta, "decoder_ids", g->target);
    read_ids(meta, "segments", g->segments);
    assert_true(g->nsource >= 4);
    assert_true(g->ntarget >= 4 || !plan_decodes(g->model->plan));
    for (size_t i = 0; i < weights_count(g->expected); i++)
        if (plan_site(g->model->plan, weights_at(g->expected, i)->name) < 0)
            fail_msg("%s: the plan has no site %s", dir, weights_at(g->expected, i)->name);
    json_decref(root);
    free(bytes);
    free(path);
}

static void close_golden(struct golden *g)
{
    weights_free(g->expected);
    model_free(g->model);
}

/* The largest difference as a share of the largest value; masked cells must be masked in both. */
static double difference(const struct tensor *got, const struct tensor *want, int64_t *worst)
{
    struct tensor a, b;
    struct err e = ERR_INIT;
    assert_true(tensor_to_f32(got, &a, &e) && tensor_to_f32(want, &b, &e));
    const float *x = tensor_f32(&a), *y = tensor_f32(&b);
    double largest = 1e-30, diff = 0;
    *worst = 0;
    for (int64_t i = 0; i < tensor_count(&b); i++) {
        double d = isinf(x[i]) && x[i] == y[i] ? 0 : fabs((double)x[i] - y[i]);
        if (isfinite(y[i]))
            largest = fmax(largest, fabs((double)y[i]));
        if (!(d <= diff)) {
            diff = d;
            *worst = i;
        }
    }
    tensor_unref(&a);
    tensor_unref(&b);
    return diff / largest;
}

static void compare_site(struct run *r, const struct golden *g, const struct site *site,
                         const char *dir)
{
    struct err e = ERR_INIT;
    const struct weight *want = weights_find(g->expected, site->name);
    if (want == NULL)
        fail_msg("%s: the golden file has no %s", dir, site->name);
    struct tensor got;
    if (!run_value(r, site->node, &got, &e))
        fail_msg("%s: %s: %s", dir, site->name, e.msg);
    assert_int_equal(got.ndim, want->t.ndim);
    for (int i = 0; i < got.ndim; i++)
        if (got.shape[i] != want->t.shape[i])
            fail_msg("%s: %s: axis %d is %lld, the reference has %lld", dir, site->name, i,
                     (long long)got.shape[i], (long long)want->t.shape[i]);
    int64_t worst;
    double d = difference(&got, &want->t, &worst);
    const char *dot = strrchr(site->name, '.'), *leaf = dot != NULL ? dot + 1 : site->name;
    if (!(d <= (strcmp(leaf, "logits") == 0 ? LOGITS_TOLERANCE : TOLERANCE)))
        fail_msg(
            "%s: first wrong site is %s: difference %.3g of the largest value, at flat index %lld",
            dir, site->name, d, (long long)worst);
    tensor_unref(&got);
}

static struct run *new_run(struct golden *g, enum keep keep)
{
    struct err e = ERR_INIT;
    struct run_input in = {.ids = g->source,
                           .segments = g->model->plan->segments > 0 ? g->segments : NULL,
                           .batch = 1,
                           .length = g->nsource,
                           .beams = 1};
    struct run *r = run_new(g->model->plan, g->model->params, &in, &e);
    if (r == NULL || !run_keep(r, keep, 64, INT64_MAX, &e))
        fail_msg("%s", e.msg);
    return r;
}

static void pass(struct run *r, const int32_t *ids, int64_t n)
{
    struct err e = ERR_INIT;
    if (!run_pass(r, ids, n, &e) || run_all(r, &e) != RUN_DONE)
        fail_msg("%s", e.msg);
}

static void check_cells(struct run *r, const char *dir)
{
    const struct plan *p = run_plan(r);
    unsigned seed = 7;
    for (int node = 0; node < p->nnodes; node++) {
        struct err e = ERR_INIT;
        struct tensor t;
        assert_true(run_value(r, node, &t, &e));
        struct tensor_stats s;
        tensor_stats(&t, &s);
        double scale = fmax(fmax(fabs(s.min), fabs(s.max)), 1e-6);
        for (int k = 0; k < 5; k++) {
            int64_t at[NODE_DIMS];
            for (int i = 0; i < t.ndim; i++)
                at[i] = (int64_t)((seed = seed * 1103515245u + 12345u) >> 8) % t.shape[i];
            double want, have = tensor_get(&t, at);
            assert_true(run_cell(r, node, at, &want, NULL, &e));
            bool masked = isinf(want) && isinf(have);
            if (!masked && !(fabs(want - have) <= 1e-5 * scale))
                fail_msg("%s: cell rule of %s gives %.9g, stored is %.9g", dir, p->nodes[node].name,
                         want, have);
        }
        tensor_unref(&t);
    }
}

/* Each folder of the goldens. */
static void each_of(const char *root, void (*f)(struct golden *, const char *))
{
    DIR *d = opendir(root);
    assert_non_null(d);
    int n = 0;
    for (struct dirent *entry = readdir(d); entry != NULL; entry = readdir(d)) {
        if (entry->d_name[0] == '.')
            continue;
        char *dir = mem_printf("%s/%s", root, entry->d_name);
        struct golden g;
        open_golden(&g, dir);
        f(&g, dir);
        close_golden(&g);
        free(dir);
        n++;
    }
    closedir(d);
    assert_true(n > 0);
}

static void each(void (*f)(struct golden *, const char *))
{
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        each_of(roots[i], f);
}

static void whole(struct golden *g, const char *dir)
{
    struct run *r = new_run(g, KEEP_ALL);
    pass(r, g->target, g->ntarget);
    for (int i = 0; i < g->model->plan->nsites; i++)
        compare_site(r, g, &g->model->plan->sites[i], dir);
    check_cells(r, dir);
    run_free(r);
}

static void cached(struct golden *g, const char *dir)
{
    for (int64_t first = 1; first <= g->ntarget; first++) {
        struct run *r = new_run(g, KEEP_ALL);
        pass(r, g->target, first);
        for (int64_t i = first; i < g->ntarget; i++)
            pass(r, g->target + i, 1);
        for (int i = 0; i < g->model->plan->nsites; i++)
            compare_site(r, g, &g->model->plan->sites[i], dir);
        run_free(r);
    }
}

/* With nothing kept attention runs fused and buffers are shared: the logits must be the same. */
static void unkept(struct golden *g, const char *dir)
{
    if (!plan_decodes(g->model->plan))
        return;
    struct run *r = new_run(g, KEEP_NONE);
    const struct weight *want = weights_find(g->expected, "logits");
    for (int64_t i = 0; i < g->ntarget; i++) {
        pass(r, g->target + i, 1);
        const float *x = run_logits(r, 0);
        for (int64_t v = 0; v < want->t.shape[2]; v++) {
            const int64_t at[] = {0, i, v};
            if (!(fabs(x[v] - tensor_get(&want->t, at)) <= LOGITS_TOLERANCE))
                fail_msg("%s: logit %lld of position %lld is %.9g without keeping, the reference "
                         "has %.9g",
                         dir, (long long)v, (long long)i, x[v], tensor_get(&want->t, at));
        }
    }
    run_free(r);
}

/* One value alone is asked for: what it does not need is not computed, and it is the same. */
static void alone(struct golden *g, const char *dir)
{
    const struct plan *p = g->model->plan;
    for (int i = 0; i < p->nsites; i++) {
        struct run *r = new_run(g, KEEP_NONE);
        run_keep_node(r, p->sites[i].node);
        run_narrow(r);
        pass(r, g->target, g->ntarget);
        compare_site(r, g, &p->sites[i], dir);
        for (int k = p->sites[i].node + 1; k < p->nnodes; k++)
            assert_true(plan_decodes(p) || !run_computed(r, k)); /* a cache is always filled */
        run_free(r);
    }
}

static void test_sites__whole_pass(void **state)
{
    (void)state;
    each(whole);
}

static void test_sites__cached(void **state)
{
    (void)state;
    each(cached);
}

static void test_sites__nothing_kept(void **state)
{
    (void)state;
    each(unkept);
}

static void test_sites__one_alone(void **state)
{
    (void)state;
    each(alone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sites__whole_pass),
        cmocka_unit_test(test_sites__cached),
        cmocka_unit_test(test_sites__nothing_kept),
        cmocka_unit_test(test_sites__one_alone),
    };
    return cmocka_run_group_tests_name("sites", tests, NULL, NULL);
}
