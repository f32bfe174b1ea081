/* A property of the bundled model: without positions the encoder gives a permuted sentence the
 * permuted values at every site, whatever the sentence and the order; with them it does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/random.h"
#include "command/command.h"

#define MODEL "examples/models/fa-en"

static int setup(void **state)
{
    struct err e = ERR_INIT;
    *state = session_new();
    if (!session_open(*state, MODEL, &e))
        fail_msg("%s", e.msg);
    return 0;
}

static int teardown(void **state)
{
    session_free(*state);
    return 0;
}

/* A shuffled 0..n-1 that moves something: Fisher and Yates, one step short where it moved nothing. */
static void shuffle(int *order, int n, int seed)
{
    bool moved = false;
    for (int i = 0; i < n; i++)
        order[i] = i;
    for (int i = n - 1; i > 0; i--) {
        int j = (int)(random_uniform((uint64_t)seed, i, 0) * (i + 1)), t = order[i];
        order[i] = order[j];
        order[j] = t;
        moved = moved || i != j;
    }
    if (!moved) {
        order[0] = 1;
        order[1] = 0;
    }
}

static double number(const struct data *d, const char *key)
{
    const struct data *v = data_get(d, key);
    assert_true(v != NULL && v->kind == DATA_NUM);
    return v->u.d;
}

static void check(struct session *s, int seed)
{
    struct err e = ERR_INIT;
    struct result out;
    const struct command *ran;
    struct str line = STR_INIT;
    int order[64], n = (int)s->source.n;
    assert_true(n > 1 && n <= 64);
    shuffle(order, n, seed);
    str_add(&line, "permute ");
    for (int i = 0; i < n; i++)
        str_addf(&line, "%s%d", i > 0 ? "," : "", order[i]);
    result_init(&out);
    if (!command_run(s, line.s, false, &out, &ran, &e))
        fail_msg("%s: %s", line.s, e.msg);
    int sites = 0;
    for (const struct data *d = data_get(out.data, "sites")->first; d != NULL; d = d->next) {
        if (number(d, "off") > 1e-5)
            fail_msg("%s at %s: off by %g without positions", line.s, data_get(d, "site")->u.str.s,
                     number(d, "off"));
        sites++;
    }
    assert_int_equal(sites, 45); /* 3 of the embedding, 14 of each of 3 layers */
    assert_true(data_get(out.data, "holds")->u.b);
    const struct data *last = data_get(out.data, "sites")->last;
    assert_string_equal(data_get(out.data, "first")->u.str.s, "enc.pos");
    assert_string_equal(data_get(last, "site")->u.str.s, "enc.2.norm2");
    assert_true(number(last, "on") > 0.05);
    result_release(&out);
    str_release(&line);
}

static void test_permute__bundled_model(void **state)
{
    static const char *const texts[] = {"علی به مدرسه می‌رود",
                                        "به بیتا سلام نخواهیم کرد",
                                        "روی بادکنک سخت عکاس زیبا چندین میمون وجود دارند.", "سلام"};
    struct session *s = *state;
    for (int i = 0; i < 4; i++) {
        struct err e = ERR_INIT;
        if (!session_text(s, texts[i], strlen(texts[i]), &e))
            fail_msg("%s", e.msg);
        for (int seed = 0; seed < 5; seed++)
            check(s, 10 * i + seed);
    }
}

/* The run that is open has the same values, the same place and the same accounts afterwards. */
static void test_permute__leaves_the_run(void **state)
{
    static const char text[] = "علی به مدرسه می‌رود";
    struct session *s = *state;
    struct err e = ERR_INIT;
    struct stop stop;
    struct gen_options o = s->search;
    struct tensor before, after;
    int node = plan_site(s->model->plan, "enc.out");
    node = s->model->plan->sites[node].node;
    if (!session_text(s, text, sizeof text - 1, &e) || !session_run(s, &o, KEEP_ALL, &stop, &e) ||
        !session_value(s, node, &before, &e))
        fail_msg("%s", e.msg);
    struct place place = gen_place(s->gen);
    check(s, 99);
    if (!session_value(s, node, &after, &e))
        fail_msg("%s", e.msg);
    assert_true(after.data == before.data && after.st == before.st);
    assert_true(gen_place(s->gen).pass == place.pass && gen_place(s->gen).node == place.node);
    tensor_unref(&before);
    tensor_unref(&after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_permute__bundled_model),
        cmocka_unit_test(test_permute__leaves_the_run),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
