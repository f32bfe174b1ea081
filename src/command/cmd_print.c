/* print and x: values by name, and Lua expressions. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "values.h"

/* ---- print ----------------------------------------------------------------------------------- */

/* Could only be meant as a site: its characters are those of sites, and it begins like one. */
static bool looks_like_site(const char *text)
{
    static const char *const others[] = {"blocks", "model", "bert"}; /* spellings of others */
    for (const char *p = text; *p != 0; p++)
        if (!isalnum((unsigned char)*p) && (unsigned char)*p < 0x80 &&
            strchr("_.*@:[],'- ", *p) == NULL)
            return false;
    size_t n = strcspn(text, ".[@ ");
    bool known = sites_stem(text, n);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        known = known || (strlen(others[i]) == n && strncmp(others[i], text, n) == 0);
    return known && text[n] != ' ';
}

/* A plain word that is no variable of Lua: rather a site that is misspelt. */
static bool unknown_word(struct session *s, const char *text)
{
    for (const char *p = text; *p != 0; p++)
        if (!isalnum((unsigned char)*p) && *p != '_')
            return false;
    if (strcmp(text, "nil") == 0 || s->hooks.eval_bool == NULL)
        return false;
    struct str expr = STR_INIT;
    struct err ignored = ERR_INIT;
    bool is_nil = false;
    str_addf(&expr, "%s == nil", text);
    bool ok = s->hooks.eval_bool(s->hooks.ud, expr.s, &is_nil, &ignored);
    str_release(&expr);
    return ok && is_nil;
}

static bool show_refs(struct session *s, const struct site_ref *v, size_t n,
                      const struct number_format *f, struct result *out, struct err *e)
{
    struct data *list = n > 1 ? data_add_list(&out->arena, out->data, "values") : NULL;
    for (size_t i = 0; i < n; i++) {
        struct tensor t;
        if (!sites_tensor(s, &v[i], &t, e))
            return false;
        const char *name = values_name(&out->arena, &v[i]);
        values_data(out, list != NULL ? data_add_map(&out->arena, list, NULL) : out->data, name,
                    &t);
        if (i > 0)
            out_line(out, TONE_PLAIN, "%s", "");
        values_draw(s, out, name, &v[i], &t, values_record(s, &t), f);
        tensor_unref(&t);
    }
    return true;
}

static bool print_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const char *text = args_str(a, "value");
    struct number_format f;
    if (!values_format(s, args_letters(a), NULL, &f, e))
        return false;
    struct site_ref *v;
    size_t n;
    struct err miss = ERR_INIT;
    if (sites_match(s, text, &v, &n, &miss)) {
        bool ok = show_refs(s, v, n, &f, out, e) || args_blame(a, "value", 0, e);
        free(v);
        return ok;
    }
    if (s->hooks.eval_value != NULL && !looks_like_site(text) && !unknown_word(s, text))
        return s->hooks.eval_value(s->hooks.ud, text, out, e);
    *e = miss;
    return args_blame(a, "value", 0, e);
}

static const struct arg print_args[] = {
    {.name = "value",
     .kind = ARG_LUA,
     .help = "a site (with .hN, @step, [slice]) or a Lua expression"},
    {0},
};

const struct command cmd_print = {
    .name = "print",
    .alias = "p",
    .group = GROUP_LOOK,
    .args = print_args,
    .letters = "#efgx",
    .summary = "The value of a site or a Lua expression; recorded as $N",
    .help = "A tensor is shown with its axes, statistics and corners; a single cell as its number. "
            "Flags after '/'\n"
            "are a width, a precision and one of e f g, or x for the bits in hex.\n"
            "  print enc.0.self.pattern.h2\n  print/8.3f dec.1.cross.pattern.h0@2\n  print "
            "enc.out[0,3,0:8]\n"
            "  print 2 * math.pi",
    .exec = print_exec,
};

/* ---- x --------------------------------------------------------------------------------------- */

