/* Opening documents: what a session computed, shown without the model. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "format/document.h"
#include "internal.h"

void document_close(struct session *s)
{
    if (s->document == NULL)
        return;
    document_free(s->document);
    free(s->document);
    s->document = NULL;
}

static bool open_model(struct document *d, struct model **out, struct err *e)
{
    struct config *c;
    if (!config_parse(d->config, strlen(d->config), "the document's config", &c, e) ||
        !model_of_config(c, d->name, out, e))
        return false;
    struct model *m = *out;
    m->params = mem_alloc((size_t)(m->plan->nparams + 1) * sizeof *m->params);
    m->param_names = mem_alloc((size_t)(m->plan->nparams + 1) * sizeof *m->param_names);
    free(m->path);
    m->path = mem_strdup(d->path);
    return true;
}

static void make_source(const struct document *d, struct source *x)
{
    size_t n = d->ntokens;
    *x = (struct source){.len = d->text_len, .pair_len = d->pair_len, .n = (int64_t)n};
    x->text = d->text != NULL ? mem_strndup(d->text, d->text_len) : NULL;
    x->pair = d->pair != NULL ? mem_strndup(d->pair, d->pair_len) : NULL;
    x->ids = mem_alloc((n + 1) * sizeof *x->ids);
    x->segments = mem_alloc((n + 1) * sizeof *x->segments);
    bool any = false;
    struct encoding *code = &x->coding;
    code->tokens = arena_alloc(&code->arena, (n + 1) * sizeof *code->tokens);
    for (size_t i = 0; i < n; i++) {
        const struct document_token *t = &d->tokens[i];
        const char *piece = document_piece(d, TOKEN_SOURCE, t->id);
        x->ids[i] = t->id;
        x->segments[i] = t->segment;
        any = any || t->segment != 0;
        code->tokens[i] = (struct token){
            .id = t->id,
            .piece = piece != NULL ? arena_strdup(&code->arena, piece)
                                   : arena_printf(&code->arena, "<%d>", (int)t->id),
            .start = t->start,
            .end = t->end,
            .special = t->special,
            .segment = t->segment,
            .second = t->second,
        };
        code->tokens[i].piece_len = strlen(code->tokens[i].piece);
    }
    if (!any) {
        free(x->segments);
        x->segments = NULL;
    }
    if (d->coded) {
        code->n = n;
        code->normalized = "";
        code->normalized2 = d->pair != NULL ? "" : NULL;
    }
}

static bool take_values(const struct document *d, const struct plan *p, struct run_given **out,
                        size_t *n, struct err *e)
{
    bool *seen = mem_alloc((size_t)p->nnodes * sizeof *seen), ok = true;
    *n = weights_count(d->values);
    *out = mem_alloc((*n + 1) * sizeof **out);
    for (size_t i = 0; ok && i < *n; i++) {
        const struct weight *w = weights_at(d->values, i);
        int site = plan_site(p, w->name);
        if (site < 0 || seen[p->sites[site].node] || w->t.dtype != DT_F32) {
            struct str name = STR_INIT;
            str_add_visible(&name, w->name, strlen(w->name));
            ok = err_set(e, ERR_FILE, "the value %.100s %s", name.s,
                         site < 0               ? "is none that this model has"
                         : w->t.dtype != DT_F32 ? "is not of type f32"
                                                : "is there twice");
            str_release(&name);
            break;
        }
        (*out)[i] = (struct run_given){p->sites[site].node, w->t};
        seen[p->sites[site].node] = true;
    }
    free(seen);
    return ok;
}

static struct gen *make_gen(const struct document *d, const struct model *m, const struct source *x,
                            struct err *e)
{
    struct run_given *given = NULL;
    size_t ngiven = 0, k = 0, total = 0;
    for (size_t i = 0; i < d->nchoices; i++)
        total += d->choices[i].ncandidates;
    struct candidate_token *c = mem_alloc((total + 1) * sizeof *c);
    struct gen_choice *choices = mem_alloc((d->nchoices + 1) * sizeof *choices);
    for (size_t i = 0; i < d->nchoices; i++) {
        const struct document_choice *from = &d->choices[i];
        choices[i] = (struct gen_choice){.id = from->id,
                                         .logp = from->logp,
                                         .forced = from->forced,
                                         .ncandidates = (int)from->ncandidates,
                                         .candidates = c + k};
        for (size_t j = 0; j < from->ncandidates; j++)
            c[k++] =
                (struct candidate_token){from->candidates[j].id, from->candidates[j].logp, false};
    }
    struct gen *g = NULL;
    if (take_values(d, m->plan, &given, &ngiven, e)) {
        struct run_input in = source_input(x);
        const struct gen_past past = {.prompt = d->prompt,
                                      .nprompt = (int64_t)d->nprompt,
                                      .choices = choices,
                                      .nchoices = (int64_t)d->nchoices,
                                      .over = d->over,
                                      .score = d->score,
                                      .place = {d->pass, d->node},
                                      .given = given,
                                      .ngiven = ngiven};
        g = gen_restore(m->plan, m->params, &in, &m->rules, &past, e);
    }
    free(given);
    free(choices);
    free(c);
    return g;
}

static bool check_source(const struct document *d, const struct plan *p, struct err *e)
{
    int64_t kinds = p->segments > 0 ? p->segments : 1;
    for (size_t i = 0; i < d->ntokens; i++)
        if (d->tokens[i].id >= p->vocab_source || d->tokens[i].segment >= kinds)
            return err_set(e, ERR_FILE, "token %zu has an id or segment that the model lacks", i);
    if (p->max_positions > 0 && (int64_t)d->ntokens > p->max_positions)
        return err_set(e, ERR_FILE, "%zu tokens are more than the model takes", d->ntokens);
    return true;
}

bool session_open_document(struct session *s, const char *path, struct err *e)
{
    struct document *d = mem_alloc(sizeof *d);
    struct model *m = NULL;
    struct source x = {0};
    struct gen *g = NULL;
    bool ok = document_open(path, d, e);
    if (ok) {
        ok = open_model(d, &m, e) && check_source(d, m->plan, e);
        if (ok)
            make_source(d, &x);
        if (ok && d->started)
            ok = (g = make_gen(d, m, &x, e)) != NULL;
        weights_free(d->values); /* copied: the file may change */
        d->values = NULL;
        if (!ok) {
            e->kind = e->kind == ERR_COMMAND ? ERR_FILE : e->kind;
            err_wrap(e, "%s", path);
        }
    }
    if (!ok) {
        source_release(&x);
        model_free(m);
        document_free(d);
        free(d);
        return false;
    }
    session_take(s, m);
    s->document = d;
    s->source = x;
    s->gen = g;
    return true;
}
