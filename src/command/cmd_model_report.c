/* model report: the figures that were measured when the model was trained (report.json). */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "command/command.h"

/* The file is as untrusted as the model: so many bytes, and lists in lists so deep. */
enum { REPORT_MAX = 4 << 20, DEPTH_MAX = 8 };

static bool report_open(const struct model *m, struct config **out, struct err *e)
{
    static const char *const name = "report.json";
    char *own = m->root != NULL ? path_join(m->root, name) : NULL;
    bool there = own != NULL && file_exists(own);
    free(own);
    if (!there)
        return err_set(e, ERR_COMMAND, "no report.json lies beside %s: no figures were kept",
                       m->name);
    char *path = path_inside(m->root, name, e);
    size_t n;
    char *text = path != NULL ? file_read(path, REPORT_MAX, &n, e) : NULL;
    bool ok = text != NULL && config_parse(text, n, path, out, e);
    free(text);
    free(path);
    return ok;
}

/* What the program says of every command stands beside the data: such a name would be there twice. */
static bool key_free(const char *key, struct err *e)
{
    static const char *const taken[] = {"command", "ok", "ms", "error"};
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        if (strcmp(key, taken[i]) == 0)
            return err_set(e, ERR_FILE,
                           "report.json: the key '%s' must have another name: every "
                           "command's data has that one",
                           key);
    return true;
}

/* ---- data ------------------------------------------------------------------------------------ */

static bool add_part(struct arena *a, struct data *to, const struct config_part *p, int depth,
                     struct err *e)
{
    struct data *inner = NULL;
    switch (p->kind) {
    case CONFIG_NULL:
        data_add_null(a, to, p->key);
        break;
    case CONFIG_BOOL:
        data_add_bool(a, to, p->key, p->b);
        break;
    case CONFIG_INT:
        data_add_int(a, to, p->key, p->i);
        break;
    case CONFIG_NUM:
        data_add_num(a, to, p->key, p->d);
        break;
    case CONFIG_STR:
        data_add_strn(a, to, p->key, p->s, p->n);
        break;
    case CONFIG_LIST:
        inner = data_add_list(a, to, p->key);
        break;
    case CONFIG_MAP:
        inner = data_add_map(a, to, p->key);
        break;
    }
    if (inner == NULL)
        return true;
    if (depth == DEPTH_MAX)
        return err_set(e, ERR_FILE, "report.json: lists and objects more than %d deep", DEPTH_MAX);
    struct config_part member;
    for (bool more = config_first(p, &member); more; more = config_next(&member))
        if (!add_part(a, inner, &member, depth + 1, e))
            return false;
    return true;
}

/* ---- table ----------------------------------------------------------------------------------- */

/* A value on one line: 3, text, [1, 2], {key: 3}. Its depth is checked by then. */
static void add_text(struct str *out, const struct data *d)
{
    switch (d->kind) {
    case DATA_BOOL:
        str_add(out, d->u.b ? "true" : "false");
        return;
    case DATA_INT:
        str_addf(out, "%lld", (long long)d->u.i);
        return;
    case DATA_NUM:
        str_addf(out, "%.15g", d->u.d);
        return;
    case DATA_STR:
        str_addn(out, d->u.str.s, d->u.str.n);
        return;
    case DATA_LIST:
    case DATA_MAP:
        break;
    default:
        str_add(out, "-");
        return;
    }
    str_addc(out, d->kind == DATA_LIST ? '[' : '{');
    for (const struct data *m = d->first; m != NULL; m = m->next) {
        if (m->key != NULL)
            str_addf(out, "%s: ", m->key);
        add_text(out, m);
        str_add(out, m->next != NULL ? ", " : "");
    }
    str_addc(out, d->kind == DATA_LIST ? ']' : '}');
}

static void add_row(struct result *out, struct table *t, const char *key, const struct data *d)
{
    struct cell *c = table_row(out, t);
    c[0] = cell_str(out, key);
    if (d->kind == DATA_INT)
        c[1] = cell_int(d->u.i);
    else if (d->kind == DATA_NUM)
        c[1] = cell_num(d->u.d, "%.15g");
    else {
        struct str text = STR_INIT;
        add_text(&text, d);
        c[1] = cell_str(out, text.s != NULL ? text.s : "");
        str_release(&text);
    }
}

static bool plain(const char *key)
{
    for (const char *p = key; *p != 0; p++)
        if (*p <= ' ' || *p > '~')
            return false;
    return true;
}

/* A key that was asked for: its members one a row, named by the path that finds them in the data.
 * Members whose names are whole texts stay on the line of the key. */
