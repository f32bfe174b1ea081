/* Input that is wrong or hostile, to the program as a whole: one line of error each, the right exit
 * status, no control character on the terminal, and a session that goes on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/str.h"
#include "base/utf8.h"
#include "program.h"

static struct program prog;

static int setup(void **state)
{
    (void)state;
    program_folder(&prog);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    program_clean(&prog);
    return 0;
}

/* ---- configurations -------------------------------------------------------------------------- */

/* A copy of the model in folder NAME (weights by a link) whose configuration has key = value (JSON;
 * NULL: not there). */
static void with_config(const char *name, const char *key, const char *value)
{
    char to[300], *real = realpath(PROGRAM_MODEL "/model.safetensors", NULL);
    mkdir(program_path(&prog, name), 0777);
    snprintf(to, sizeof to, "%s/model.safetensors", name);
    assert_int_equal(symlink(real, program_path(&prog, to)), 0);
    free(real);
    json_t *config = json_load_file(PROGRAM_MODEL "/config.json", 0, NULL);
    assert_non_null(config);
    if (value)
        json_object_set_new(config, key, json_loads(value, JSON_DECODE_ANY, NULL));
    else
        json_object_del(config, key);
    snprintf(to, sizeof to, "%s/config.json", name);
    assert_int_equal(json_dump_file(config, program_path(&prog, to), 0), 0);
    json_decref(config);
}

/* Every size of a configuration, each with every value that it cannot have: refused in one line
 * that names it. */
static void test_sizes(void **state)
{
    static const char *const keys[] = {"d_model",
                                       "encoder_layers",
                                       "decoder_layers",
                                       "encoder_attention_heads",
                                       "encoder_ffn_dim",
                                       "decoder_attention_heads",
                                       "decoder_ffn_dim",
                                       "vocab_size",
                                       "decoder_vocab_size",
                                       "max_position_embeddings",
                                       "decoder_start_token_id"};
    static const char *const values[] = {
        "-1", "1e300", "2147483648", "9223372036854775807", "2.5", "\"8\"", "[8]", "{}", "true"};
    enum { KEYS = sizeof keys / sizeof *keys, VALUES = sizeof values / sizeof *values };
    (void)state;
    struct str script = STR_INIT;
    for (int k = 0; k < KEYS; k++)
        for (int v = 0; v < VALUES; v++) {
            char name[32];
            snprintf(name, sizeof name, "c%d-%d", k, v);
            with_config(name, keys[k], values[v]);
            str_addf(&script, "echo %s %s\nmodel load %s\n", keys[k], values[v],
                     program_path(&prog, name));
        }
    str_add(&script, "input --ids 5,6,0\nrun --max 2\n");
    assert_int_equal(program_run(&prog, script.s, "-q", "-k", "-m", PROGRAM_MODEL, NULL), 3);
    assert_int_equal(program_lines(prog.err, "stdin:"), KEYS * VALUES);
    for (int k = 0; k < KEYS; k++) {
        char name[64];
        int count = 0;
        snprintf(name, sizeof name, ": \"%s\" is ", keys[k]);
        for (const char *p = prog.err; (p = strstr(p, name)) != NULL; p++)
            count++;
        if (count != VALUES)
            fail_msg("%s is named %d times, not %d", keys[k], count, VALUES);
    }
    assert_non_null(strstr(prog.out, "2 tokens (the limit"));
    str_release(&script);
}

/* ---- files that lie -------------------------------------------------------------------------- */

static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* Every file of a model, cut or with a byte changed in many places: no crash, and an error is one
 * line. Whatever still opens is run. */
