/* Documents in memory: what both directions share. */
#include "format/document.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

bool document_named(const char *path)
{
    return str_ends(path, ".safetensors");
}

void document_free(struct document *d)
{
    weights_free(d->values);
    arena_release(&d->arena);
    *d = (struct document){0};
}

/* ---- spellings ------------------------------------------------------------------------------- */

static int by_id(const void *a, const void *b)
{
    const struct document_piece *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

const char *document_piece(const struct document *d, int side, int32_t id)
{
    struct document_piece key = {.id = id};
    const struct document_piece *found = NULL;
    if (d->npieces[side] > 0)
        found = bsearch(&key, d->pieces[side], d->npieces[side], sizeof key, by_id);
    return found != NULL ? found->piece : NULL;
}

void document_add_pieces(struct document *d, const struct document *from)
{
    for (int side = 0; side < 2; side++) {
        size_t n = d->npieces[side];
        struct document_piece *all =
            arena_alloc(&d->arena, (n + from->npieces[side] + 1) * sizeof *all);
        if (n > 0)
            memcpy(all, d->pieces[side], n * sizeof *all);
        for (size_t i = 0; i < from->npieces[side]; i++) {
            const struct document_piece *x = &from->pieces[side][i];
            if (document_piece(d, side, x->id) == NULL)
                all[n++] = (struct document_piece){x->id, arena_strdup(&d->arena, x->piece)};
        }
        qsort(all, n, sizeof *all, by_id);
        d->pieces[side] = all;
        d->npieces[side] = n;
    }
}

/* ---- texts ----------------------------------------------------------------------------------- */

static void add_run_texts(struct document *d, const struct document_run *r)
{
    struct document_hypothesis *all =
        arena_alloc(&d->arena, (d->ntexts + r->nhypotheses) * sizeof *all);
    if (d->ntexts > 0)
        memcpy(all, d->texts, d->ntexts * sizeof *all);
    d->texts = all;
    for (size_t i = 0; i < r->nhypotheses; i++) {
        const struct document_hypothesis *h = &r->hypotheses[i];
        if (h->text == NULL)
            continue;
        int32_t *ids = arena_alloc(&d->arena, (h->n + 1) * sizeof *ids);
        if (h->n > 0)
            memcpy(ids, h->ids, h->n * sizeof *ids);
        d->texts[d->ntexts++] = (struct document_hypothesis){
            .ids = ids, .n = h->n, .text = arena_strdup(&d->arena, h->text)};
    }
}

void document_add_texts(struct document *d, const struct document *from)
{
    add_run_texts(d, &from->present);
    for (size_t i = 0; i < from->nruns; i++)
        add_run_texts(d, &from->runs[i]);
}

const char *document_text(const struct document *d, const int32_t *ids, size_t n)
{
    for (size_t i = 0; i < d->ntexts; i++)
        if (d->texts[i].n == n && (n == 0 || memcmp(d->texts[i].ids, ids, n * sizeof *ids) == 0))
            return d->texts[i].text;
    return NULL;
}

const char *document_site(const char *value, const char *run)
{
    const char *slash = strchr(value, '/');
    if (run == NULL)
        return slash == NULL ? value : NULL;
    size_t n = strlen(run);
    return slash == value + n && memcmp(value, run, n) == 0 ? slash + 1 : NULL;
}
