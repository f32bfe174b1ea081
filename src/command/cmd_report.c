/* report: the whole session as one page. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/mem.h"
#include "command/shown.h"
#include "report.h"
#include "session_page.h"
#include "values.h"

/* A page larger than this is only made of layers that were asked for. */
#define PAGE_MOST (64.0 * 1024 * 1024)

extern const struct command cmd_model_info, cmd_tokens, cmd_shapes, cmd_beams;

static const struct arg report_args[] = {
    {.name = "file", .kind = ARG_FILE, .help = "FILE.html"},
    {.name = "--layers",
     .kind = ARG_WORD,
     .help = "maps of these alone: 2 or 0-2",
     .optional = true},
    {0},
};

struct page {
    struct session *s;
    struct result views;
    struct page_section *v;
    size_t n, cap;
};

/* A section of the views that were added since `after` (NULL: from the first one). */
static struct page_section *add_section(struct page *p, const char *id, const char *title,
                                        const struct view *after)
{
    if (p->n > 0 && p->v[p->n - 1].to == NULL)
        p->v[p->n - 1].to = after != NULL ? after->next : p->views.first;
    struct page_section *x = &ARRAY_PUSH(p->v, p->n, p->cap);
    *x = (struct page_section){
        .id = id, .title = title, .from = after != NULL ? after->next : p->views.first};
    return x;
}

/* What a command shows, as a section; one that has nothing to show here is left out. */
static bool add_command(struct page *p, const char *id, const char *title, const struct command *c,
                        const char *word, struct err *e)
{
    struct result r;
    const struct view *after = p->views.last;
    result_init(&r);
    bool ok = command_call(p->s, c, word != NULL, &word, &r, e),
         none = !ok && e->kind == ERR_COMMAND;
    ok = ok && result_copy_views(&p->views, &r, e);
    result_release(&r);
    if (none)
        err_clear(e);
    else if (ok)
        add_section(p, id, title, after);
    return ok || none;
}

static void add_notes(struct page *p)
{
    const struct view *after = p->views.last;
    for (size_t i = 0; i < p->s->nnotes; i++)
        out_paragraph(&p->views, TONE_PLAIN, 0, arena_strdup(&p->views.arena, p->s->notes[i]));
    if (p->s->nnotes > 0)
        add_section(p, "notes", "Notes", after);
}

static void add_maps(struct page *p, struct result *means, struct result *all,
                     const struct page_count *c)
{
    const struct view *after = p->views.last;
    if (c->missing > 0)
        out_line(means, TONE_DIM, "%d pattern%s not computed yet and left out", c->missing,
                 c->missing == 1 ? " is" : "s are");
    out_append(&p->views, means);
    add_section(p, "maps", "Attention", after)->maps = true;
    after = p->views.last;
    out_append(&p->views, all);
    struct page_section *x = add_section(p, "maps", "Attention", after);
    x->joins = x->unscripted = true;
}

static void add_steps(struct page *p)
{
    struct session *s = p->s;
    for (int64_t i = 0; i < gen_nsteps(s->gen); i++) {
        const struct view *after = p->views.last;
        const char *line = page_step(s, i, &p->views);
        struct page_section *x = add_section(p, "steps", "Decoding step by step", after);
        x->fold = line;
        x->joins = i > 0;
    }
}

static bool add_beams(struct page *p, struct err *e)
{
    if (gen_nsteps(p->s->gen) == 0 || gen_opts(p->s->gen)->search != SEARCH_BEAM)
        return true;
    size_t before = p->n;
    if (!add_command(p, "beams", "Beams", &cmd_beams, NULL, e))
        return false;
    if (p->n > before) {
        struct page_section *x = &p->v[before];
        x->tree = page_tree(p->s, &p->views.arena, &x->ntree);
        x->fold = "All beams as a table";
    }
    return true;
}

/* In this order; maps have been drawn already. */
static bool fill(struct page *p, struct result *means, struct result *all,
                 const struct page_count *c, struct err *e)
{
    bool decodes = plan_decodes(p->s->model->plan);
    add_notes(p);
    add_maps(p, means, all, c);
    if (decodes) {
        add_steps(p);
        if (!add_beams(p, e))
            return false;
    }
    return add_command(p, "source", "Tokens of the source", &cmd_tokens, "src", e) &&
           (!decodes || add_command(p, "target", "Tokens of the target", &cmd_tokens, "tgt", e)) &&
           add_command(p, "shapes", "Shapes", &cmd_shapes, NULL, e) &&
           add_command(p, "model", "Model", &cmd_model_info, NULL, e);
}

