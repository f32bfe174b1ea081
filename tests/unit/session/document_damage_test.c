/* Damaged documents do no harm, and a writer that is killed leaves none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "documents.h"
#include "format/document.h"

static void put(const char *file, const char *bytes, size_t n)
{
    FILE *f = fopen(file, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

/* Everything that can be asked of a run (NULL: the present one). */
static void look(struct session *s, struct named_run *r)
{
    struct gen *g = r != NULL ? r->gen : s->gen;
    if (g == NULL)
        return;
    for (int i = 0; i < s->model->plan->nnodes; i++) {
        struct tensor t;
        struct err none = ERR_INIT;
        struct tensor_stats stats;
        if (session_run_value(s, r, i, &t, &none)) {
            tensor_stats(&t, &stats);
            tensor_unref(&t);
        }
    }
    const struct gen_hypothesis *h;
    struct candidate_token c[10];
    int64_t n;
    gen_tokens(g, &n);
    for (int64_t k = 0; k < gen_opts(g)->width; k++)
        gen_row_tokens(g, k, &n);
    gen_results(g, &h);
    do {
        gen_candidates(g, 10, c);
    } while (gen_back(g));
}

/* Refused in one line, or a session that answers. */
static bool harmless(const char *file)
{
    struct session *s = session_new();
    struct err e = ERR_INIT;
    bool ok = session_open_document(s, file, &e);
    if (!ok) {
        assert_int_equal(e.kind, ERR_FILE);
        assert_true(e.msg[0] != 0 && strchr(e.msg, '\n') == NULL);
        assert_null(s->model);
    }
    if (ok)
        session_take_words(s, s->document);
    look(s, NULL);
    for (size_t i = 0; i < s->nruns; i++)
        look(s, &s->runs[i]);
    session_free(s);
    return ok;
}

static char *small(size_t *n)
{
    struct session *s = document_opened(MARIAN);
    struct err none = ERR_INIT;
    struct gen_options o = s->search;
    struct stop stop;
    o.search = SEARCH_BEAM;
    o.width = 2;
    o.max_new = 2;
    assert_true(session_run(s, &o, KEEP_ALL, &stop, &none) && session_save_run(s, "clean", &none));
    o.search = SEARCH_GREEDY;
    assert_true(session_run(s, &o, KEEP_ALL, &stop, &none));
    assert_true(session_back(s, STEP_EMIT, 1, &stop, &none));
    session_typed(s, "run --max 4");
    document_note(s, "one");
    document_write_to(s, document_path, "dec.0.self.pattern");
    session_free(s);
    struct err e = ERR_INIT;
    char *bytes = file_read(document_path, 1 << 20, n, &e);
    assert_non_null(bytes);
    return bytes;
}

static void test_document__truncated(void **state)
{
    (void)state;
    size_t n;
    char *bytes = small(&n);
    for (size_t i = 0; i < n; i++) {
        put(document_other, bytes, i);
        assert_false(harmless(document_other));
    }
    free(bytes);
}

static void test_document__byte_flips(void **state)
{
    (void)state;
    size_t n, good = 0;
    char *bytes = small(&n);
    for (size_t i = 0; i < n; i++) {
        bytes[i] ^= (char)(1 << i % 7);
        put(document_other, bytes, n);
        good += harmless(document_other);
        bytes[i] ^= (char)(1 << i % 7);
    }
    assert_true(good > 0 && good < n); /* names and numbers may change, the structure may not */
    free(bytes);
}

static void test_document__version(void **state)
{
    (void)state;
    size_t n;
    char *bytes = small(&n), *at = memmem(bytes, n, "version\\\":2", 11);
    assert_non_null(at);
    at[10] = '3';
    put(document_other, bytes, n);
    free(bytes);
    struct session *s = document_opened(MARIAN);
    struct err e = ERR_INIT;
    document_refused(session_open_document(s, document_other, &e), &e, "is of version 3");
    assert_non_null(s->model->weights); /* what was open stays */
    session_free(s);
}

static void test_document__other_files(void **state)
{
    (void)state;
    struct session *s = session_new();
    struct err e = ERR_INIT;
    document_refused(session_open_document(s, MARIAN "/model.safetensors", &e), &e,
                     "not a document");
    document_refused(session_open_document(s, MARIAN, &e), &e, "not a document");
    document_refused(session_open_document(s, "/nowhere.safetensors", &e), &e, "nowhere");
    session_free(s);
}

/* Killed at any moment, the writer leaves the old file or the new one, whole. */
static void test_document__killed(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct session *s[] = {document_ran(MARIAN, SEARCH_GREEDY),
                           document_ran(MARIAN, SEARCH_GREEDY)};
    assert_true(session_save_run(s[1], "clean", &e));
    session_typed(s[1], "save-run clean");
    document_note(s[1], "one");
    document_write_to(s[0], document_path, NULL);
    srand(5);
    for (int i = 0; i < 50; i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0)
            for (int k = 0;; k++)
                document_write_to(s[k / 2 % 2], document_path, k % 2 ? NULL : "logits");
        struct timespec wait = {0, rand() % 20000000};
        nanosleep(&wait, NULL);
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, NULL, 0), child);
        struct session *d = document_shown(document_path);
        document_same(s[0], d);
        assert_int_equal(d->document->nlines, d->nruns); /* all of one session */
        assert_int_equal(d->document->nnotes, d->nruns);
        session_free(d);
    }
    session_free(s[0]);
    session_free(s[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_document__truncated), cmocka_unit_test(test_document__byte_flips),
        cmocka_unit_test(test_document__version),   cmocka_unit_test(test_document__other_files),
        cmocka_unit_test(test_document__killed),
    };
    return cmocka_run_group_tests(tests, documents_setup, documents_teardown);
}
