/* Building results: lines, tables, heat maps and bars for people, in the result's arena. */
#include "render/view.h"

#include <stdarg.h>
#include <string.h>

#include "base/str.h"

void result_init(struct result *r)
{
    *r = (struct result){0};
    r->data = data_map(&r->arena);
}

void result_release(struct result *r)
{
    data_release(r->data);
    for (struct view *v = r->first; v; v = v->next)
        if (v->kind == VIEW_HEAT)
            for (int i = 0; i < v->u.heat.npanels; i++)
                tensor_unref(&v->u.heat.panels[i].t);
    arena_release(&r->arena);
    *r = (struct result){0};
}

static struct view *add(struct result *r, enum view_kind kind)
{
    struct view *v = arena_alloc(&r->arena, sizeof *v);
    v->kind = kind;
    if (r->last)
        r->last->next = v;
    else
        r->first = v;
    r->last = v;
    return v;
}

static void add_span(struct result *r, enum tone tone, const char *fmt, va_list ap)
{
    if (!r->last || r->last->kind != VIEW_LINE)
        add(r, VIEW_LINE);
    struct view *v = r->last;
    int n = v->u.line.n;
    /* The array is full whenever its length is 0 or a power of two: no field for its size. */
    if ((n & (n - 1)) == 0) {
        size_t item = sizeof *v->u.line.spans;
        struct span *more = arena_alloc(&r->arena, item * (size_t)(n ? n * 2 : 1));
        if (n)
            memcpy(more, v->u.line.spans, item * (size_t)n);
        v->u.line.spans = more;
    }
    struct str s = STR_INIT;
    str_vaddf(&s, fmt, ap);
    v->u.line.spans[n] = (struct span){tone, arena_strndup(&r->arena, s.s, s.len)};
    v->u.line.n++;
    str_release(&s);
}

void out_begin(struct result *r)
{
    add(r, VIEW_LINE);
}

void out_span(struct result *r, enum tone tone, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    add_span(r, tone, fmt, ap);
    va_end(ap);
}

void out_line(struct result *r, enum tone tone, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    out_begin(r);
    add_span(r, tone, fmt, ap);
    va_end(ap);
}

const char *out_strn(struct result *r, const char *s, size_t n)
{
    struct str b = STR_INIT;
    for (size_t at = 0; at < n;) {
        const char *nul = memchr(s + at, '\0', n - at);
        size_t end = nul ? (size_t)(nul - s) : n;
        str_addn(&b, s + at, end - at);
        if (nul)
            str_add_visible(&b, nul, 1);
        at = end + (nul != NULL);
    }
    const char *copy = arena_strndup(&r->arena, b.s, b.len);
    str_release(&b);
    return copy;
}

void out_text(struct result *r, const char *text)
{
    add(r, VIEW_TEXT)->u.text = arena_strdup(&r->arena, text);
}

void out_paragraph(struct result *r, enum tone tone, int indent, const char *text)
{
    add(r, VIEW_PARAGRAPH)->u.paragraph =
        (struct paragraph){tone, indent, arena_strdup(&r->arena, text)};
}

void out_append(struct result *to, struct result *from)
{
    if (from->first) {
        if (to->last)
            to->last->next = from->first;
        else
            to->first = from->first;
        to->last = from->last;
    }
    arena_adopt(&to->arena, &from->arena);
    *from = (struct result){0};
}

static struct column column_of(struct result *r, const char *word, size_t n)
{
    struct column c = {0};
    if (n && word[0] == '|') {
        word++;
        n--;
    }
    for (; n && (word[n - 1] == '>' || word[n - 1] == '*'); n--) {
        if (word[n - 1] == '>')
            c.right = true;
        else
            c.foreign = true;
    }
    char *head = arena_strndup(&r->arena, word, n);
    for (char *p = head; *p; p++)
        if (*p == '_')
            *p = ' ';
    c.head = strcmp(head, " ") == 0 ? "" : head;
    return c;
}

struct table *out_table(struct result *r, const char *heads)
{
    struct table *t = &add(r, VIEW_TABLE)->u.table;
    for (int pass = 0; pass < 2; pass++) {
        int n = 0;
        for (const char *p = heads; *p;) {
            size_t len = strcspn(p, " ");
            if (len && pass)
                t->cols[n] = column_of(r, p, len);
            n += len > 0;
            p += len;
            p += strspn(p, " ");
        }
        if (!pass)
            t->cols = arena_alloc(&r->arena, sizeof *t->cols * (size_t)n);
        t->ncols = n;
    }
    return t;
}

struct cell *table_row(struct result *r, struct table *t)
{
    size_t row = sizeof *t->cells * (size_t)t->ncols;
    if (t->nrows == t->cap) {
        size_t cap = t->cap ? t->cap * 2 : 8;
        struct cell *more = arena_alloc(&r->arena, cap * row);
        if (t->nrows)
            memcpy(more, t->cells, t->nrows * row);
        t->cells = more;
        t->cap = cap;
    }
    return t->cells + t->nrows++ * (size_t)t->ncols;
}

struct cell cell_str(struct result *r, const char *s)
{
    return (struct cell){.kind = CELL_STR, .s = arena_strdup(&r->arena, s)};
}

struct cell cell_int(int64_t i)
{
    return (struct cell){.kind = CELL_INT, .i = i};
}

struct cell cell_num(double d, const char *fmt)
{
    return (struct cell){.kind = CELL_NUM, .d = d, .fmt = fmt};
}

struct cell cell_bar(double fraction)
{
    return (struct cell){.kind = CELL_BAR, .d = fraction};
}

struct heat *out_heat(struct result *r, int npanels)
{
    struct heat *h = &add(r, VIEW_HEAT)->u.heat;
    h->npanels = npanels;
    h->panels = arena_alloc(&r->arena, sizeof *h->panels * (size_t)npanels);
    return h;
}

struct bars *out_bars(struct result *r, int n)
{
    struct bars *b = &add(r, VIEW_BARS)->u.bars;
    b->n = n;
    b->labels = arena_alloc(&r->arena, sizeof *b->labels * (size_t)n);
    b->values = arena_alloc(&r->arena, sizeof *b->values * (size_t)n);
    return b;
}

struct plot *out_plot(struct result *r, int nseries, int points)
{
    struct plot *p = &add(r, VIEW_PLOT)->u.plot;
    p->nseries = nseries;
    p->series = arena_alloc(&r->arena, sizeof *p->series * (size_t)nseries);
    for (int i = 0; i < nseries; i++) {
        p->series[i].n = points;
        p->series[i].x = arena_alloc(&r->arena, sizeof(double) * (size_t)points);
        p->series[i].y = arena_alloc(&r->arena, sizeof(double) * (size_t)points);
    }
    return p;
}
