/* sweep goes on from a shared pass: what it says of a head is what ablating that head and scoring
 * the translation anew says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "command/command.h"

#define MODEL "tests/golden/marian/relu-uneven" /* 2 heads in the encoder, 4 in the decoder */

static void run(struct session *s, const char *line, struct result *out)
{
    struct err e = ERR_INIT;
    const struct command *ran;
    result_init(out);
    if (!command_run(s, line, false, out, &ran, &e))
        fail_msg("%s: %s", line, e.msg);
}

static void does(struct session *s, const char *line)
{
    struct result out;
    run(s, line, &out);
    result_release(&out);
}

static double number(const struct data *d, const char *key)
{
    const struct data *v = data_get(d, key);
    assert_true(v != NULL && v->kind == DATA_NUM);
    return v->u.d;
}

static double scored(struct session *s, const char *line)
{
    struct result out;
    run(s, line, &out);
    double v = number(out.data, "score");
    result_release(&out);
    return v;
}

static void check_heads(struct session *s, const char *score)
{
    struct result out;
    run(s, "sweep heads", &out);
    double tokens = (double)data_get(out.data, "tokens")->u.i;
    int n = 0;
    assert_true(fabs(number(out.data, "base") * tokens - scored(s, score)) < 1e-5);
    for (const struct data *d = data_get(out.data, "rows")->first; d != NULL; d = d->next, n++) {
        char *line = mem_printf("ablate %s", data_get(d, "head")->u.str.s);
        does(s, line);
        double after = scored(s, score);
        does(s, "undo");
        if (fabs(number(d, "after") * tokens - after) > 1e-4)
            fail_msg("%s: sweep %g, score %g", line, number(d, "after") * tokens, after);
        free(line);
    }
    assert_int_equal(n, 3 * 2 + 1 * 4 * 2); /* 3 layers of 2 heads; 1 of 4, self and cross */
    result_release(&out);
}

/* The present sentence, and the same with a change in force. */
static void test_sweep__is_ablate_and_score(void **state)
{
    (void)state;
    struct session *s = session_new();
    struct err e = ERR_INIT;
    struct result out;
    if (!session_open(s, MODEL, &e))
        fail_msg("%s", e.msg);
    does(s, "input --ids 5,6,7,8,9,33");
    does(s, "run --max 6");
    int64_t n;
    const int32_t *ids = session_tokens(s, TOKEN_TARGET, &n);
    struct str score = STR_INIT;
    str_add(&score, "score --ids ");
    for (int64_t i = 1; i < n; i++)
        str_addf(&score, "%s%d", i > 1 ? "," : "", ids[i]);
    check_heads(s, score.s);
    does(s, "ablate enc.1.self.h0");
    does(s, "scale dec.0.mlp.out 0.5");
    check_heads(s, score.s);
    run(s, "sweep layers first", &out);
    assert_int_equal(data_get(out.data, "tokens")->u.i, n - 1);
    result_release(&out);
    str_release(&score);
    session_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sweep__is_ablate_and_score),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
