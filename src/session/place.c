/* Where the program stands: frames, positions, sizes. */
#include <stdio.h>
#include <string.h>

#include "internal.h"

int64_t pass_start(const struct gen *g, int64_t pass)
{
    return pass == 0 ? 0 : gen_prefix_length(g) + pass - 1;
}

int64_t pass_end(const struct gen *g, int64_t pass)
{
    return gen_prefix_length(g) + pass;
}

/* "enc", or "mlm" of what stands on the encoder: how names of sites begin there. */
static void add_stem(const struct node *n, struct str *out)
{
    if (n->part < PART_POOL)
        str_add(out, stack_name(n->stack));
    else
        str_addn(out, n->name, strcspn(n->name, "."));
}

int64_t session_position(const struct session *s)
{
    if (s->gen == NULL)
        return 0;
    return session_binding(s).t - 1;
}

int session_node(const struct session *s)
{
    if (s->gen == NULL || s->model == NULL)
        return -1;
    struct place at = gen_place(s->gen);
    int n = s->model->plan->nnodes;
    return at.node < n && !gen_done(s->gen) ? at.node : n - 1;
}

bool session_frame(const struct session *s, enum frame_level level, struct str *name,
                   struct str *about)
{
    int node = session_node(s);
    if (node < 0)
        return false;
    const struct plan *p = s->model->plan;
    const struct node *n = &p->nodes[node];
    bool choice = gen_place(s->gen).node == p->nnodes || gen_done(s->gen);
    int64_t made = gen_nsteps(s->gen);
    bool decodes = plan_decodes(p);
    switch (level) {
    case FRAME_OP:
        str_add(name, !choice ? n->name : decodes ? "choice" : "end");
        if (choice && !decodes)
            str_add(about, "all is computed: run starts again, rstep goes back");
        else if (choice)
            str_add(about, gen_done(s->gen)
                               ? "the generation is over: run starts again, remit goes back"
                               : "the next token is chosen from the logits");
        else
            plan_formula(p, node, about);
        return true;
    case FRAME_PART:
        add_stem(n, name);
        if (n->layer >= 0)
            str_addf(name, ".%d.%s", n->layer, part_name(n->part));
        str_add(about, part_word(n->part));
        return true;
    case FRAME_LAYER:
        str_add(name, stack_name(n->stack));
        if (n->layer >= 0) {
            str_addf(name, ".%d", n->layer);
            str_addf(about, "layer %d of %d (0-%d)", n->layer, p->layers[n->stack],
                     p->layers[n->stack] - 1);
        } else {
            str_add(about, n->part == PART_EMBED ? "before the layers" : "after the layers");
        }
        return true;
    case FRAME_STACK:
        str_add(name, stack_word(n->stack));
        if (n->stack == STACK_ENC)
            str_addf(about, "%lld tokens", (long long)s->source.n);
        else
            str_addf(about, "step %lld", (long long)gen_place(s->gen).pass);
        return true;
    case FRAME_GENERATION:
        if (!decodes)
            return false;
        str_add(name, "generation");
        str_addf(about, "%lld token%s chosen", (long long)made, made == 1 ? "" : "s");
        return true;
    default:
        return false;
    }
}

void session_frame_prefix(const struct session *s, struct str *out)
{
    int node = session_node(s);
    if (node < 0 || s->frame >= FRAME_GENERATION)
        return;
    const struct node *n = &s->model->plan->nodes[node];
    if (s->frame >= FRAME_STACK || n->layer >= 0)
        str_add(out, stack_name(n->stack));
    else
        add_stem(n, out);
    if (s->frame >= FRAME_STACK || n->layer < 0)
        return;
    str_addf(out, ".%d", n->layer);
    if (s->frame < FRAME_LAYER)
        str_addf(out, ".%s", part_name(n->part));
}

struct binding session_binding(const struct session *s)
{
    struct binding b = {1, s->source.n, 0};
    if (s->gen == NULL)
        return b;
    int64_t pass = gen_place(s->gen).pass;
    b.t = gen_done(s->gen) ? pass_start(s->gen, pass) : pass_end(s->gen, pass);
    return b;
}