static void test_damaged(void **state)
{
    static const char *const files[] = {
        "config.json", "generation_config.json", "model.safetensors", "source.spm", "target.spm",
        "vocab.json",  "tokenizer_config.json"};
    enum { TIMES = 12 };
    (void)state;
    uint32_t seed = 20260;
    program_copy_model(&prog, PROGRAM_MODEL, "good");
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        char good[64];
        size_t n;
        snprintf(good, sizeof good, "good/%s", files[f]);
        char *text = program_read(program_path(&prog, good), &n);
        size_t reach = n < 12000 ? n : 12000; /* of the weights the header */
        struct str script = STR_INIT;
        for (int i = 0; i < 2 * TIMES; i++) {
            char name[32], path[64];
            snprintf(name, sizeof name, "d%zu-%d", f, i);
            snprintf(path, sizeof path, "%s/%s", name, files[f]);
            program_copy_model(&prog, program_path(&prog, "good"), name);
            size_t at = next_random(&seed) % reach;
            if (i < TIMES) {
                program_write(&prog, path, text, i == 0 ? 0 : at);
            } else {
                char was = text[at];
                text[at] = (char)(was ^ (1 << next_random(&seed) % 8));
                program_write(&prog, path, text, n);
                text[at] = was;
            }
            str_addf(&script,
                     "model load %s\ninput --ids 5,6,0\nforward\nrun --max 3\ntokenize ab\n",
                     program_path(&prog, name));
        }
        program_run(&prog, script.s, "-q", "-k", NULL);
        if (prog.status > 3 || strstr(prog.err, "Sanitizer") || strstr(prog.err, "runtime error"))
            fail_msg("%s: status %d\n%.3000s", files[f], prog.status, prog.err);
        free(text);
        str_release(&script);
    }
}

/* ---- targets --------------------------------------------------------------------------------- */

static int files_like(const char *start)
{
    char command[400], line[32] = "";
    snprintf(command, sizeof command, "ls '%s' | grep -c '^%s'", prog.folder, start);
    FILE *f = popen(command, "r");
    assert_non_null(f);
    assert_non_null(fgets(line, sizeof line, f));
    pclose(f);
    return (int)strtol(line, NULL, 10);
}

/* A disk that is full after 8 KiB: the file that was there stays, nothing is left beside it, and
 * the session goes on. */
static void test_full(void **state)
{
    static const char *const endings[] = {"safetensors", "npz", "json", "npy", "csv"};
    (void)state;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char name[32];
        struct str script = STR_INIT;
        size_t n;
        snprintf(name, sizeof name, "old.%s", endings[i]);
        program_write(&prog, name, "old\n", 4);
        str_add(&script, "input --ids ");
        for (int k = 0; k < 60; k++)
            str_addf(&script, "%d,", 5 + k % 40);
        str_addf(&script, "0\nforward\nexport %s %s\necho alive\n", program_path(&prog, name),
                 i < 3 ? "*" : "enc.0.self.pattern");
        prog.size_limit = 8192;
        assert_int_equal(program_run(&prog, script.s, "-q", "-k", "-m", PROGRAM_MODEL, NULL), 1);
        prog.size_limit = 0;
        assert_int_equal(program_lines(prog.err, "stdin:3"), 1);
        assert_non_null(strstr(prog.err, "File too large"));
        assert_non_null(strstr(prog.out, "alive"));
        char *text = program_read(program_path(&prog, name), &n);
        assert_string_equal(text, "old\n");
        assert_int_equal(files_like(name), 1);
        free(text);
        str_release(&script);
    }
}

/* ---- what reaches a terminal ----------------------------------------------------------------- */

/* No control but newlines and the colours (ESC [ ... m) that are the program's own; no character
 * that turns text. */