static void add_members(struct result *out, struct table *t, const struct data *d)
{
    bool open = d->first != NULL && (d->kind == DATA_LIST || d->kind == DATA_MAP);
    for (const struct data *m = open ? d->first : NULL; m != NULL; m = m->next)
        open = open && (m->key == NULL || plain(m->key));
    if (!open) {
        add_row(out, t, d->key, d);
        return;
    }
    int i = 0;
    for (const struct data *m = d->first; m != NULL; m = m->next, i++)
        add_row(out, t,
                m->key != NULL ? arena_printf(&out->arena, "%s.%s", d->key, m->key)
                               : arena_printf(&out->arena, "%s[%d]", d->key, i),
                m);
}

/* ---- the command ----------------------------------------------------------------------------- */

static bool unknown(const struct config *c, const char *key, struct err *e)
{
    struct config_part whole = config_whole(c), p;
    const char **names = mem_alloc((whole.n + 1) * sizeof *names);
    size_t n = 0;
    for (bool more = config_first(&whole, &p); more; more = config_next(&p))
        names[n++] = p.key;
    names[n] = NULL;
    err_set(e, ERR_COMMAND, "report.json has no key '%s'", key);
    const char *near = str_nearest(key, names);
    if (near != NULL)
        err_hint(e, "did you mean '%s'?", near);
    else
        err_hint(e, "`model report` shows them all");
    free(names);
    return false;
}

static bool find(const struct config *c, const char *key, struct config_part *out)
{
    struct config_part whole = config_whole(c);
    bool more = config_first(&whole, out);
    while (more && strcmp(out->key, key) != 0)
        more = config_next(out);
    return more;
}

static bool show_asked(const struct config *c, const struct args *args, struct result *out,
                       struct err *e)
{
    struct table *t = out_table(out, "key value*");
    for (int i = 0; i < args_count(args, "key"); i++) {
        const char *key = args_nth(args, "key", i);
        struct config_part p;
        if (!find(c, key, &p))
            return unknown(c, key, e) || args_blame(args, "key", i, e);
        if (data_get(out->data, key) != NULL) /* asked for twice */
            continue;
        if (!key_free(p.key, e) || !add_part(&out->arena, out->data, &p, 0, e))
            return false;
        add_members(out, t, data_get(out->data, key));
    }
    return true;
}

static bool show_all(const struct config *c, struct result *out, struct err *e)
{
    struct config_part whole = config_whole(c), p;
    for (bool more = config_first(&whole, &p); more; more = config_next(&p))
        if (!key_free(p.key, e) || !add_part(&out->arena, out->data, &p, 0, e))
            return false;
    struct table *t = out_table(out, "key value*");
    for (const struct data *d = out->data->first; d != NULL; d = d->next)
        add_row(out, t, d->key, d);
    return true;
}

static bool model_report_exec(struct session *s, const struct args *args, struct result *out,
                              struct err *e)
{
    struct config *c;
    if (!report_open(s->model, &c, e))
        return false;
    bool ok = args_count(args, "key") > 0 ? show_asked(c, args, out, e) : show_all(c, out, e);
    config_free(c);
    return ok;
}

/* Keys of the file that can be typed as they are. */
static void offer_keys(struct session *s, struct completion *to)
{
    struct config *c;
    struct err e = ERR_INIT;
    if (s->model == NULL || !report_open(s->model, &c, &e)) {
        err_clear(&e);
        return;
    }
    struct config_part whole = config_whole(c), p;
    for (bool more = config_first(&whole, &p); more; more = config_next(&p))
        if (plain(p.key) && strpbrk(p.key, ";|>#\"'-") != p.key)
            completion_add(to, p.key, "");
    config_free(c);
}

static const struct arg model_report_args[] = {
    {.name = "key",
     .kind = ARG_WORD,
     .optional = true,
     .many = true,
     .offer = offer_keys,
     .help = "a key of report.json; its list or object is then shown one value a line"},
    {0},
};

const struct command cmd_model_report = {
    .name = "model report",
    .group = GROUP_MODEL,
    .needs = NEED_MODEL,
    .args = model_report_args,
    .summary = "What was measured when the model was trained: report.json beside it",
    .help = "The keys are whatever the file has; the data has the same ones. The bundled models "
            "come with a report:\n"
            "accuracy and loss on training and held-back sentences, entropies of heads, curves.\n"
            "  model report\n"
            "  model report exact_match_training exact_match_held_back\n"
            "  model report entropy_cross",
    .exec = model_report_exec,
};
