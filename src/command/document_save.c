/* Writing a document: which values go in, how large it will be, and the file. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "command/saved.h"
#include "document.h"
#include "export.h"
#include "values.h"

/* Whole values alone: a part of one has no place in a run. */
static bool want(struct session *s, const struct args *a, bool *wanted, struct err *e)
{
    const struct plan *p = s->model->plan;
    if (args_count(a, "site") == 0)
        memset(wanted, 1, (size_t)p->nnodes * sizeof *wanted);
    for (int i = 0; i < args_count(a, "site"); i++) {
        struct site_ref *v;
        size_t n;
        if (!values_match(s, a, "site", i, &v, &n, e))
            return false;
        bool whole = true;
        for (size_t k = 0; k < n; k++) {
            whole = whole && v[k].head < 0 && v[k].step < 0 && v[k].nslices == 0 && !v[k].result;
            wanted[v[k].node] = true;
        }
        free(v);
        if (!whole) {
            err_set(e, ERR_COMMAND, "a document holds whole values, no heads, steps or slices");
            return args_blame(a, "site", i, e);
        }
    }
    return true;
}

static const char *commands_of(struct session *s, struct arena *a)
{
    struct str text = STR_INIT;
    saved_state(s, &text);
    const char *copy = arena_strndup(a, text.s, text.len);
    str_release(&text);
    return copy;
}

bool document_save(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const char *path = args_str(a, "file");
    struct arena *m = &out->arena;
    if (s->model == NULL || s->model->plan == NULL)
        return err_set(e, ERR_COMMAND, "a document is of a model, and none is open") ||
               err_hint(e, "open one with: model load PATH");
    struct document_values x = {0};
    bool *wanted = mem_alloc((size_t)s->model->plan->nnodes * sizeof *wanted);
    bool ok = want(s, a, wanted, e) && session_document_values(s, wanted, &x, e);
    double bytes = 0;
    for (size_t i = 0; i < x.n; i++)
        bytes += (double)tensor_count(&x.v[i].t) * sizeof(float);
    if (ok && x.n > 0)
        session_note(s, "%zu value%s, %s of numbers", x.n, x.n == 1 ? "" : "s",
                     values_bytes_text(m, bytes));
    ok = ok &&
         (session_write_document(s, path, &x, export_axes(m, x.v, x.n), commands_of(s, m), e) ||
          args_blame(a, "file", 0, e));
    if (ok) {
        data_add_str(m, out->data, "file", path);
        data_add_int(m, out->data, "values", (int64_t)x.n);
        data_add_num(m, out->data, "bytes", bytes);
        data_add_int(m, out->data, "not_computed", (int64_t)x.missing);
        data_add_int(m, out->data, "runs", (int64_t)s->nruns);
        out_line(out, TONE_PLAIN, "wrote %s (%zu value%s; open %s shows it)", path, x.n,
                 x.n == 1 ? "" : "s", path);
    }
    document_values_release(&x);
    free(wanted);
    return ok;
}
