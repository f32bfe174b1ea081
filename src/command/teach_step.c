/* Walking through a lesson: showing a step, running its commands, asking its questions. */
#include <stdlib.h>
#include <string.h>

#include "ask.h"
#include "base/mem.h"
#include "teach.h"

/* ---- life ------------------------------------------------------------------------------------ */

void teach_end(struct session *s)
{
    if (s->lesson && s->questions.what && strcmp(s->questions.what, "lesson") == 0)
        questions_release(s);
    lesson_walk_free(s->lesson);
    s->lesson = NULL;
}

void teach_begin(struct session *s, struct lesson *l, bool kept)
{
    teach_end(s);
    struct lesson_walk *w = s->lesson = mem_alloc(sizeof *w);
    char *damaged;
    w->lesson = l;
    w->step = -1;
    w->kept = kept;
    progress_read(l, &w->progress, &damaged);
    if (damaged && kept)
        session_note(s, "the file of the progress of this lesson, %s, is damaged: it begins anew",
                     damaged);
    free(damaged);
}

static void keep(struct session *s)
{
    struct err e = ERR_INIT;
    if (!s->lesson->kept || progress_write(s->lesson->lesson, &s->lesson->progress, &e))
        return;
    session_note(s, "the progress of the lesson is not kept: %s", e.msg);
    s->lesson->kept = false;
}

/* An answer to a question of the lesson: the best one counts. */
static void settled(struct session *s, const struct question *q)
{
    struct progress *p = &s->lesson->progress;
    if (q->earned > p->earned[q->tag])
        p->earned[q->tag] = q->earned;
    keep(s);
}

/* ---- a step ---------------------------------------------------------------------------------- */

static bool show_text(struct session *s, const struct lesson_item *it, struct result *out,
                      struct data *texts, struct err *e)
{
    struct str text = STR_INIT;
    bool ok = teach_text(s, lesson_in(&it->text, lesson_language(s)), &text, e);
    if (ok) {
        out_paragraph(out, TONE_PLAIN, 0, text.s);
        data_add_str(&out->arena, texts, NULL, text.s);
    } else {
        teach_at(s->lesson->lesson, it->text.line, e);
    }
    str_release(&text);
    return ok;
}

/* The command as if it had been typed, and its output. `shown` false: for its effect alone. */
static bool run_item(struct session *s, const struct lesson_item *it, bool shown,
                     struct result *out, struct data *list, struct err *e)
{
    struct result one;
    result_init(&one);
    const char *typed = teach_command(s, &out->arena, it->command, e);
    bool ok = typed && teach_run(s, it->command, &one, e);
    if (!ok)
        teach_at(s->lesson->lesson, it->line, e);
    if (ok && shown) {
        out_begin(out);
        out_span(out, TONE_DIM, "%s", "(rasad) ");
        out_span(out, TONE_STRONG, "%s", typed);
        struct data *d = data_add_map(&out->arena, list, NULL);
        data_add_str(&out->arena, d, "line", typed);
        data_attach(&out->arena, d, "data", one.data);
        out_append(out, &one);
    }
    result_release(&one);
    return ok;
}

void teach_onward(struct session *s, struct result *out)
{
    out_paragraph(out, TONE_DIM, 0,
                  session_says(s, "Enter (or `teach next`) goes on",
                               "با کلید `Enter` (یا `teach next`) ادامه دهید"));
}

/* The question of an item, unless it has been answered before. */
static bool add_question(struct session *s, const struct lesson_step *step, int item, struct err *e)
{
    struct lesson_walk *w = s->lesson;
    int tag = step->first_question;
    for (int i = 0; i < item; i++)
        tag += step->items[i].part == LESSON_ASK;
    if (!w->all && w->progress.earned[tag] >= 0)
        return true;
    if (!teach_ask(s, w->lesson, step->items[item].question, e))
        return false;
    s->questions.list[s->questions.n - 1].tag = tag;
    return true;
}

static void heading(struct session *s, int at, struct result *out)
{
    const struct lesson *l = s->lesson->lesson;
    const char *title = lesson_in(&l->title, lesson_language(s));
    const char *step = lesson_in(&l->steps[at].title, lesson_language(s));
    struct str text = STR_INIT;
    str_addf(&text, session_says(s, "%s, step %d of %d%s%s", "%s، گام %d از %d%s%s"), title, at + 1,
             l->nsteps, step ? ": " : "", step ? step : "");
    out_paragraph(out, TONE_STRONG, 0, text.s);
    str_release(&text);
    data_add_str(&out->arena, out->data, "lesson", l->name);
    data_add_str(&out->arena, out->data, "title", title);
    data_add_int(&out->arena, out->data, "step", at + 1);
    data_add_int(&out->arena, out->data, "steps", l->nsteps);
}

