/* Sentence encoders: the vector of every kind of pooling, with and without dense layers and
 * scaling, against sentence-transformers; alone, in a padded batch, and cell by cell. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/run.h"
#include "session/model.h"

#define ROOT "tests/golden/sentence"
#define MOST 16

struct golden {
    struct model *model;
    struct weights *want;
    int64_t b, s;
    int32_t ids[MOST * MOST], lengths[MOST];
};

static double number(const struct weights *w, const char *name, int64_t i, int64_t j)
{
    const struct weight *x = weights_find(w, name);
    const int64_t at[] = {i, j};
    assert_non_null(x);
    return dtype_load(x->t.dtype, (char *)x->t.data + (size_t)(at[0] * x->t.shape[1] + at[1]) *
                                                          dtype_size(x->t.dtype));
}

static void open_golden(struct golden *g, const char *dir)
{
    struct err e = ERR_INIT;
    char *path = mem_printf("%s/expected.safetensors", dir);
    if (!model_open(dir, &g->model, &e) || !weights_open(path, &g->want, &e))
        fail_msg("%s: %s", dir, e.msg);
    free(path);
    const struct weight *ids = weights_find(g->want, "source_ids");
    g->b = ids->t.shape[0];
    g->s = ids->t.shape[1];
    assert_true(g->b * g->s <= MOST * MOST);
    for (int64_t i = 0; i < g->b; i++) {
        g->lengths[i] = 0;
        for (int64_t j = 0; j < g->s; j++) {
            g->ids[i * g->s + j] = (int32_t)number(g->want, "source_ids", i, j);
            g->lengths[i] += number(g->want, "source_mask", i, j) != 0;
        }
    }
}

static struct run *compute(const struct golden *g, int64_t row, int64_t b, int64_t s,
                           const int32_t *lengths)
{
    struct err e = ERR_INIT;
    struct run_input in = {
        .ids = g->ids + row * g->s, .batch = b, .length = s, .lengths = lengths, .beams = 1};
    struct run *r = run_new(g->model->plan, g->model->params, &in, &e);
    if (r == NULL || !run_keep(r, KEEP_ALL, 1, INT64_MAX, &e) || !run_pass(r, NULL, 0, &e) ||
        run_all(r, &e) != RUN_DONE)
        fail_msg("%s", e.msg);
    return r;
}

/* The vectors of a run against rows `row` and on. */
static void compare(struct run *r, const struct golden *g, int64_t row, const char *dir)
{
    const struct plan *p = g->model->plan;
    struct err e = ERR_INIT;
    struct tensor t;
    int site = plan_site(p, "embedding");
    assert_true(site >= 0);
    assert_true(run_value(r, p->sites[site].node, &t, &e));
    assert_int_equal(t.ndim, 2);
    assert_int_equal(t.shape[1], weights_find(g->want, "embedding")->t.shape[1]);
    double largest = 1e-30, worst = 0;
    for (int64_t i = 0; i < t.shape[0]; i++)
        for (int64_t j = 0; j < t.shape[1]; j++) {
            const int64_t at[] = {i, j};
            double want = number(g->want, "embedding", row + i, j);
            largest = fmax(largest, fabs(want));
            worst = fmax(worst, fabs(want - tensor_get(&t, at)));
        }
    tensor_unref(&t);
    if (!(worst <= 1e-5 * largest))
        fail_msg("%s: the vector differs by %.3g of its largest number", dir, worst / largest);
}

/* The cell rule of everything after the encoder. */
static void check_cells(struct run *r, const char *dir)
{
    const struct plan *p = run_plan(r);
    for (int node = p->enc_out + 1; node < p->nnodes; node++) {
        struct err e = ERR_INIT;
        struct tensor t;
        assert_true(run_value(r, node, &t, &e));
        for (int64_t j = 0; j < t.shape[1]; j++) {
            const int64_t at[NODE_DIMS] = {t.shape[0] - 1, j};
            double want;
            assert_true(run_cell(r, node, at, &want, NULL, &e));
            if (!(fabs(want - tensor_get(&t, at)) <= 1e-5 * fmax(1, fabs(want))))
                fail_msg("%s: %s[%lld]: %.9g by the cell rule", dir, p->nodes[node].name,
                         (long long)j, want);
        }
        tensor_unref(&t);
    }
}

static void one(const char *dir)
{
    struct golden g = {0};
    open_golden(&g, dir);
    struct run *all = compute(&g, 0, g.b, g.s, g.lengths);
    compare(all, &g, 0, dir);
    check_cells(all, dir);
    run_free(all);
    for (int64_t b = 0; b < g.b; b++) {
        struct run *r = compute(&g, b, 1, g.lengths[b], NULL);
        compare(r, &g, b, dir);
        run_free(r);
    }
    weights_free(g.want);
    model_free(g.model);
}

static void test_sentence__every_folder(void **state)
{
    (void)state;
    DIR *d = opendir(ROOT);
    assert_non_null(d);
    int n = 0;
    for (struct dirent *entry = readdir(d); entry != NULL; entry = readdir(d)) {
        if (entry->d_name[0] == '.')
            continue;
        char *dir = mem_printf(ROOT "/%s", entry->d_name);
        one(dir);
        free(dir);
        n++;
    }
    closedir(d);
    assert_int_equal(n, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sentence__every_folder)};
    return cmocka_run_group_tests_name("sentence", tests, NULL, NULL);
}
