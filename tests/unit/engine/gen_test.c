/* Rules, greedy and beam search, sampling and the book of choices, on made-up logits. What
 * transformers chooses from the same logits lies in tests/golden/choices.jsonl
 * (scripts/golden/choices.py). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/random.h"
#include "engine/gen_internal.h"
#include "tensor/kernels.h"

enum { VOCAB = 24, START = 23, PAD = 22, MAX_ROWS = 16 };

/* The same as logit() of scripts/golden/choices.py. */
static float made_up(uint32_t seed, uint32_t previous, uint32_t length, uint32_t token)
{
    uint32_t h =
        seed * 2654435761u + previous * 40503u + length * 69069u + token * 1566083941u + 12345u;
    h ^= h >> 15;
    h *= 2246822519u;
    h ^= h >> 13;
    h *= 3266489917u;
    h ^= h >> 16;
    return (float)(((int)(h % 8000009) - 4000004) / 1e6 + (token == 0 ? 1.5 : 0));
}

/* Logits of all rows after the choices made so far. */
static void fill(const struct decoder *d, uint32_t seed, float *buffer, const float **rows)
{
    int64_t n = (int64_t)d->nrecords;
    int32_t *ids = mem_alloc((size_t)(d->nprompt + n) * sizeof *ids);
    for (int64_t r = 0; r < d->rows; r++) {
        int64_t length = decoder_history(d, n, r, ids);
        rows[r] = buffer + r * d->vocab;
        for (int64_t v = 0; v < d->vocab; v++) {
            buffer[r * d->vocab + v] =
                made_up(seed, (uint32_t)ids[length - 1], (uint32_t)length, (uint32_t)v);
        }
    }
    free(ids);
}

static void step(struct decoder *d, uint32_t seed)
{
    float *buffer = mem_alloc((size_t)(d->rows * d->vocab) * sizeof *buffer);
    const float *rows[MAX_ROWS];
    struct err e = ERR_INIT;
    assert_true(d->rows <= MAX_ROWS);
    fill(d, seed, buffer, rows);
    if (!decoder_choose(d, rows, &e)) {
        fail_msg("%s", e.msg);
    }
    free(buffer);
}

static void finish(struct decoder *d, uint32_t seed)
{
    while (!decoder_over(d)) {
        step(d, seed);
    }
}

static struct gen_rules plain_rules(void)
{
    return (struct gen_rules){.start = START,
                              .pad = PAD,
                              .eos = {0},
                              .neos = 1,
                              .banned = {PAD},
                              .nbanned = 1,
                              .forced_bos = -1,
                              .forced_eos = -1};
}

static void make(struct decoder *d, const struct gen_rules *rules, const struct gen_options *o,
                 int64_t batch)
{
    struct err e = ERR_INIT;
    if (!decoder_init(d, rules, o, VOCAB, batch, 64, &e)) {
        fail_msg("%s", e.msg);
    }
}

static void drop(struct gen_hypothesis *h, int n)
{
    for (int i = 0; i < n; i++) {
        free(h[i].ids);
    }
    free(h);
}

/* ---- against transformers ------------------------------------------------------------------- */

static int64_t number(const json_t *row, const char *key)
{
    return json_integer_value(json_object_get(row, key));
}

static int ids_of(const json_t *list, int32_t *out)
{
    int n = (int)json_array_size(list);
    for (int i = 0; i < n; i++) {
        out[i] = (int32_t)json_integer_value(json_array_get(list, (size_t)i));
    }
    return n;
}

static void check_found(const json_t *found, const struct gen_hypothesis *h, int n,
                        const char *line)
{
    if ((int)json_array_size(found) != n) {
        fail_msg("%d hypotheses: %s", n, line);
    }
    for (int i = 0; i < n; i++) {
        const json_t *want = json_array_get(found, (size_t)i);
        int32_t ids[64];
        int len = ids_of(json_object_get(want, "ids"), ids);
        double score = json_number_value(json_object_get(want, "score"));
        bool same = h[i].n == len && memcmp(h[i].ids, ids, (size_t)len * sizeof *ids) == 0;
        if (!same || fabs(h[i].score - score) > 2e-5 * (1 + fabs(score)) ||
            h[i].eos != json_is_true(json_object_get(want, "eos"))) {
            fail_msg("hypothesis %d (of %lld tokens, %f) differs: %s", i, (long long)h[i].n,
                     h[i].score, line);
        }
    }
}