/* From item w->item on: up to questions, or to the end of the step. */
static bool show_items(struct session *s, struct result *out, struct err *e)
{
    struct lesson_walk *w = s->lesson;
    const struct lesson_step *step = &w->lesson->steps[w->step];
    struct data *texts = data_add_list(&out->arena, out->data, "text");
    struct data *list = data_add_list(&out->arena, out->data, "commands");
    questions_begin(s, "lesson")->settled = settled;
    for (int i = w->item; i < step->nitems; w->item = ++i) {
        const struct lesson_item *it = &step->items[i];
        bool asked = s->questions.n > 0 && strcmp(s->questions.what, "lesson") == 0;
        if (it->part != LESSON_ASK && asked)
            break;
        if (i > 0 && it->part == LESSON_TEXT && step->items[i - 1].part != LESSON_TEXT)
            out_text(out, "\n");
        if (it->part == LESSON_TEXT && !show_text(s, it, out, texts, e))
            return false;
        if (it->part == LESSON_RUN && !run_item(s, it, true, out, list, e))
            return false;
        if (it->part == LESSON_ASK && !asked)
            questions_begin(s, "lesson")->settled = settled;
        if (it->part == LESSON_ASK && !add_question(s, step, i, e))
            return false;
    }
    if (questions_now(s))
        ask_show(s, out);
    else
        teach_onward(s, out);
    return true;
}

static bool show_step(struct session *s, int at, bool all, struct result *out, struct err *e)
{
    struct lesson_walk *w = s->lesson, before = *w;
    heading(s, at, out);
    w->step = at;
    w->item = 0;
    w->all = all;
    if (show_items(s, out, e))
        return true;
    w->step = before.step; /* a step that fails is not entered */
    w->item = before.item;
    w->all = before.all;
    return false;
}

/* The commands of the steps [.., to) that `to` builds on, without their output. */
static bool replay(struct session *s, int to, struct result *out, struct err *e)
{
    const struct lesson *l = s->lesson->lesson;
    int from = to;
    while (from > 0 && !l->steps[from].fresh)
        from--;
    void (*note)(void *, const char *) = s->hooks.note;
    s->hooks.note = NULL;
    session_kill(s);
    bool ok = true;
    for (int i = from; i < to && ok; i++)
        for (int k = 0; k < l->steps[i].nitems && ok; k++)
            if (l->steps[i].items[k].part == LESSON_RUN)
                ok = run_item(s, &l->steps[i].items[k], false, out, NULL, e);
    s->hooks.note = note;
    return ok;
}

static void show_end(struct session *s, struct result *out)
{
    struct lesson_walk *w = s->lesson;
    int earned, most;
    struct str text = STR_INIT;
    progress_points(w->lesson, &w->progress, &earned, &most);
    str_addf(&text, session_says(s, "The lesson is done", "درس به پایان رسید"));
    if (most > 0)
        str_addf(&text, session_says(s, ": %d of %d points", ": %d امتیاز از %d"), earned, most);
    out_paragraph(out, TONE_GOOD, 0, text.s);
    str_release(&text);
    data_add_str(&out->arena, out->data, "lesson", w->lesson->name);
    data_add_bool(&out->arena, out->data, "done", true);
    data_add_int(&out->arena, out->data, "points", earned);
    data_add_int(&out->arena, out->data, "most", most);
}

static bool is_rest(const struct lesson_walk *w)
{
    return w->step >= 0 && w->item < w->lesson->steps[w->step].nitems;
}

bool teach_go(struct session *s, int to, struct result *out, struct err *e)
{
    struct lesson_walk *w = s->lesson;
    if (to >= w->lesson->nsteps) {
        w->progress.step = w->lesson->nsteps;
        keep(s);
        show_end(s, out);
        teach_end(s);
        return true;
    }
    bool again = to == w->step;
    bool follows = to == w->step + 1 && !is_rest(w);
    if (!follows && to > 0 && !replay(s, to, out, e))
        return false;
    if (!show_step(s, to, again, out, e))
        return false;
    w->progress.step = to;
    keep(s);
    return true;
}

bool teach_next(struct session *s, struct result *out, struct err *e)
{
    if (is_rest(s->lesson))
        return show_items(s, out, e);
    return teach_go(s, s->lesson->step + 1, out, e);
}

bool teach_enter(struct session *s, struct result *out, struct err *e)
{
    if (!questions_now(s))
        return teach_next(s, out, e);
    ask_show(s, out);
    return true;
}

bool teach_answered(struct session *s, struct result *out, struct err *e)
{
    if (is_rest(s->lesson))
        return show_items(s, out, e);
    teach_onward(s, out);
    return true;
}

/* ---- checking -------------------------------------------------------------------------------- */

static bool check_item(struct session *s, const struct lesson *l, const struct lesson_item *it,
                       struct err *e)
{
    struct result one;
    struct str text = STR_INIT;
    bool ok = true;
    result_init(&one);
    if (it->part == LESSON_RUN)
        ok = teach_run(s, it->command, &one, e) || teach_at(l, it->line, e);
    for (int i = 0; i < LESSON_LANGUAGES && ok; i++) {
        s->settings.number[SET_LANG] = i;
        if (it->part == LESSON_ASK && lesson_in(&it->question->ask, i) == it->question->ask.in[i])
            ok = teach_ask(s, l, it->question, e);
        if (it->part == LESSON_TEXT && it->text.in[i])
            ok = teach_text(s, it->text.in[i], &text, e) || teach_at(l, it->text.line, e);
    }
    str_release(&text);
    result_release(&one);
    return ok;
}

bool teach_check(struct session *s, struct lesson *l, struct err *e)
{
    for (int i = 0; i < l->nsteps; i++)
        for (int k = 0; k < l->steps[i].nitems; k++)
            if (!check_item(s, l, &l->steps[i].items[k], e))
                return false;
    return true;
}
