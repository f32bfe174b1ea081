/* Files of word vectors: what is written comes back, what is broken is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../format/files.h"
#include "base/file.h"
#include "words/file.h"

static struct w2v *some_vectors(void)
{
    static const char text[] = "علی به مدرسه می‌رود\nعلی می‌رود x\n";
    struct w2v_options o = w2v_defaults(false, false);
    struct text t;
    struct w2v *m;
    struct err e = ERR_INIT;
    o.dim = 5;
    assert_true(text_parse(text, strlen(text), "it", 1, &t, &e));
    assert_true(w2v_train(&t, &o, NULL, NULL, &m, &e));
    text_release(&t);
    return m;
}

static void test_file__there_and_back(void **state)
{
    (void)state;
    char *dir = folder_make(), *path = file_in(dir, "vectors");
    struct w2v *m = some_vectors();
    for (int kind = 0; kind < 4; kind++) {
        enum w2v_format f = kind & 1 ? W2V_BINARY : W2V_TEXT;
        bool context = kind & 2;
        struct err e = ERR_INIT;
        int64_t twice;
        assert_true(w2v_save(m, path, f, context, &e));
        for (enum w2v_format as = W2V_GUESS; as <= W2V_BINARY; as++) {
            if (as != W2V_GUESS && as != f)
                continue;
            struct w2v *back = w2v_load(path, as, NULL, NULL, &twice, &e);
            if (back == NULL)
                fail_msg("%s", e.msg);
            assert_int_equal(twice, 0);
            assert_int_equal(back->vocab.n, m->vocab.n);
            assert_int_equal(back->dim, m->dim);
            assert_null(back->v);
            for (int32_t i = 0; i < m->vocab.n; i++)
                assert_string_equal(back->vocab.word[i], m->vocab.word[i]);
            assert_memory_equal(back->u, context ? m->v : m->u,
                                (size_t)m->vocab.n * (size_t)m->stride * sizeof(float));
            w2v_free(back);
        }
    }
    w2v_free(m);
    free(path);
    folder_remove(dir);
}

static struct w2v *load(const struct scratch *s, struct err *e)
{
    int64_t twice;
    return w2v_load(s->path, W2V_GUESS, NULL, NULL, &twice, e);
}

static void refused(const void *data, size_t n, const char *want)
{
    struct scratch s;
    struct err e = ERR_INIT;
    scratch_open(&s);
    scratch_set(&s, data, n);
    assert_null(load(&s, &e));
    assert_int_equal(e.kind, ERR_FILE);
    if (strstr(e.msg, want) == NULL)
        fail_msg("'%s' does not say '%s'", e.msg, want);
    scratch_close(&s);
}

#define REFUSED(text, want) refused(text, sizeof(text) - 1, want)

static void test_file__lies(void **state)
{
    (void)state;
    REFUSED("", "does not begin with a line");
    REFUSED("hello\n", "does not begin with a line");
    REFUSED("0 3\n", "does not begin with a line");
    REFUSED("-1 3\n", "does not begin with a line");
    REFUSED("1 0\n", "does not begin with a line");
    REFUSED("1 99999\na 1\n", "does not begin with a line");
    REFUSED("99999999999999999999 2\na 1 2\n", "does not begin with a line");
    REFUSED("2000000000 4000\na 1 2\n", "the header says 2000000000 words of 4000 numbers");
    REFUSED("3 2\na 1 2\nb 3 4\n", "the header says 3 words of 2 numbers, at least 15 bytes; "
                                   "there are 12");
    REFUSED("2 2\na 1 2\nb 3 4\nc 5 6\n", "goes on after the 2 words");
    REFUSED("2 2\na 1 2\nb 3    \n", "line 3: 1 numbers; the header says 2");
    REFUSED("2 2\na 1 2\nb 3 4 5\n", "line 3: more than the 2 numbers");
    REFUSED("2 2\na 1 2\nb 3 x\n", "line 3: 'x' is no number");
    REFUSED("2 2\na 1 2\nb 3 nan\n", "line 3: 'nan' is no number");
    REFUSED("2 2\na 1 2\nb 3 1e99\n", "line 3: '1e99' is no number");
    REFUSED("2 2\na 1 2\n 3 4   \n", "word 2 has no name");
    REFUSED("1 1\na \0\0\200\177", "number 1 of word 1 is infinite");
    REFUSED("2 1\nab \0\0\0\0\nb \0\0", "ends in word 2 of 2");
}

static void test_file__a_word_twice(void **state)
{
    (void)state;
    static const char text[] = "3 2\na 1 2\nb 3 4\r\na 5 6";
    struct scratch s;
    struct err e = ERR_INIT;
    int64_t twice;
    scratch_open(&s);
    scratch_set(&s, text, sizeof text - 1);
    struct w2v *m = w2v_load(s.path, W2V_GUESS, NULL, NULL, &twice, &e);
    if (m == NULL)
        fail_msg("%s", e.msg);
    assert_int_equal(twice, 1);
    assert_int_equal(m->vocab.n, 2);
    assert_true(m->u[0] == 1 && m->u[1] == 2 && m->u[m->stride + 1] == 4);
    w2v_free(m);
    scratch_close(&s);
}

/* Every truncation of a good file, and every byte of it changed: refused with a message, or read as
 * what its header says. */