static void one_case(const json_t *row, const char *line)
{
    struct gen_rules rules = plain_rules();
    struct gen_options o = gen_defaults();
    int32_t prefix[16];
    const json_t *early = json_object_get(row, "early");
    rules.neos = ids_of(json_object_get(row, "eos"), rules.eos);
    rules.nbanned = ids_of(json_object_get(row, "banned"), rules.banned);
    rules.forced_bos = (int32_t)number(row, "forced_bos");
    rules.forced_eos = (int32_t)number(row, "forced_eos");
    rules.renormalize = json_is_true(json_object_get(row, "renormalize"));
    o.width = (int)number(row, "width");
    o.search = o.width > 0 ? SEARCH_BEAM : SEARCH_GREEDY;
    o.max_new = number(row, "max_new");
    o.min_new = number(row, "min_new");
    o.length_penalty = json_number_value(json_object_get(row, "penalty"));
    o.early = json_is_string(early) ? EARLY_NEVER : json_is_true(early) ? EARLY_TRUE : EARLY_FALSE;
    o.nprefix = ids_of(json_object_get(row, "prefix"), prefix);
    o.prefix = prefix;
    struct decoder d;
    make(&d, &rules, &o, 1);
    finish(&d, (uint32_t)number(row, "seed"));
    struct gen_hypothesis *h;
    int n = decoder_results(&d, &h);
    check_found(json_object_get(row, "found"), h, n, line);
    drop(h, n);
    decoder_release(&d);
}

static void as_transformers(void **state)
{
    (void)state;
    FILE *f = fopen("tests/golden/choices.jsonl", "r");
    char *line = NULL;
    size_t cap = 0;
    int n = 0;
    assert_non_null(f);
    while (getline(&line, &cap, f) > 0) {
        json_t *row = json_loads(line, 0, NULL);
        assert_non_null(row);
        one_case(row, line);
        json_decref(row);
        n++;
    }
    assert_true(n > 200);
    free(line);
    fclose(f);
}

/* ---- the book of choices -------------------------------------------------------------------- */

static void same_results(const struct decoder *a, const struct decoder *b)
{
    struct gen_hypothesis *x, *y;
    int n = decoder_results(a, &x), m = decoder_results(b, &y);
    assert_int_equal(n, m);
    for (int i = 0; i < n; i++) {
        assert_int_equal(x[i].n, y[i].n);
        assert_memory_equal(x[i].ids, y[i].ids, (size_t)x[i].n * sizeof *x[i].ids);
        assert_true(x[i].score == y[i].score);
    }
    drop(x, n);
    drop(y, m);
}

/* Forgetting choices and making them again gives what was there, whatever the search. */
static void again_is_the_same(void **state)
{
    (void)state;
    for (int search = SEARCH_GREEDY; search <= SEARCH_SAMPLE; search++) {
        struct gen_rules rules = plain_rules();
        struct gen_options o = gen_defaults();
        o.search = (enum search)search;
        o.width = 3;
        o.max_new = 10;
        o.min_new = 6;
        o.seed = 5;
        struct decoder d, copy;
        make(&d, &rules, &o, 1);
        finish(&d, 9);
        int64_t n = (int64_t)d.nrecords;
        assert_true(n >= 6);
        for (int64_t k = 0; k < n; k++) {
            decoder_copy(&copy, &d);
            decoder_truncate(&copy, k);
            assert_false(decoder_over(&copy));
            finish(&copy, 9);
            same_results(&d, &copy);
            decoder_release(&copy);
        }
        decoder_release(&d);
    }
}

static void batch_is_single(void **state)
{
    (void)state;
    struct gen_rules rules = plain_rules();
    struct gen_options o = gen_defaults();
    o.max_new = 12;
    struct decoder d, single;
    make(&d, &rules, &o, 4);
    float buffer[4 * VOCAB];
    const float *rows[4];
    struct err e = ERR_INIT;
    int32_t ids[32];
    while (!decoder_over(&d)) {
        for (int64_t r = 0; r < 4; r++) { /* each sentence has logits of its own */
            int64_t n = decoder_history(&d, (int64_t)d.nrecords, r, ids);
            rows[r] = buffer + r * VOCAB;
            for (uint32_t v = 0; v < VOCAB; v++) {
                buffer[r * VOCAB + v] =
                    made_up((uint32_t)r + 20, (uint32_t)ids[n - 1], (uint32_t)n, v);
            }
        }
        assert_true(decoder_choose(&d, rows, &e));
    }
    struct gen_hypothesis *h, *one;
    assert_int_equal(decoder_results(&d, &h), 4);
    int64_t shortest = h[0].n, longest = h[0].n;
    for (int r = 0; r < 4; r++) {
        make(&single, &rules, &o, 1);
        finish(&single, (uint32_t)r + 20);
        assert_int_equal(decoder_results(&single, &one), 1);
        assert_int_equal(one[0].n, h[r].n);
        assert_memory_equal(one[0].ids, h[r].ids, (size_t)h[r].n * sizeof *h[r].ids);
        assert_true(one[0].score == h[r].score && one[0].eos == h[r].eos);
        shortest = h[r].n < shortest ? h[r].n : shortest;
        longest = h[r].n > longest ? h[r].n : longest;
        drop(one, 1);
        decoder_release(&single);
    }
    assert_true(shortest < longest); /* or padding was never fed */
    drop(h, 4);
    decoder_release(&d);
}

