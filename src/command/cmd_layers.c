/* layers: one head across the layers. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "maps.h"

static const struct arg layers_args[] = {
    {.name = "head",
     .kind = ARG_SITE,
     .help = "a number or h2; with enc, dec or cross before it the attention that is meant",
     .optional = true,
     .many = true},
    {0},
};

/* "cross.h2" -> kind "cross", head 2. */
static bool parse(struct arena *a, const char *text, const char **kind, int64_t *head,
                  struct err *e)
{
    char *copy = arena_strdup(a, text);
    char *dot = strrchr(copy, '.'), *last = dot != NULL ? dot + 1 : copy;
    const char *number = *last == 'h' ? last + 1 : last;
    *head = 0;
    if (str_int(number, INT32_MIN, INT32_MAX, head)) {
        if (dot != NULL)
            *dot = 0;
        else
            *copy = 0;
    } else if (strcmp(last, "h*") == 0) {
        return err_set(e, ERR_COMMAND, "layers shows one head; heads shows all heads of a layer");
    }
    *kind = copy;
    return true;
}

/* The pattern of some layer of the attention that is meant: enc, dec, self, cross, dec.self, or any
 * site. */
static bool model_node(struct session *s, const char *kind, int *node, struct err *e)
{
    const struct plan *p = s->model->plan;
    if (*kind == 0)
        return attn_here(s, node, e);
    static const struct {
        const char *word;
        enum stack stack;
        enum part part;
    } kinds[] = {{"enc", STACK_ENC, PART_SELF},    {"enc.self", STACK_ENC, PART_SELF},
                 {"dec", STACK_DEC, PART_SELF},    {"dec.self", STACK_DEC, PART_SELF},
                 {"cross", STACK_DEC, PART_CROSS}, {"dec.cross", STACK_DEC, PART_CROSS}};
    int here = -1;
    struct err ignored = ERR_INIT;
    bool self = strcmp(kind, "self") == 0 && attn_here(s, &here, &ignored);
    for (int i = 0; i < p->nnodes; i++) {
        if (!attn_is_pattern(p, i))
            continue;
        const struct node *n = &p->nodes[i];
        bool meant = self && n->stack == p->nodes[here].stack && n->part == PART_SELF;
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
            meant = meant || (strcmp(kind, kinds[k].word) == 0 && n->stack == kinds[k].stack &&
                              n->part == kinds[k].part);
        if (meant) {
            *node = i;
            return true;
        }
    }
    struct attn_ref *refs;
    size_t n;
    if (!attn_find(s, kind, &refs, &n, e))
        return false;
    *node = refs[0].site.node;
    free(refs);
    return true;
}

/* Loads the head of every layer that is computed; *missing: the first layer that is not. */
static bool load(struct session *s, struct arena *a, int node, int64_t head, struct attn *maps,
                 size_t *n, int *missing, struct err *e)
{
    const struct plan *p = s->model->plan;
    int layers = p->layers[p->nodes[node].stack];
    *n = 0;
    *missing = layers;
    for (int l = 0; l < layers; l++) {
        struct attn_ref ref;
        if (!attn_layer(s, node, l, &ref, e) || !attn_head(&ref, p, head, e))
            return false;
        if (!attn_load(s, a, &ref, &maps[*n], e)) {
            if (*n == 0)
                return false;
            err_clear(e);
            *missing = l;
            return true;
        }
        /* A layer that later passes have not reached again holds fewer rows: it would not fit
         * beside the others. */
        if (*n > 0 && maps[*n].rows.n != maps[0].rows.n) {
            attn_release(&maps[*n]);
            *missing = l;
            return true;
        }
        ++*n;
    }
    return true;
}

static bool layers_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct arena *arena = &out->arena;
    const char *kind = "";
    int64_t head;
    int node, missing;
    if (!parse(arena, attn_words(arena, a, "head"), &kind, &head, e) ||
        !model_node(s, kind, &node, e))
        return args_blame(a, "head", 0, e);
    const struct plan *p = s->model->plan;
    const struct node *like = &p->nodes[node];
    int total = p->layers[like->stack];
    struct attn *maps = arena_alloc(arena, ((size_t)total + 1) * sizeof *maps);
    size_t n;
    bool ok = load(s, arena, node, head, maps, &n, &missing, e);
    if (ok) {
        const char *leaf = strrchr(like->name, '.') + 1;
        const char *title = arena_printf(arena, "%s.*.%s.%s.h%lld", stack_name(like->stack),
                                         part_name(like->part), leaf, (long long)head);
        attn_draw(s, out, maps, n, n > 1 ? title : maps[0].title, args_letters(a));
        struct data *list = data_add_list(arena, out->data, "maps");
        for (size_t i = 0; i < n; i++)
            attn_data(out, data_add_map(arena, list, NULL), &maps[i]);
        if (missing < total)
            out_line(out, TONE_DIM, "layers %d-%d are not computed here yet", missing, total - 1);
    }
    for (size_t i = 0; i < n; i++)
        attn_release(&maps[i]);
    return ok || args_blame(a, "head", 0, e);
}

const struct command cmd_layers = {
    .name = "layers",
    .alias = "la",
    .group = GROUP_ATTENTION,
    .needs = NEED_RUN,
    .args = layers_args,
    .letters = "cnthp",
    .summary = "One head across the layers",
    .help = "Without a number head 0. Without a name the attention where the program stands.\n"
            "  layers 2\n  layers enc h1\n  layers dec.self h1\n  layers cross h2",
    .exec = layers_exec,
};