static void mangle(const char *good, size_t n)
{
    struct scratch s;
    char *bytes = malloc(n);
    scratch_open(&s);
    for (size_t cut = 0; cut <= n; cut++) {
        struct err e = ERR_INIT;
        scratch_set(&s, good, cut);
        struct w2v *m = load(&s, &e);
        assert_true(m != NULL || (e.kind == ERR_FILE && e.msg[0] != 0));
        assert_true(cut < n || m != NULL);
        assert_true(cut + 2 > n || m == NULL || m->vocab.n < 5 || m->dim < 5 || good[cut] != '\n');
        w2v_free(m);
    }
    for (size_t i = 0; i < n; i++)
        for (int flip = 0; flip < 3; flip++) {
            struct err e = ERR_INIT;
            memcpy(bytes, good, n);
            bytes[i] = (char)(flip == 0 ? bytes[i] ^ 1 : flip == 1 ? 0xFF : '\n');
            scratch_set(&s, bytes, n);
            struct w2v *m = load(&s, &e);
            assert_true(m != NULL || (e.kind == ERR_FILE && e.msg[0] != 0));
            for (int32_t k = 0; m != NULL && k < m->vocab.n; k++)
                assert_true(isfinite(m->norm[k]) && m->vocab.word[k][0] != 0);
            w2v_free(m);
        }
    free(bytes);
    scratch_close(&s);
}

static void test_file__mangled(void **state)
{
    (void)state;
    char *dir = folder_make(), *path = file_in(dir, "vectors");
    struct w2v *m = some_vectors();
    for (enum w2v_format f = W2V_TEXT; f <= W2V_BINARY; f++) {
        struct err e = ERR_INIT;
        size_t n;
        assert_true(w2v_save(m, path, f, false, &e));
        char *good = file_read(path, 1 << 20, &n, &e);
        assert_non_null(good);
        mangle(good, n);
        free(good);
    }
    w2v_free(m);
    free(path);
    folder_remove(dir);
}

/* gensim, where it is there, reads both formats, and what it writes is read here. */
static void test_file__gensim(void **state)
{
    (void)state;
    static const char script[] =
        "import sys\n"
        "from gensim.models import KeyedVectors as K\n"
        "d = sys.argv[1]\n"
        "t = K.load_word2vec_format(d + '/v.txt')\n"
        "b = K.load_word2vec_format(d + '/v.bin', binary=True)\n"
        "assert t.vectors.shape == (5, 5) and (t.vectors == b.vectors).all()\n"
        "assert t.index_to_key == b.index_to_key and t.index_to_key[0] == 'علی'\n"
        "t.save_word2vec_format(d + '/g.txt')\n"
        "t.save_word2vec_format(d + '/g.bin', binary=True)\n";
    if (system("python3 -c 'import gensim' >/dev/null 2>&1") != 0) {
        print_message(
            "# skipped: reading by gensim is not tested: python3 with gensim is not there\n");
        skip();
    }
    char *dir = folder_make(), command[512];
    const char *const ours[] = {"v.txt", "v.bin"}, *const theirs[] = {"g.txt", "g.bin"};
    struct w2v *m = some_vectors();
    struct err e = ERR_INIT;
    for (int i = 0; i < 2; i++) {
        char *path = file_in(dir, ours[i]);
        assert_true(w2v_save(m, path, i == 0 ? W2V_TEXT : W2V_BINARY, false, &e));
        free(path);
    }
    file_write(dir, "read.py", script, sizeof script - 1);
    snprintf(command, sizeof command, "python3 %s/read.py %s", dir, dir);
    assert_int_equal(system(command), 0);
    for (int i = 0; i < 2; i++) {
        int64_t twice;
        char *path = file_in(dir, theirs[i]);
        struct w2v *back = w2v_load(path, W2V_GUESS, NULL, NULL, &twice, &e);
        if (back == NULL)
            fail_msg("%s", e.msg);
        for (int64_t k = 0; k < m->vocab.n * m->stride;
             k++) /* gensim writes fewer digits in text */
            assert_true(fabsf(back->u[k] - m->u[k]) <= 1e-6f * fabsf(m->u[k]) + 1e-9f);
        assert_string_equal(back->vocab.word[0], m->vocab.word[0]);
        w2v_free(back);
        free(path);
    }
    w2v_free(m);
    folder_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_file__there_and_back), cmocka_unit_test(test_file__lies),
        cmocka_unit_test(test_file__a_word_twice),   cmocka_unit_test(test_file__mangled),
        cmocka_unit_test(test_file__gensim),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
