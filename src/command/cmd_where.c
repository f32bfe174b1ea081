/* where up down frame: the frames of the program; display undisplay: what is shown at each stop. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report.h"

static void frame_line(struct session *s, enum frame_level level, struct result *out)
{
    struct str name = STR_INIT, about = STR_INIT;
    session_frame(s, level, &name, &about);
    out_begin(out);
    out_span(out, level == s->frame ? TONE_STRONG : TONE_PLAIN, "#%d  ", level);
    out_span(out, TONE_SITE, "%-22s", name.s);
    out_span(out, TONE_DIM, "  %s", about.s);
    str_release(&name);
    str_release(&about);
}

static bool where_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    (void)a, (void)e;
    struct data *list = data_add_list(&out->arena, out->data, "frames");
    for (int i = 0; i < FRAME_COUNT; i++) {
        struct str name = STR_INIT, about = STR_INIT;
        if (!session_frame(s, (enum frame_level)i, &name, &about))
            break; /* an encoder generates nothing */
        struct data *f = data_add_map(&out->arena, list, NULL);
        data_add_str(&out->arena, f, "name", name.s);
        data_add_str(&out->arena, f, "about", about.s);
        data_add_bool(&out->arena, f, "selected", i == (int)s->frame);
        str_release(&name);
        str_release(&about);
        frame_line(s, (enum frame_level)i, out);
    }
    return true;
}

const struct command cmd_where = {
    .name = "where",
    .alias = "bt w",
    .group = GROUP_RUN,
    .needs = NEED_RUN,
    .summary = "Frames: operation, sub-layer, layer, stack, generation",
    .help = "The innermost first. up, down and frame N select one; shapes, attn and print then "
            "refer to it.",
    .exec = where_exec,
};

static bool select_frame(struct session *s, int64_t level, struct result *out, struct err *e)
{
    if (level < 0)
        return err_set(e, ERR_COMMAND, "the innermost frame is selected already");
    int outermost = plan_decodes(s->model->plan) ? FRAME_GENERATION : FRAME_STACK;
    if (level > outermost)
        return err_set(e, ERR_COMMAND, "the outermost frame is %d", outermost);
    s->frame = (enum frame_level)level;
    data_add_int(&out->arena, out->data, "frame", level);
    frame_line(s, s->frame, out);
    return true;
}

static const struct arg frames_arg[] = {
    {.name = "count", .kind = ARG_INT, .help = "how many", .optional = true, .lo = 1, .hi = 100},
    {0},
};

static bool up_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    return select_frame(s, (int64_t)s->frame + args_int(a, "count", 1), out, e);
}

const struct command cmd_up = {
    .name = "up",
    .group = GROUP_RUN,
    .needs = NEED_RUN,
    .flags = CMD_REPEATS,
    .args = frames_arg,
    .summary = "Select the frame outside",
    .help = "'where' lists the frames. Names of sites may be relative to the one selected.\n"
            "\n"
            "  up\n"
            "  shapes\n",
    .exec = up_exec,
};

static bool down_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    return select_frame(s, (int64_t)s->frame - args_int(a, "count", 1), out, e);
}

const struct command cmd_down = {
    .name = "down",
    .alias = "do",
    .group = GROUP_RUN,
    .needs = NEED_RUN,
    .flags = CMD_REPEATS,
    .args = frames_arg,
    .summary = "Select the frame inside",
    .help = "'where' lists the frames; 'up' goes outside again.\n",
    .exec = down_exec,
};

static const struct arg frame_arg[] = {
    {.name = "number",
     .kind = ARG_INT,
     .help = "of the frame",
     .optional = true,
     .lo = 0,
     .hi = FRAME_COUNT - 1},
    {0},
};

static bool frame_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    return select_frame(s, args_int(a, "number", s->frame), out, e);
}

const struct command cmd_frame = {
    .name = "frame",
    .alias = "f",
    .group = GROUP_RUN,
    .needs = NEED_RUN,
    .args = frame_arg,
    .summary = "Select a frame, or show the one selected",
    .help = "  frame 2    the layer: 'where' has the numbers\n",
    .exec = frame_exec,
};

/* ---- displays -------------------------------------------------------------------------------- */

static const struct arg display_args[] = {
    {.name = "what",
     .kind = ARG_LUA,
     .help = "a command, a site or an expression",
     .optional = true},
    {0},
};

static bool display_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    (void)e;
    const char *text = args_str(a, "what");
    if (text == NULL || *text == 0) {
        for (size_t i = 0; i < s->ndisplays; i++)
            out_line(out, TONE_PLAIN, "%d: %s", s->displays[i].number, s->displays[i].text);
        if (s->ndisplays == 0)
            out_line(out, TONE_DIM, "nothing is displayed");
        return true;
    }
    struct display d = {.number = s->next_display++, .enabled = true, .text = mem_strdup(text)};
    ARRAY_PUSH(s->displays, s->ndisplays, s->displays_cap) = d;
    data_add_int(&out->arena, out->data, "number", d.number);
    out_line(out, TONE_PLAIN, "%d: %s", d.number, d.text);
    return true;
}

const struct command cmd_display = {
    .name = "display",
    .alias = "disp",
    .group = GROUP_LOOK,
    .args = display_args,
    .summary = "Show a value or run a command at each stop",
    .help = "  display shapes\n  display enc.0.self.pattern.h2\n  display\n  undisplay 1",
    .exec = display_exec,
};

static const struct arg undisplay_args[] = {
    {.name = "number", .kind = ARG_INT, .help = "of the display; none: all", .optional = true},
    {0},
};

static bool undisplay_exec(struct session *s, const struct args *a, struct result *out,
                           struct err *e)
{
    int64_t number = args_int(a, "number", -1);
    size_t kept = 0, n = s->ndisplays;
    for (size_t i = 0; i < n; i++) {
        if (number >= 0 && s->displays[i].number != number)
            s->displays[kept++] = s->displays[i];
        else
            free(s->displays[i].text);
    }
    s->ndisplays = kept;
    if (number >= 0 && kept == n)
        return err_set(e, ERR_COMMAND, "there is no display %lld", (long long)number);
    out_line(out, TONE_PLAIN, "%zu removed", n - kept);
    return true;
}

const struct command cmd_undisplay = {
    .name = "undisplay",
    .alias = "und",
    .group = GROUP_LOOK,
    .args = undisplay_args,
    .summary = "Stop displaying",
    .help = "  undisplay 1\n",
    .exec = undisplay_exec,
};
