/* attn: attention maps of one site. */
#include <stdlib.h>

#include "base/mem.h"
#include "maps.h"

static const struct arg attn_args[] = {
    {.name = "site",
     .kind = ARG_SITE,
     .help = "scores or a pattern; h3 picks a head of the present one",
     .optional = true,
     .many = true},
    {0},
};

/* One site: its map at the top of the data. Several: a list. */
static bool show(struct session *s, const struct attn_ref *ref, const char *letters,
                 struct data *to, struct result *out, struct err *e)
{
    struct arena *a = &out->arena;
    struct attn m;
    if (!attn_load(s, a, ref, &m, e))
        return false;
    const char *title =
        arena_printf(a, "%s  [%s%lld,%lld]", m.title,
                     m.t.shape[0] > 1 ? arena_printf(a, "%lld,", (long long)m.t.shape[0]) : "",
                     (long long)m.rows.n, (long long)m.cols.n);
    attn_draw(s, out, &m, 1, title, letters);
    attn_data(out, to, &m);
    attn_release(&m);
    return true;
}

static bool attn_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct attn_ref *refs;
    size_t n;
    if (!attn_find(s, attn_words(&out->arena, a, "site"), &refs, &n, e))
        return args_blame(a, "site", 0, e);
    struct data *list = n > 1 ? data_add_list(&out->arena, out->data, "maps") : NULL;
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        ok = show(s, &refs[i], args_letters(a),
                  list != NULL ? data_add_map(&out->arena, list, NULL) : out->data, out, e);
    free(refs);
    return ok || args_blame(a, "site", 0, e);
}

const struct command cmd_attn = {
    .name = "attn",
    .alias = "a",
    .group = GROUP_ATTENTION,
    .needs = NEED_RUN,
    .args = attn_args,
    .letters = "cnthp",
    .summary = "Heat map of attention: rows ask (queries), columns answer (keys)",
    .help =
        "Without a site: the pattern of the selected frame. All heads, or the one that is named.\n"
        "Entropy: -sum p log2 p of a row in bits, mean over the rows; 0 = each query looks at one "
        "key.\n"
        "/c cells, /n numbers, /t text ramp, /h half blocks, /p pixels where the terminal has "
        "them.\n"
        "  attn h3\n"
        "  attn/n enc.0.self.pattern.h1\n"
        "  attn dec.*.cross h2\n"
        "  attn dec.1.cross.pattern.h0[0:4,:]    some rows and columns",
    .exec = attn_exec,
};
