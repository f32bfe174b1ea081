/* export FILE.svg|.png|.html: a view as a picture or page. */
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "export.h"
#include "values.h"

const char export_pictures[] = ".svg .png .html";

enum target { TARGET_SVG, TARGET_PNG, TARGET_HTML, TARGET_NONE };

static enum target target_of(const char *path)
{
    static const char *const endings[] = {".svg", ".png", ".html"};
    size_t n = strlen(path);
    for (int i = 0; i < TARGET_NONE; i++) {
        size_t len = strlen(endings[i]);
        if (n > len && strcasecmp(path + n - len, endings[i]) == 0)
            return (enum target)i;
    }
    return TARGET_NONE;
}

bool export_is_picture(const char *path)
{
    return target_of(path) != TARGET_NONE;
}

static bool draw(struct str *out, enum target t, const struct shown *v, const struct style *st,
                 int *tofu, struct err *e)
{
    switch (t) {
    case TARGET_PNG:
        return picture_png(out, v->views.first, &v->caption, st, tofu, e);
    case TARGET_HTML:
        picture_html(out, v->views.first, &v->caption, st);
        return true;
    default:
        picture_svg(out, v->views.first, &v->caption, st);
        return true;
    }
}

static bool export_view(struct session *s, const struct args *a, const struct shown *v,
                        struct result *out, struct err *e)
{
    const char *path = args_str(a, "file");
    struct str bytes = STR_INIT;
    struct style st = shown_style(s);
    int tofu = 0;
    bool ok = draw(&bytes, target_of(path), v, &st, &tofu, e) &&
              file_replace(path, bytes.s, bytes.len, e);
    if (ok) {
        data_add_str(&out->arena, out->data, "file", path);
        data_add_str(&out->arena, out->data, "view", v->caption.title);
        data_add_int(&out->arena, out->data, "bytes", (int64_t)bytes.len);
        out_line(out, TONE_PLAIN, "wrote %s (%s, %s)", path, v->caption.title,
                 values_bytes_text(&out->arena, (double)bytes.len));
        if (tofu > 0)
            out_line(out, TONE_DIM,
                     "this machine has no font for %d of its letters: they are boxes; .svg and "
                     ".html are drawn where they are read",
                     tofu);
    }
    str_release(&bytes);
    return ok || args_blame(a, "file", 0, e);
}

/* The words after the file as one command line; those with blanks are quoted again. A single word is
 * the line itself: export("a.svg", "attn h3"). */
static const char *command_line(struct arena *arena, const struct args *a)
{
    struct str line = STR_INIT;
    if (args_count(a, "site") == 1)
        return args_nth(a, "site", 0);
    for (int i = 0; i < args_count(a, "site"); i++) {
        const char *word = args_nth(a, "site", i);
        bool quote = strpbrk(word, " \t;#'") != NULL && strchr(word, '"') == NULL;
        str_addf(&line, "%s%s%s%s", i ? " " : "", quote ? "\"" : "", word, quote ? "\"" : "");
    }
    const char *copy = arena_strdup(arena, line.s);
    str_release(&line);
    return copy;
}

static bool run_line(struct session *s, const struct args *a, const char *line, struct shown *v,
                     struct err *e)
{
    const struct command *c;
    struct result r;
    int used;
    c = command_find(s, line, &used, e);
    if (c == NULL)
        return args_blame(a, "site", 0, e);
    if (c->group == GROUP_EXPORT || (c->flags & CMD_SHELL))
        return err_set(e, ERR_COMMAND, "'%s' draws nothing", c->name) ||
               args_blame(a, "site", 0, e);
    result_init(&r);
    bool ok = command_run(s, line, false, &r, &c, e);
    if (!ok) /* its columns are those of its own line */
        err_at(e, -1, 0);
    else if (r.first == NULL)
        ok = err_set(e, ERR_COMMAND, "'%s' shows nothing that could be drawn", line);
    ok = ok && shown_make(v, s, line, &r, e);
    result_release(&r);
    return ok;
}

bool export_picture(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    if (args_count(a, "site") > 0) {
        struct shown v = {0};
        bool ok =
            run_line(s, a, command_line(&out->arena, a), &v, e) && export_view(s, a, &v, out, e);
        shown_release(&v);
        return ok;
    }
    const struct shown *last = command_shown(s);
    if (last != NULL)
        return export_view(s, a, last, out, e);
    err_set(e, ERR_COMMAND, "no table, map or curve was shown yet");
    return err_hint(e, "draw one first, or name a command: export %s attn", args_str(a, "file"));
}
