/* The last view that was shown, kept for pictures of it. */
#include "command/shown.h"

#include <stdlib.h>

#include "base/mem.h"
#include "report.h"
#include "user.h"

bool shown_is_picture(const struct result *r)
{
    for (const struct view *v = r->first; v; v = v->next)
        if (v->kind != VIEW_LINE && v->kind != VIEW_TEXT && v->kind != VIEW_PARAGRAPH)
            return true;
    return false;
}

/* The tokens after the start token as a text. */
static const char *target_text(struct session *s, struct arena *a)
{
    int64_t n;
    const int32_t *ids = s->gen != NULL ? session_tokens(s, TOKEN_TARGET, &n) : NULL;
    struct str text = STR_INIT;
    const char *copy = NULL;
    if (ids != NULL && n > 1 && report_text(s, ids + 1, n - 1, &text) && text.len > 0)
        copy = arena_printf(a, "→ %s", text.s);
    str_release(&text);
    return copy;
}

bool shown_make(struct shown *out, struct session *s, const char *line, const struct result *r,
                struct err *e)
{
    struct arena *a = &out->views.arena;
    int n = 0;
    out->caption.title = arena_strdup(a, line);
    if (s->source.text != NULL)
        out->lines[n++] = arena_strdup(a, s->source.text);
    const char *target = s->model != NULL ? target_text(s, a) : NULL;
    if (target != NULL)
        out->lines[n++] = target;
    if (s->model != NULL)
        out->lines[n++] =
            arena_printf(a, "model %s", s->model->name ? s->model->name : s->model->path);
    out->caption.lines = out->lines;
    out->caption.nlines = n;
    return result_copy_views(&out->views, r, e);
}

void shown_release(struct shown *v)
{
    result_release(&v->views);
}

void command_show(struct session *s, const struct command *c, const char *line,
                  const struct result *r)
{
    struct err ignored = ERR_INIT; /* without memory for it the one before stays */
    bool ours = c == NULL ||
                (c->group != GROUP_EXPORT && c->group != GROUP_SETTINGS && c->group != GROUP_HELP);
    if (!ours || !shown_is_picture(r))
        return;
    struct shown *v = mem_alloc(sizeof *v);
    if (shown_make(v, s, line, r, &ignored)) {
        struct user *u = user_of(s);
        if (u->shown)
            shown_release(u->shown);
        free(u->shown);
        u->shown = v;
        return;
    }
    shown_release(v);
    free(v);
}

const struct shown *command_shown(const struct session *s)
{
    const struct user *u = s->user;
    return u != NULL ? u->shown : NULL;
}

struct style shown_style(const struct session *s)
{
    const struct settings *t = &s->settings;
    struct style st;
    style_init(&st);
    st.axis_rtl = t->number[SET_AXIS] == 1;
    st.persian_digits = t->number[SET_DIGITS] == 1;
    st.map = (enum colormap)t->number[SET_COLORMAP];
    st.precision = (int)t->number[SET_PRECISION];
    st.width = 0;
    return st;
}