/* Each beam record: rows first, their parents and sums right, pruned ones kept. */
static void beams_are_recorded(void **state)
{
    (void)state;
    struct gen_rules rules = plain_rules();
    struct gen_options o = gen_defaults();
    o.search = SEARCH_BEAM;
    o.width = 4;
    o.max_new = 8;
    o.candidates = 5;
    struct decoder d;
    make(&d, &rules, &o, 1);
    finish(&d, 2);
    int pruned = 0;
    for (size_t i = 0; i < d.nrecords; i++) {
        const struct gen_step *s = &d.records[i].step;
        assert_true(s->nbeams >= 8 && s->nbeams <= 12);
        assert_int_equal(s->position, (int64_t)i);
        assert_int_equal(s->ncandidates, 5);
        int alive = 0, ended = 0;
        for (int b = 0; b < s->nbeams; b++) {
            const struct gen_beam *beam = &s->beams[b];
            assert_true(beam->parent >= 0 && beam->parent < 4);
            alive += beam->alive;
            ended += beam->finished;
            pruned += !beam->alive && !beam->finished;
            assert_true(!beam->alive || b < 4);
            if (beam->finished) {
                assert_int_equal(beam->id, i + 1 == (size_t)o.max_new ? beam->id : 0);
                assert_true(fabs(beam->ranked - beam->score / (double)(i + 1)) < 1e-12);
            }
            if (i > 0) {
                assert_true(beam->score <= d.records[i - 1].rows[beam->parent].score);
            }
        }
        assert_true(alive <= 4 && alive + ended > 0);
    }
    assert_true(pruned > 0);
    assert_true(d.records[d.nrecords - 1].nends == 4);
    decoder_release(&d);
}

static void a_chosen_token_is_taken(void **state)
{
    (void)state;
    struct gen_rules rules = plain_rules();
    struct gen_options o = gen_defaults();
    o.max_new = 5;
    o.candidates = VOCAB;
    struct decoder d;
    make(&d, &rules, &o, 1);
    step(&d, 1);
    d.pick = PAD; /* forbidden to the search, not to the user */
    step(&d, 1);
    d.pick = -1;
    assert_int_equal(d.records[1].step.id, PAD);
    assert_true(d.records[1].step.forced && !d.records[0].step.forced);
    finish(&d, 1);
    struct gen_hypothesis *h;
    assert_int_equal(decoder_results(&d, &h), 1);
    assert_int_equal(h[0].ids[1], PAD);
    const struct gen_step *s = &d.records[1].step;
    double sum = 0;
    assert_int_equal(s->ncandidates, VOCAB);
    for (int i = 0; i < s->ncandidates; i++) {
        sum += exp(s->candidates[i].logp);
        assert_int_equal(s->candidates[i].banned, s->candidates[i].id == PAD);
        assert_true(i == 0 || s->candidates[i].logp <= s->candidates[i - 1].logp);
    }
    assert_true(fabs(sum - 1) < 1e-6);
    drop(h, 1);
    decoder_release(&d);
}

/* ---- sampling ------------------------------------------------------------------------------- */