static void check_clean(const char *text, size_t n, bool colours)
{
    for (size_t i = 0; i < n;) {
        int32_t cp;
        int len = utf8_decode(text + i, n - i, &cp);
        if (colours && text[i] == '\033' && text[i + 1] == '[') {
            size_t k = strspn(text + i + 2, "0123456789;");
            assert_int_equal(text[i + 2 + k], 'm');
            i += k + 3;
            continue;
        }
        bool turns = (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
        if (cp < 0 || (cp < 0x20 && cp != '\n') || (cp >= 0x7F && cp < 0xA0) || turns)
            fail_msg("character %lX at byte %zu after: %.*s", (long)cp, i, 60,
                     text + (i > 60 ? i - 60 : 0));
        i += (size_t)len;
    }
}

static const char hostile[] = "input --ids 2,3,0\ntokens\nrun --max 3\nprefix --ids "
                              "2,3\nforward\ntokens tgt\ntopk 5\nattn enc.0.h0\nheads 0\n"
                              "row 0 enc.0.self.pattern.h0\ncol 1 enc.0.self.pattern.h0\ntop "
                              "3\nalign\ncross\nlayers 0\ndetok 2,3\nvocab b*\n"
                              "print enc.0.self.pattern\nprint logits\nexplain "
                              "dec.0.self.scores[0,0,0,0]\nscore --ids 2,3\ntokenize b m\n"
                              "tokenize --lattice b m\nnormalize \033[2J\001\ninput \033]0;x\007 "
                              "\377\xE2\x80\xAE\ntokens\nbo\033[1mgus\n"
                              "print \033[7m\nmodel load \033[5m/x\ninfo state\nwhere\nmodel "
                              "info\nparams *self*\necho \033[31m\n"
                              "= '\\27[31m\\7'\nprint \"\xE2\x80\xAE\"\nassert \"\\27[1m\" == "
                              "2\nset \033[1m 2\nalias \033[1m = echo\nhelp \033[1m\n"
                              "break \033[1m\nwatch \033[1m\ninfo breaks\nsource \033[1m\nrun "
                              "\033[1m\nexport ~/\033[1m.json enc.out\nbeams\nwhere\n";

static void test_terminal(void **state)
{
    (void)state;
    program_copy_model(&prog, PROGRAM_MODEL, "m");
    size_t n;
    struct str vocab = STR_INIT;
    char *text = program_read(program_path(&prog, "m/vocab.json"), &n), *b = strstr(text, "\"b\":"),
         *m = strstr(text, "\"m\":");
    assert_true(b && m && b < m);
    str_addn(&vocab, text, (size_t)(b - text));
    str_add(&vocab, "\"b\\u001b[31m\\u0007\\u202e\\u2067\\u009b\\u0000\":");
    str_addn(&vocab, b + 4, (size_t)(m - b) - 4);
    str_add(&vocab, "\"\\u001b]0;x\\u0007\\u001b[2J\":");
    str_add(&vocab, m + 4);
    program_write(&prog, "m/vocab.json", vocab.s, vocab.len);
    rename(program_path(&prog, "m"), program_path(&prog, "m\033[31m"));
    const char *model = program_path(&prog, "m\033[31m");
    program_run(&prog, hostile, "-k", "-m", model, "--color=never", NULL);
    assert_true(prog.status == 1 || prog.status == 3);
    check_clean(prog.out, prog.out_size, false);
    check_clean(prog.err, prog.err_size, false);
    program_run(&prog, hostile, "-k", "-m", model, "--color=always", "--echo", NULL);
    assert_true(prog.status == 1 || prog.status == 3);
    check_clean(prog.out, prog.out_size, true);
    check_clean(prog.err, prog.err_size, true);
    free(text);
    str_release(&vocab);
}

/* The same under --json: every line is an object with what was agreed, whatever stands in it. */
static void test_json(void **state)
{
    (void)state;
    program_run(&prog, hostile, "-k", "-m", PROGRAM_MODEL, "--json", NULL);
    int lines = 0;
    char *line, *rest = prog.out;
    for (; (line = strsep(&rest, "\n")) != NULL && *line; lines++) {
        json_error_t why;
        json_t *object = json_loads(line, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &why);
        if (!object)
            fail_msg("%s: %s", why.text, line);
        json_t *error = json_object_get(object, "error");
        assert_true(json_is_string(json_object_get(object, "command")));
        assert_true(json_is_true(json_object_get(object, "ok"))
                        ? json_is_number(json_object_get(object, "ms"))
                        : json_is_string(json_object_get(error, "message")));
        json_decref(object);
    }
    int commands = 0;
    for (const char *p = hostile; (p = strchr(p, '\n')) != NULL; p++)
        commands++;
    assert_int_equal(lines, commands);
}

/* ---- limits ---------------------------------------------------------------------------------- */

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Very long lines of every kind take no long time; the limit of the model is named. */
static void test_long(void **state)
{
    static const struct {
        const char *start, *again, *error;
        int times;
    } cases[] = {
        {"input --ids 5", ",5", "has 300001 tokens, but this model takes at most 64", 300000},
        {"input ", "b ", "has 200001 tokens, but this model takes at most 64", 100000},
        {"prefix --ids 5", ",5", "tokens, but this model takes at most 64", 100000},
        {"translate ", "b ", "tokens, but this model takes at most 64", 100000},
        {"detok 5", ",5", NULL, 20000},
        {"", ";", NULL, 20000},
        {"", "x", "unknown command 'xxxx", 1000000},
        {"", "echo;", NULL, 2000},
        {"print ", "(", "overflow", 100000},
        {"= ", "{", "lua:1:", 100000},
        {"print enc.", "0.", "no site matches", 20000},
        {"stats ", "*", "no site matches", 60},
        {"normalize ", "\xD9\x8A", NULL, 20000},
        {"tokenize ", "\"", NULL, 50000},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str script = STR_INIT;
        str_add(&script, cases[i].start);
        for (int k = 0; k < cases[i].times; k++)
            str_add(&script, cases[i].again);
        if (cases[i].start[0] == 's')
            str_add(&script, "x");
        double before = seconds();
        str_add(&script, "\necho alive\n");
        program_run(&prog, script.s, "-q", "-k", "-m", PROGRAM_MODEL, NULL);
        if (seconds() - before > 20)
            fail_msg("case %zu took %.1f s", i, seconds() - before);
        if (prog.status > 1 || !strstr(prog.out, "alive") ||
            (cases[i].error && !strstr(prog.err, cases[i].error)))
            fail_msg("case %zu: status %d, %.500s", i, prog.status, prog.err);
        str_release(&script);
    }
}

/* ---- the session ----------------------------------------------------------------------------- */

static const char failing[] = "input --ids 5,100\nprefix --ids 999\nprint enc.9.out\nprint "
                              "logits[0,0,999]\nprint dec.0.self.q@9\ngoto enc.9\n"
                              "choose 1000\nbreak enc.9\nablate enc.0.self.z.h9\nscale "
                              "enc.0.self.z x\nrun --max 0\nrun --beam x\ntopk 0\n"
                              "export nowhere/x.json *\nexport x.foo *\nmodel load nowhere\nmodel "
                              "load src\nsource nowhere\nlua error('x')\n"
                              "lua rasad.nothing.at.all()\nassert 1 == 2\nset precision x\nset "
                              "nothing 1\ndelete 7\ncondition 7 x\nframe 77\n"
                              "tokenize --lines nowhere\ncorpus nowhere\nscore --ids 999\nheads "
                              "99\ncross 99\nrow 99\nbogus\nprint > /dev/full\n"
                              "input --ids 5;5\nprefix --ids ,\nalign 99\ntranslate --beam 0 "
                              "x\ndetok 999\nx/0 logits\nhist nothing\n";

/* Forty errors, and the run that was open is as it was. */
static void test_intact(void **state)
{
    (void)state;
    struct str script = STR_INIT;
    static const char look[] = "info state\nprint logits\ntokens\ntopk 3\nwhere\n";
    str_addf(&script, "input --ids 5,6,7,0\nrun --max 3\necho CUT\n%secho CUT\n%secho CUT\n%s",
             look, failing, look);
    assert_int_equal(program_run(&prog, script.s, "-q", "-k", "-m", PROGRAM_MODEL, NULL), 1);
    char *parts[4] = {strstr(prog.out, "CUT\n")};
    for (int i = 1; i < 3; i++)
        assert_non_null(parts[i] = strstr(parts[i - 1] + 4, "CUT\n"));
    *parts[1] = *parts[2] = '\0';
    assert_string_equal(parts[1] + 4, ""); /* nothing that failed printed data */
    /* $1 of the first print is $2 the second time. */
    char *number = strstr(parts[2] + 4, "$2 ");
    assert_non_null(number);
    number[1] = '1';
    assert_string_equal(parts[0] + 4, parts[2] + 4);
    int lines = 0;
    for (const char *p = failing; (p = strchr(p, '\n')) != NULL; p++)
        lines++;
    assert_int_equal(program_lines(prog.err, "stdin:"), lines);
    str_release(&script);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_sizes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_damaged, setup, teardown),
        cmocka_unit_test_setup_teardown(test_full, setup, teardown),
        cmocka_unit_test_setup_teardown(test_terminal, setup, teardown),
        cmocka_unit_test_setup_teardown(test_json, setup, teardown),
        cmocka_unit_test_setup_teardown(test_long, setup, teardown),
        cmocka_unit_test_setup_teardown(test_intact, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
