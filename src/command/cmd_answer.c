/* answer: judges what the user says to the question that is asked. */
#include "ask.h"
#include "teach.h"

static const char *const verdicts[] = {"right", "wrong", "unreadable"};

static void say_points(struct session *s, const struct question *q, struct result *out)
{
    int earned, most;
    questions_points(s, &earned, &most);
    data_add_int(&out->arena, out->data, "earned", q->earned);
    data_add_int(&out->arena, out->data, "points", earned);
    data_add_int(&out->arena, out->data, "most", most);
    data_add_int(&out->arena, out->data, "left", s->questions.n - s->questions.now);
}

/* What follows a question that is done: the next one, or the sum. */
static bool go_on(struct session *s, struct result *out, struct err *e)
{
    int earned, most;
    if (questions_now(s)) {
        ask_show(s, out);
        return true;
    }
    questions_points(s, &earned, &most);
    if (s->questions.n > 1 && !s->lesson) {
        struct str text = STR_INIT;
        str_addf(&text, session_says(s, "All done: %d of %d points.", "پایان: %d امتیاز از %d."),
                 earned, most);
        out_paragraph(out, TONE_PLAIN, 0, text.s);
        str_release(&text);
    }
    return !s->lesson || teach_answered(s, out, e);
}

static void show_rule(const struct question *q, struct result *out)
{
    if (q->rule)
        out_paragraph(out, TONE_PLAIN, 0, q->rule);
    data_add_str(&out->arena, out->data, "rule", q->rule);
}

static bool right(struct session *s, const struct question *q, struct result *out, struct err *e)
{
    struct str text = STR_INIT, expected = STR_INIT;
    question_expected(q, &expected);
    str_addf(&text, session_says(s, "Right: `%s`", "درست است: `%s`"), expected.s);
    if (q->points > 0)
        str_addf(&text, session_says(s, " (%d of %d points)", " (%d امتیاز از %d)"), q->earned,
                 q->points);
    out_paragraph(out, TONE_GOOD, 0, text.s);
    str_release(&text);
    str_release(&expected);
    if (q->tries == 0) /* else it has been told */
        show_rule(q, out);
    say_points(s, q, out);
    return go_on(s, out, e);
}

static void wrong(struct session *s, const struct question *q, const char *why, struct result *out)
{
    struct str text = STR_INIT;
    str_add(&text, session_says(s, "Not right", "درست نیست"));
    if (*why)
        str_addf(&text, ": %s", why);
    out_paragraph(out, TONE_BAD, 0, text.s);
    data_add_str(&out->arena, out->data, "why", why);
    show_rule(q, out);
    out_paragraph(
        out, TONE_DIM, 0,
        q->hint && !q->hinted
            ? session_says(
                  s, "`answer --hint` helps, `answer --skip` gives up",
                  "`answer --hint` راهنمایی می‌کند و `answer --skip` پاسخ را "
                  "می‌گوید")
            : session_says(s, "`answer --skip` gives up",
                           "`answer --skip` پاسخ را می‌گوید"));
    str_release(&text);
}

static bool skip(struct session *s, struct result *out, struct err *e)
{
    const struct question q = *questions_now(s);
    struct str expected = STR_INIT, text = STR_INIT;
    questions_give_up(s, &expected);
    str_addf(&text, session_says(s, "The answer is `%s`", "پاسخ این است: `%s`"), expected.s);
    out_paragraph(out, TONE_PLAIN, 0, text.s);
    data_add_str(&out->arena, out->data, "answer", expected.s);
    show_rule(&q, out);
    say_points(s, &q, out);
    str_release(&expected);
    str_release(&text);
    return go_on(s, out, e);
}

static void hint(struct session *s, struct result *out)
{
    const char *text = questions_hint(s);
    data_add_str(&out->arena, out->data, "hint", text);
    out_paragraph(
        out, TONE_PLAIN, 0,
        text ? text
             : session_says(s, "there is no hint for this question", "این پرسش راهنمایی ندارد"));
}

static bool answer_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    size_t n;
    const char *text = args_text(a, "text", &n);
    if (args_repeated(a) && s->lesson)
        return teach_enter(s, out, e);
    if (!questions_now(s)) {
        err_set(e, ERR_COMMAND, "there is no question to answer");
        return err_hint(e, "'teach', 'quiz' and 'shapes --ask' ask some");
    }
    if (args_has(a, "--hint")) {
        hint(s, out);
    } else if (args_has(a, "--skip")) {
        return skip(s, out, e);
    } else if (!text || n == 0 || args_repeated(a)) {
        ask_show(s, out);
    } else {
        struct question *asked = questions_now(s);
        struct str say = STR_INIT;
        bool ok = true;
        enum verdict v = questions_answer(s, text, &say);
        data_add_str(&out->arena, out->data, "verdict", verdicts[v]);
        data_add_bool(&out->arena, out->data, "right", v == ANSWER_RIGHT);
        if (v == ANSWER_RIGHT)
            ok = right(s, asked, out, e);
        else if (v == ANSWER_WRONG)
            wrong(s, asked, say.s, out);
        else
            out_paragraph(out, TONE_PLAIN, 0, say.s);
        if (v == ANSWER_UNREADABLE)
            data_add_str(&out->arena, out->data, "why", say.s);
        str_release(&say);
        return ok;
    }
    return true;
}

static const struct arg args[] = {
    {"--hint", ARG_FLAG, "a hint; it costs a point", .optional = true},
    {"--skip", ARG_FLAG, "give up: the right answer and why", .optional = true},
    {"text", ARG_REST, "the answer; none: the question again", .optional = true},
    {0},
};

const struct command cmd_answer = {
    .name = "answer",
    .alias = "an",
    .group = GROUP_TEACH,
    .flags = CMD_RAW | CMD_REPEATS,
    .args = args,
    .summary = "Answer the question of a lesson, of quiz or of shapes --ask",
    .help =
        "A number may be arithmetic (3 x 1024 x 768) and have digits of any script. A shape is\n"
        "[32, 2048, 1024], 32x2048x1024 or with names of axes. Of a choice the number is enough.\n"
        "A right answer at once gives all points; each wrong one and the hint cost one, and one\n"
        "is left for a right answer. A wrong answer is told why, and the rule.\n"
        "\n"
        "  answer [1, 6, 128]\n"
        "  answer 4 x 1024 x 768\n"
        "  answer --hint\n",
    .exec = answer_exec,
};