static void warpers(void **state)
{
    (void)state;
    const float given[6] = {1, 3, 2, 3, -1, 0};
    float x[6];
    memcpy(x, given, sizeof x);
    gen_warp(x, 6, 2.0, 0, 1.0);
    for (int i = 0; i < 6; i++) {
        assert_true(x[i] == given[i] / 2);
    }
    memcpy(x, given, sizeof x);
    gen_warp(x, 6, 1.0, 1, 1.0); /* equals of the k-th stay */
    for (int i = 0; i < 6; i++) {
        assert_true(x[i] == (i == 1 || i == 3 ? 3.0f : -INFINITY));
    }
    /* probabilities 0.5 0.25 0.15 0.1: the nucleus is the shortest head that reaches p */
    const double p[4] = {0.15, 0.5, 0.1, 0.25};
    const double cut[5] = {0.0, 0.49, 0.6, 0.8, 0.95};
    const int left[5] = {1, 1, 2, 3, 4};
    for (int k = 0; k < 5; k++) {
        int n = 0;
        for (int i = 0; i < 4; i++) {
            x[i] = (float)log(p[i]);
        }
        gen_warp(x, 4, 1.0, 0, cut[k]);
        for (int i = 0; i < 4; i++) {
            n += isfinite(x[i]) != 0;
        }
        assert_int_equal(n, left[k]);
        assert_true(isfinite(x[1]));
    }
}

/* The weights that transformers' processors leave (scripts/golden/sampling.py). */
static void warpers_as_transformers(void **state)
{
    (void)state;
    json_t *rows = json_load_file("tests/golden/sampling/processed.json", 0, NULL);
    assert_true(json_array_size(rows) > 20);
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        const json_t *logits = json_object_get(row, "logits"),
                     *probs = json_object_get(row, "probs");
        int64_t n = (int64_t)json_array_size(logits);
        float *x = mem_alloc((size_t)n * sizeof *x);
        for (int64_t k = 0; k < n; k++) {
            const json_t *v = json_array_get(logits, (size_t)k);
            x[k] = json_is_null(v) ? -INFINITY : (float)json_number_value(v);
        }
        gen_warp(x, n, json_number_value(json_object_get(row, "temperature")),
                 (int)number(row, "top_k"), json_number_value(json_object_get(row, "top_p")));
        double lse = k_logsumexp(x, n);
        for (int64_t k = 0; k < n; k++) {
            double want = json_number_value(json_array_get(probs, (size_t)k));
            if (fabs(exp((double)x[k] - lse) - want) > 1e-6) {
                fail_msg("row %zu, token %lld: %g, not %g", i, (long long)k,
                         exp((double)x[k] - lse), want);
            }
        }
        free(x);
    }
    json_decref(rows);
}

/* A wide nucleus: found in growing pieces, equal to the one that a full sort gives. */
static void wide_nucleus(void **state)
{
    (void)state;
    enum { N = 3000 };
    float *x = mem_alloc(N * sizeof *x), *y = mem_alloc(N * sizeof *y);
    double total = 0;
    for (uint32_t i = 0; i < N; i++) {
        x[i] = made_up(3, i, i % 7, 1) / 8;
        total += exp(x[i]);
    }
    memcpy(y, x, N * sizeof *y);
    gen_warp(y, N, 1.0, 0, 0.7);
    for (int i = 0; i < N; i++) {
        double before = 0;
        for (int j = 0; j < N; j++) {
            before += x[j] > x[i] || (x[j] == x[i] && j < i) ? exp(x[j]) : 0;
        }
        assert_int_equal(isfinite(y[i]) != 0, before / total < 0.7);
    }
    free(x);
    free(y);
}

static void draws_follow_the_weights(void **state)
{
    (void)state;
    struct gen_rules rules = plain_rules();
    struct gen_options o = gen_defaults();
    o.search = SEARCH_SAMPLE;
    o.max_new = 1;
    struct decoder d;
    make(&d, &rules, &o, 1);
    float row[VOCAB];
    double want[VOCAB], total = 0;
    int seen[VOCAB] = {0};
    for (uint32_t v = 0; v < VOCAB; v++) {
        row[v] = made_up(1, 1, 1, v) / 2;
        want[v] = v == PAD ? 0 : exp(row[v]);
        total += want[v];
    }
    const float *rows[1] = {row};
    struct err e = ERR_INIT;
    enum { DRAWS = 20000 };
    for (int i = 0; i < DRAWS; i++) {
        d.o.seed = (uint64_t)i;
        decoder_truncate(&d, 0);
        assert_true(decoder_choose(&d, rows, &e));
        seen[d.records[0].step.id]++;
    }
    for (int v = 0; v < VOCAB; v++) {
        double p = want[v] / total, sd = sqrt(p * (1 - p) / DRAWS);
        if (fabs((double)seen[v] / DRAWS - p) > 4.5 * sd) {
            fail_msg("token %d: %d of %d draws, expected %f", v, seen[v], DRAWS, p * DRAWS);
        }
    }
    decoder_release(&d);
}

