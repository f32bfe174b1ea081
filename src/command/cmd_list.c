/* list and name: the program as pseudo-code, and all spellings of a site. */
#include <stdlib.h>
#include <string.h>

#include "values.h"

enum { AROUND = 5 };

static void list_line(struct session *s, int node, int here, struct result *out, struct data *list)
{
    const struct plan *p = s->model->plan;
    struct arena *a = &out->arena;
    struct site_ref r = {.name = p->nodes[node].name, .node = node, .head = -1, .step = -1};
    struct binding b = session_binding(s);
    struct value_shape v;
    struct str shape = STR_INIT, formula = STR_INIT;
    values_shape(p, &r, &b, &v);
    values_symbols(&shape, &v);
    plan_formula(p, node, &formula);
    bool done = s->gen != NULL && run_computed(gen_run(s->gen), node) && node < here;
    struct data *d = data_add_map(a, list, NULL);
    data_add_str(a, d, "site", r.name);
    data_add_str(a, d, "formula", formula.s);
    data_add_bool(a, d, "here", node == here);
    out_begin(out);
    out_span(out, node == here ? TONE_STRONG : TONE_DIM, "%s %3d  ", node == here ? "=>" : "  ",
             node);
    out_span(out, node == here ? TONE_STRONG : TONE_SITE, "%s", r.name);
    out_span(out, TONE_DIM, " %s", shape.s);
    out_span(out, done ? TONE_DIM : TONE_PLAIN, " = %s", formula.s);
    str_release(&shape);
    str_release(&formula);
}

static bool list_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const struct plan *p = s->model->plan;
    const char *site = args_str(a, "site");
    if (p == NULL)
        return err_set(e, ERR_COMMAND, "%s is a tokenizer alone: there is no program to list",
                       s->model->name);
    /* the arrow: what comes next */
    int here = s->gen != NULL && !gen_done(s->gen) && gen_place(s->gen).node < p->nnodes
                   ? session_node(s)
                   : -1;
    int first, last;
    int64_t step;
    if (args_repeated(a)) {
        first = s->next_listed;
        last = first + 2 * AROUND;
        if (first >= p->nnodes)
            return err_set(e, ERR_COMMAND, "the program ends here: it has %d operations",
                           p->nnodes);
    } else if (site != NULL) {
        if (!sites_span(s, site, &first, &last, &step, e))
            return args_blame(a, "site", 0, e);
        if (first == last) {
            first -= AROUND;
            last += AROUND;
        }
    } else {
        int at = here >= 0 ? here : s->gen != NULL ? p->nnodes - 1 - AROUND : AROUND;
        first = at - AROUND;
        last = first + 2 * AROUND;
    }
    first = first < 0 ? 0 : first;
    last = last >= p->nnodes ? p->nnodes - 1 : last;
    struct data *list = data_add_list(&out->arena, out->data, "operations");
    for (int i = first; i <= last; i++)
        list_line(s, i, here, out, list);
    s->next_listed = last + 1;
    return true;
}

static const struct arg list_args[] = {
    {.name = "site",
     .kind = ARG_SITE,
     .help = "a value (and what is around it) or a part",
     .optional = true},
    {0},
};

const struct command cmd_list = {
    .name = "list",
    .alias = "l",
    .group = GROUP_LOOK,
    .needs = NEED_MODEL,
    .flags = CMD_REPEATS,
    .args = list_args,
    .summary = "The operations around the position, as pseudo-code with shapes",
    .help = "=> stands at the operation that comes next. Enter goes on. Weights and text are not "
            "needed.\n"
            "  list\n  list dec.0.cross\n  list logits",
    .exec = list_exec,
};

/* ---- name ------------------------------------------------------------------------------------ */

static bool name_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct site_ref *v;
    size_t n;
    if (!values_match(s, a, "site", 0, &v, &n, e))
        return false;
    struct data *list = data_add_list(&out->arena, out->data, "sites");
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && v[i].node == v[i - 1].node)
            continue; /* the other names of the same value are among its spellings */
        struct str text = STR_INIT;
        struct data *d = data_add_map(&out->arena, list, NULL);
        data_add_str(&out->arena, d, "site", v[i].name);
        sites_spellings(s->model->plan, v[i].node, &text);
        struct data *spellings = data_add_list(&out->arena, d, "spellings");
        for (char *p = text.s; *p != 0; p += strcspn(p, "\n"), p += *p == '\n') {
            /* "Hugging Face     lm_head": names have no blanks */
            size_t end = strcspn(p, "\n"), name = end, of;
            while (name > 0 && p[name - 1] != ' ')
                name--;
            for (of = name; of > 0 && p[of - 1] == ' ';)
                of--;
            struct data *one = data_add_map(&out->arena, spellings, NULL);
            data_add_strn(&out->arena, one, "of", p, of);
            data_add_strn(&out->arena, one, "name", p + name, end - name);
        }
        out_text(out, text.s);
        str_release(&text);
    }
    free(v);
    return true;
}

static const struct arg name_args[] = {
    {.name = "site", .kind = ARG_SITE, .help = "in any spelling"},
    {0},
};

const struct command cmd_name = {
    .name = "name",
    .group = GROUP_LOOK,
    .needs = NEED_MODEL,
    .args = name_args,
    .summary = "Every spelling of a site: ours, TransformerLens, Hugging Face, Marian",
    .help = "All of them are accepted wherever a site is read.\n"
            "  name enc.0.self.pattern\n  name blocks.0.attn.hook_pattern",
    .exec = name_exec,
};
