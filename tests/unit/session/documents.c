/* Sessions that ran, written to files and shown from them. */
#include "documents.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

static char dir[] = "/tmp/rasad-document-XXXXXX";
char *document_path, *document_other;

int documents_setup(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(dir));
    document_path = path_join(dir, "a.rasad.safetensors");
    document_other = path_join(dir, "b.rasad.safetensors");
    return 0;
}

int documents_teardown(void **state)
{
    (void)state;
    unlink(document_path);
    unlink(document_other);
    rmdir(dir); /* a killed writer leaves its own file beside it */
    free(document_path);
    free(document_other);
    return 0;
}

struct session *document_opened(const char *model)
{
    static const int32_t ids[] = {2, 8, 14, 3, 1, 6, 3};
    struct session *s = session_new();
    struct err e = ERR_INIT;
    if (!session_open(s, model, &e) || !session_ids(s, ids, 7, &e) ||
        !settings_set(&s->settings, "max-new", "4", &e))
        fail_msg("%s", e.msg);
    return s;
}

void document_note(struct session *s, const char *text)
{
    ARRAY_PUSH(s->notes, s->nnotes, s->notes_cap) = mem_strdup(text);
}

struct session *document_ran(const char *model, enum search search)
{
    struct session *s = document_opened(model);
    struct err e = ERR_INIT;
    struct stop stop;
    struct gen_options o = s->search;
    o.search = search;
    o.width = 3;
    if (!session_run(s, &o, KEEP_ALL, &stop, &e))
        fail_msg("%s", e.msg);
    return s;
}

size_t document_write_to(struct session *s, const char *file, const char *only)
{
    const struct plan *p = s->model->plan;
    bool *wanted = mem_alloc((size_t)p->nnodes * sizeof *wanted);
    struct document_values x;
    struct err e = ERR_INIT;
    for (int i = 0; i < p->nnodes; i++)
        wanted[i] = only == NULL || strcmp(only, p->nodes[i].name) == 0;
    if (!session_document_values(s, wanted, &x, &e) ||
        !session_write_document(s, file, &x, "{}", "", &e))
        fail_msg("%s", e.msg);
    size_t n = x.n;
    document_values_release(&x);
    free(wanted);
    return n;
}

struct session *document_shown(const char *file)
{
    struct session *s = session_new();
    struct err e = ERR_INIT;
    if (!session_open_document(s, file, &e))
        fail_msg("%s", e.msg);
    return s;
}

void document_refused(bool ok, struct err *e, const char *words)
{
    assert_false(ok);
    if (strstr(e->msg, words) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", e->msg, words);
    err_clear(e);
}

void document_same(struct session *a, struct session *b)
{
    int64_t na, nb;
    const int32_t *x = session_tokens(a, TOKEN_TARGET, &na), *y;
    y = session_tokens(b, TOKEN_TARGET, &nb);
    assert_int_equal(na, nb);
    for (int64_t i = 0; i < na; i++)
        assert_int_equal(x[i], y[i]);
    assert_int_equal(gen_done(a->gen), gen_done(b->gen));
    assert_int_equal(session_position(a), session_position(b));
    const struct gen_hypothesis *ha, *hb;
    assert_true(gen_results(a->gen, &ha) > 0 && gen_results(b->gen, &hb) > 0);
    assert_int_equal(ha->n, hb->n);
    assert_true(ha->score - hb->score < 1e-12 && hb->score - ha->score < 1e-12);
    for (int side = 0; side < 2; side++) {
        const int32_t *ids = session_tokens(a, (enum token_side)side, &na);
        for (int64_t i = 0; i < na; i++) {
            char p[24], q[24];
            assert_string_equal(session_piece(a, (enum token_side)side, ids[i], p),
                                session_piece(b, (enum token_side)side, ids[i], q));
        }
    }
}