static bool read_layers(struct session *s, const struct args *a, struct page_layers *l,
                        struct err *e)
{
    const char *word = args_str(a, "--layers");
    const struct plan *p = s->model->plan;
    int64_t most = (p->layers[0] > p->layers[1] ? p->layers[0] : p->layers[1]) - 1;
    *l = (struct page_layers){0, -1};
    if (word == NULL)
        return true;
    struct str first = STR_INIT;
    const char *dash = strchr(word, '-');
    str_addn(&first, word, dash != NULL ? (size_t)(dash - word) : strlen(word));
    bool ok = str_int(first.s, 0, INT32_MAX, &l->first) &&
              str_int(dash != NULL ? dash + 1 : word, 0, INT32_MAX, &l->last);
    str_release(&first);
    if (!ok || l->first > l->last)
        return err_set(e, ERR_COMMAND, "'%s' is no range of layers", word) ||
               err_hint(e, "for example --layers 0-%lld, or one alone", (long long)most) ||
               args_blame(a, "--layers", 0, e);
    if (l->last > most)
        return err_set(e, ERR_COMMAND, "layer %lld: this model has layers 0-%lld",
                       (long long)l->last, (long long)most) ||
               args_blame(a, "--layers", 0, e);
    return true;
}

static bool check_file(const struct args *a, struct err *e)
{
    const char *path = args_str(a, "file");
    size_t n = strlen(path);
    if (n > 5 && strcasecmp(path + n - 5, ".html") == 0)
        return true;
    err_set(e, ERR_COMMAND, "a report is a page: its name ends in .html");
    err_hint(e, "for example report session.html");
    return args_blame(a, "file", 0, e);
}

/* The size before it is written: most of it is the maps. */
static bool check_size(struct session *s, const struct args *a, const struct page_layers *l,
                       struct result *out, struct err *e)
{
    double bytes = page_maps_bytes(s, l);
    const char *size = values_bytes_text(&out->arena, bytes);
    if (bytes > PAGE_MOST && !args_has(a, "--layers"))
        return err_set(e, ERR_COMMAND, "the maps of all layers would take about %s", size) ||
               err_hint(e, "choose layers: report %s --layers 0-1", args_str(a, "file"));
    if (bytes > PAGE_MOST / 64)
        session_note(s, "the maps take about %s in the page", size);
    return true;
}

static bool write_page(struct page *p, const struct args *a, const struct data *data,
                       struct result *out, struct err *e)
{
    const char *path = args_str(a, "file");
    struct style st = shown_style(p->s);
    struct shown about = {0};
    struct str text = STR_INIT;
    struct result none;
    result_init(&none);
    bool ok = shown_make(&about, p->s, "rasad: a session", &none, e);
    if (ok)
        page_html(&text, &about.caption, p->v, (int)p->n, data, &st);
    ok = ok && (file_replace(path, text.s, text.len, e) || args_blame(a, "file", 0, e));
    data_add_str(&out->arena, out->data, "file", path);
    data_add_int(&out->arena, out->data, "bytes", (int64_t)text.len);
    str_release(&text);
    shown_release(&about);
    result_release(&none);
    return ok;
}

static bool report_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct page p = {.s = s};
    struct page_layers layers;
    struct result means, all;
    struct page_count count;
    if (!check_file(a, e) || !read_layers(s, a, &layers, e) || !check_size(s, a, &layers, out, e))
        return false;
    result_init(&p.views);
    result_init(&means);
    result_init(&all);
    struct data *data = data_map(&out->arena);
    bool ok = page_maps(s, &layers, data, &means, &all, &count, e) &&
              fill(&p, &means, &all, &count, e) && write_page(&p, a, data, out, e);
    if (ok) {
        data_add_int(&out->arena, out->data, "maps", count.heads);
        data_add_int(&out->arena, out->data, "steps",
                     plan_decodes(s->model->plan) ? gen_nsteps(s->gen) : 0);
        out_line(out, TONE_PLAIN, "wrote %s (%lld map%s, %s)", args_str(a, "file"),
                 (long long)count.heads, count.heads == 1 ? "" : "s",
                 values_bytes_text(&out->arena, (double)data_get(out->data, "bytes")->u.i));
    }
    result_release(&means);
    result_release(&all);
    result_release(&p.views);
    free(p.v);
    return ok;
}

const struct command cmd_report = {
    .name = "report",
    .group = GROUP_EXPORT,
    .needs = NEED_RUN,
    .flags = CMD_WRITES,
    .args = report_args,
    .summary = "The whole session as one page: maps, steps, beams, tokens, shapes",
    .help =
        "One file without network. It reads without scripts; with them layer, head and kind of "
        "attention are chosen, and\n"
        "the pointer or the arrow keys walk over the cells: the exact weight and both tokens. For "
        "screens, paper and screen\n"
        "readers, light and dark. What `note` remembers stands in it. `set colormap` and `set axis "
        "rtl` hold for it. An old file stays "
        "whole until the new one is.\n"
        "  report session.html\n  report session.html --layers 0-1      of a large model",
    .exec = report_exec,
};
