/* Lua with an allocator that fails at the n-th call, for n = 1 until nothing fails: each time one
 * clear error, no leak (the sanitizer looks), and a session that is usable. And the bound on
 * memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "open.h"

enum { ROOM = 256 << 20, STEP_AFTER = 60 };

/* What each binding does, small enough to be run at every n. */
static const char *const work[] = {
    "local t = rasad.tensor({{1, 2}, {3, 4}}, 'T', 'S') local u = (t + 1):dot(t):transpose() u = "
    "u{T = 1}"
    "u = t:put({S = 1}, 0):softmax():top(2) tostring(t) t:tolist() t:stats() for i, v in t:iter() "
    "do end",
    "local m = rasad.model() local a = m:tokenize('سلام') m:detok({38, 40}) m:piece(38) "
    "tostring(m) m:sites()",
    "local r = rasad.model():run({5, 6, 7, 0}, {max = 2}) local x = r['dec.1.cross.pattern.h1@0'] "
    "x = r.tokens "
    "x = r.output x = r.text x = r:sites('enc.*') x = r:candidates(2) x = r:rank(5) x = "
    "tostring(r) x = r.enc[1].self.q.h[1]:sum()",
    "local n = 0 local r = rasad.model():start({5, 6, 7, 0}, {max = 2}) local h = "
    "r:hook('enc.*.self.z.h1', "
    "function(t, i) n = n + t:sum() return t * 0 end) r:continue() tostring(h) h:remove()",
    "rasad.cmd('input --ids 5,6,0') rasad.forward() local c = rasad.topk(3) tostring(c) "
    "tostring(enc.out) x = rank(5)",
    "rasad.command{name = 'mine', run = function(a) return #a end} rasad.cmd('mine a b')",
    "=help",
};

static void test_every_call(void **state)
{
    (void)state;
    struct session *s = open_session();
    struct err e = ERR_INIT;
    struct script *sc = script_open(s, ROOM, 0, &e);
    assert_non_null(sc);
    s->script = sc;
    for (size_t i = 0; i < sizeof work / sizeof *work; i++) {
        int64_t failures = 0, n = 1;
        const char *text = work[i][0] == '=' ? work[i] + 1 : work[i];
        for (bool done = false; !done; n += n < STEP_AFTER ? 1 : n / STEP_AFTER + 1) {
            struct err fail = ERR_INIT;
            sc->memory.calls = 0;
            sc->memory.fail_at = n;
            bool ok = run_text(sc, text, &fail);
            done = sc->memory.calls < n;
            sc->memory.fail_at = 0;
            if (done) {
                if (!ok)
                    print_error("%s: %s\n", text, fail.msg);
                assert_true(ok);
            } else if (!ok) {
                failures++;
                assert_true(fail.msg[0] != 0);
            }
            err_clear(&fail);
            assert_true(run_text(sc, "assert(1 + 1 == 2)", &fail));
        }
        print_message("# %lld calls, %lld failures: %.40s\n", (long long)n, (long long)failures,
                      text);
        assert_true(failures > 0);
    }
    assert_true(run_text(sc, "assert(#rasad.model():run({5, 6, 7, 0}, {max = 2}).ids == 2)", &e));
    command_release(s);
    script_free(sc);
    session_free(s);
}

/* Opening itself. */
static void test_opening(void **state)
{
    (void)state;
    struct session *s = open_session();
    bool opened = false;
    for (int64_t n = 1; !opened; n += n < STEP_AFTER ? 1 : n / 10) {
        struct err e = ERR_INIT;
        struct script *sc = script_open(s, ROOM, n, &e);
        if (sc == NULL) {
            assert_int_equal(e.kind, ERR_INTERNAL);
            continue;
        }
        opened = sc->memory.calls < n;
        script_free(sc);
    }
    session_free(s);
}

static void test_bound(void **state)
{
    (void)state;
    static const char *const bombs[] = {
        "return ('x'):rep(1 << 30)",
        "local t = {} while true do t[#t + 1] = ('x'):rep(1000) .. #t end",
        "local s = 'x' while true do s = s .. s end",
        "local t = {} for i = 1, 1e9 do t[i] = i end",
        "return table.concat(setmetatable({}, { __len = function() return 1e9 end, __index = "
        "function() return 'xxxxxxxx' end }))",
    };
    struct session *s = open_session();
    struct err e = ERR_INIT;
    struct script *sc = script_open(s, 16 << 20, 0, &e);
    assert_non_null(sc);
    for (size_t i = 0; i < sizeof bombs / sizeof *bombs; i++) {
        struct err fail = ERR_INIT;
        assert_false(run_text(sc, bombs[i], &fail));
        assert_non_null(strstr(fail.msg, "memory"));
        assert_int_equal(fail.kind, ERR_INTERNAL);
        assert_true(sc->memory.used <= sc->memory.limit);
        err_clear(&fail);
        if (!run_text(sc, "assert(#('x'):rep(100000) == 100000)", &fail))
            fail_msg("after %s: %s", bombs[i], fail.msg);
        /* a script may catch it */
        assert_true(run_text(sc,
                             "local ok, m = pcall(string.rep, 'x', 1 << 30) assert(not ok and m == "
                             "'not enough memory')",
                             &fail));
    }
    script_free(sc);
    session_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_call),
        cmocka_unit_test(test_opening),
        cmocka_unit_test(test_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
