/* Ctrl-C stops any script: loops, coroutines, protected calls, hooks, sorting; afterwards all goes
 * on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "open.h"

static const char *const endless[] = {
    "while true do end",
    "while true do pcall(function() while true do end end) end",
    "while true do xpcall(function() while true do end end, function(m) return m end) end",
    "while true do pcall(error) end",
    "local co = coroutine.wrap(function() while true do end end) co()",
    "while true do coroutine.resume(coroutine.create(function() while true do end end)) end",
    "while true do coroutine.wrap(function() pcall(function() while true do end end) end)() end",
    "local co = coroutine.create(function() while true do coroutine.yield() end end) while true do "
    "coroutine.resume(co) end",
    "while true do load(function() while true do end end) end",
    "while true do local x <close> = setmetatable({}, { __close = function() while true do end end "
    "}) end",
    "while true do local co = coroutine.create(function() local x <close> = setmetatable({}, { "
    "__close = function() "
    "while true do end end }) coroutine.yield() end) coroutine.resume(co) coroutine.close(co) end",
    "table.sort({3, 2, 1}, function(a, b) while true do end end)",
    "string.gsub('aaa', 'a', function() while true do end end)",
    "local t = setmetatable({}, { __index = function(t, k) return t[k + 1] end }) while true do "
    "pcall(function() return t[1] end) end",
    "while true do rasad.tensor({1, 2}):map(function() while true do end end) end",
    "local m = rasad.model() while true do m:run({5, 6, 7, 0}, {max = 3}) end",
    "local m = rasad.model() while true do pcall(m.run, m, {5, 6, 7, 0}, {max = 3}) end",
    "rasad.model():run({5, 6, 7, 0}, {hooks = {['enc.0.self.q'] = function() while true do end "
    "end}})",
    "rasad.model():run({5, 6, 7, 0}, {hooks = {['enc.0.self.q'] = function() while true do "
    "pcall(function() while true do "
    "end end) end end}})",
    "coroutine.wrap(function() rasad.model():run({5, 6, 7, 0}, {hooks = {['enc.0.self.q'] = "
    "function() while true do end "
    "end}}) end)()",
    "local r = rasad.run() r:hook('enc.0.self.q', function() while true do end end) "
    "rasad.cmd('input --ids 5,6,0') "
    "while true do pcall(rasad.cmd, 'run') end",
};

static void test_interrupts(void **state)
{
    (void)state;
    struct session *s = open_session();
    struct err e = ERR_INIT;
    struct script *sc = script_new(s, &e);
    assert_non_null(sc);
    for (size_t i = 0; i < sizeof endless / sizeof *endless; i++) {
        struct err stop = ERR_INIT;
        interrupt_after(20);
        double began = clock_seconds();
        bool ok = run_text(sc, endless[i], &stop);
        double took = clock_seconds() - began;
        interrupt_clear();
        if (ok || stop.kind != ERR_INTERRUPT)
            print_error("not interrupted: %s: %s\n", endless[i], ok ? "it ended" : stop.msg);
        assert_false(ok);
        assert_int_equal(stop.kind, ERR_INTERRUPT);
        /* 100 ms are promised; the sanitizers take their share */
        if (took > 1.5)
            print_error("%.3f s: %s\n", took, endless[i]);
        assert_true(took < 1.5);
        /* and the state is usable */
        err_clear(&stop);
        assert_true(run_text(sc, "rasad.cmd('reset')", &stop));
        assert_true(
            run_text(sc, "assert(#rasad.model():run({5, 6, 7, 0}, {max = 1}).ids == 1)", &stop));
        assert_true(run_text(sc, "for i = 1, 100000 do end assert(pcall(function() end))", &stop));
    }
    script_free(sc);
    command_release(s);
    session_free(s);
}

/* A run that was interrupted in a hook goes on from there. */
static void test_resumes(void **state)
{
    (void)state;
    struct session *s = open_session();
    struct err e = ERR_INIT;
    struct script *sc = script_new(s, &e);
    assert_true(run_text(sc, "m = rasad.model() want = m:run({5, 6, 7, 0}, {max = 3}).text", &e));
    assert_true(run_text(sc,
                         "stay = true r = m:start({5, 6, 7, 0}, {max = 3})"
                         "r:hook('dec.1.self.q', function() while stay do end end)",
                         &e));
    interrupt_after(20);
    assert_false(run_text(sc, "r:continue()", &e));
    interrupt_clear();
    assert_int_equal(e.kind, ERR_INTERRUPT);
    err_clear(&e);
    assert_true(run_text(sc, "assert(r:at() == 'dec.1.self.q') stay = false", &e));
    assert_true(run_text(sc, "assert(r:continue() == 'end') assert(r.text == want)", &e));
    script_free(sc);
    session_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_interrupts),
        cmocka_unit_test(test_resumes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