/* Where the indices in brackets point to, as a cell of the tensor in row-major order. */
static bool first_cell(const struct site_ref *r, const struct tensor *t, int64_t *cell,
                       struct err *e)
{
    if (r->nslices > t->ndim)
        return err_set(e, ERR_COMMAND, "%s has %d axes, but %d indices were given", r->name,
                       t->ndim, r->nslices);
    *cell = 0;
    for (int i = 0; i < t->ndim; i++) {
        int64_t n = t->shape[i], at = i < r->nslices && !r->slices[i].all ? r->slices[i].from : 0;
        at = at < 0 ? at + n : at;
        if (at < 0 || at >= n)
            return err_set(e, ERR_COMMAND, "index %lld of axis %s of %s: the range is 0-%lld",
                           (long long)r->slices[i].from, t->axis[i], r->name, (long long)n - 1);
        *cell = *cell * n + at;
    }
    return true;
}

static void unravel(const struct tensor *t, int64_t cell, int64_t *index)
{
    for (int i = t->ndim - 1; i >= 0; i--) {
        index[i] = cell % t->shape[i];
        cell /= t->shape[i];
    }
}

enum { PER_LINE = 4 };

static void dump(struct result *out, const char *name, const struct tensor *t, int64_t from,
                 int64_t count, const struct number_format *f)
{
    struct data *list = data_add_list(&out->arena, out->data, "data");
    for (int64_t i = from; i < from + count; i++) {
        int64_t at[TENSOR_DIMS];
        unravel(t, i, at);
        double v = tensor_get(t, at);
        data_add_num(&out->arena, list, NULL, v);
        struct str text = STR_INIT;
        if ((i - from) % PER_LINE == 0) {
            str_addf(&text, "%s[", name);
            for (int k = 0; k < t->ndim; k++)
                str_addf(&text, "%s%lld", k > 0 ? "," : "", (long long)at[k]);
            str_add(&text, "]:");
            out_begin(out);
            out_span(out, TONE_SITE, "%s", text.s);
            str_clear(&text);
        }
        values_number(&text, v, f);
        out_span(out, TONE_NUMBER, " %11s", text.s);
        str_release(&text);
    }
}

static bool x_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    int64_t count, from = 0;
    struct number_format f;
    struct site_ref r;
    if (!values_format(s, args_letters(a), &count, &f, e))
        return false;
    if (!sites_one(s, args_str(a, "site"), &r, e))
        return args_blame(a, "site", 0, e);
    struct site_ref whole = r;
    whole.nslices = 0;
    struct tensor t;
    if (!sites_tensor(s, &whole, &t, e))
        return args_blame(a, "site", 0, e);
    bool ok = first_cell(&r, &t, &from, e) || args_blame(a, "site", 0, e);
    int64_t all = tensor_count(&t);
    if (ok && args_repeated(a))
        from = s->next_cell;
    if (ok && from >= all)
        ok = err_set(e, ERR_COMMAND, "%s ends here: it has %lld numbers", r.name, (long long)all);
    if (ok) {
        const char *name = values_name(&out->arena, &whole);
        count = count < all - from ? count : all - from;
        data_add_str(&out->arena, out->data, "site", name);
        data_add_int(&out->arena, out->data, "first", from);
        dump(out, name, &t, from, count, &f);
        s->next_cell = from + count;
    }
    tensor_unref(&t);
    return ok;
}

static const struct arg x_args[] = {
    {.name = "site", .kind = ARG_SITE, .help = "where to begin: SITE or SITE[INDEX,...]"},
    {0},
};

const struct command cmd_x = {
    .name = "x",
    .group = GROUP_LOOK,
    .needs = NEED_MODEL,
    .flags = CMD_REPEATS,
    .args = x_args,
    .letters = "#efgx",
    .summary = "Examine raw numbers; Enter continues",
    .help = "/8f shows 8 numbers, /8.3f with three decimals, /8x their bits; in row-major order "
            "from the index on.\n"
            "  x/8f enc.0.mlp.post[0,2]\n  x/4x logits[0,0,100]",
    .exec = x_exec,
};