static void uniform_is_uniform(void **state)
{
    (void)state;
    double sum = 0, squares = 0, lag = 0, last = 0.5;
    enum { N = 30000 };
    for (int i = 0; i < N; i++) {
        double u = random_uniform(7, i / 3, i % 3);
        assert_true(u >= 0 && u < 1);
        sum += u;
        squares += u * u;
        lag += (u - 0.5) * (last - 0.5);
        last = u;
    }
    assert_true(fabs(sum / N - 0.5) < 0.008);
    assert_true(fabs(squares / N - 1.0 / 3) < 0.008);
    assert_true(fabs(lag / N) < 0.003);
    assert_true(random_uniform(7, 3, 1) == random_uniform(7, 3, 1));
    assert_true(random_uniform(8, 3, 1) != random_uniform(7, 3, 1));
}

/* ---- what is refused ------------------------------------------------------------------------ */

static void refused(const struct gen_options *o, int64_t batch, const char *part)
{
    struct gen_rules rules = plain_rules();
    struct decoder d;
    struct err e = ERR_INIT;
    assert_false(decoder_init(&d, &rules, o, VOCAB, batch, 8, &e));
    if (!strstr(e.msg, part)) {
        fail_msg("'%s' does not say '%s'", e.msg, part);
    }
    decoder_release(&d);
}

static void bad_options(void **state)
{
    (void)state;
    struct gen_options o = gen_defaults();
    o.search = SEARCH_BEAM;
    o.width = 0;
    refused(&o, 1, "1 to 1000 beams, not 0");
    o.width = 2;
    refused(&o, 3, "batch of 3");
    o = gen_defaults();
    o.search = SEARCH_SAMPLE;
    o.temperature = 0;
    refused(&o, 1, "temperature");
    o.temperature = 1;
    o.top_p = 1.5;
    refused(&o, 1, "top-p");
    int32_t prefix[9] = {START, 1, 2, 3, 4, 5, 6, 7, 8};
    o = gen_defaults();
    o.prefix = prefix;
    o.nprefix = 9;
    refused(&o, 1, "begins with 9 tokens");
    o.nprefix = 3;
    prefix[2] = VOCAB;
    refused(&o, 1, "id 24 of the prefix");
}

static void no_finite_logits(void **state)
{
    (void)state;
    for (int search = SEARCH_GREEDY; search <= SEARCH_SAMPLE; search++) {
        struct gen_rules rules = plain_rules();
        struct gen_options o = gen_defaults();
        o.search = (enum search)search;
        o.width = 2;
        struct decoder d;
        make(&d, &rules, &o, 1);
        float row[VOCAB] = {1, 2, NAN};
        const float *rows[2] = {row, row};
        struct err e = ERR_INIT;
        assert_false(decoder_choose(&d, rows, &e));
        assert_non_null(strstr(e.msg, "position 0"));
        assert_int_equal(d.nrecords, 0);
        decoder_release(&d);
    }
}

/* A prefix that begins with the start token; limits of the file and of the model. */
static void limits(void **state)
{
    (void)state;
    struct gen_rules rules = plain_rules();
    struct gen_options o = gen_defaults();
    int32_t prefix[3] = {START, 4, 5};
    o.prefix = prefix;
    o.nprefix = 3;
    struct decoder d;
    make(&d, &rules, &o, 1);
    assert_int_equal(d.nprompt, 3);
    assert_int_equal(d.limit, 23); /* nobody says anything: 20 new ones */
    decoder_release(&d);
    rules.max_length = 10;
    make(&d, &rules, &o, 1);
    assert_int_equal(d.limit, 10);
    decoder_release(&d);
    o.max_new = 1000;
    make(&d, &rules, &o, 1);
    assert_int_equal(d.limit, 65); /* 64 positions: the last token is not fed */
    decoder_release(&d);
    o.max_new = 0;
    make(&d, &rules, &o, 1);
    assert_true(decoder_over(&d));
    decoder_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_transformers),
        cmocka_unit_test(again_is_the_same),
        cmocka_unit_test(batch_is_single),
        cmocka_unit_test(beams_are_recorded),
        cmocka_unit_test(a_chosen_token_is_taken),
        cmocka_unit_test(warpers),
        cmocka_unit_test(warpers_as_transformers),
        cmocka_unit_test(wide_nucleus),
        cmocka_unit_test(draws_follow_the_weights),
        cmocka_unit_test(uniform_is_uniform),
        cmocka_unit_test(bad_options),
        cmocka_unit_test(no_finite_logits),
        cmocka_unit_test(limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
