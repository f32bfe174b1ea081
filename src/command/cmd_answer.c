/* answer: judges what the user says to the question that is asked. */
#include "ask.h"

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
static void go_on(struct session *s, struct result *out)
{
    int earned, most;
    if (questions_now(s)) {
        ask_show(s, out);
        return;
    }
    questions_points(s, &earned, &most);
    if (s->questions.n > 1) {
        struct str text = STR_INIT;
        str_addf(&text, session_says(s, "All done: %d of %d points.", "پایان: %d امتیاز از %d."),
                 earned, most);
        out_paragraph(out, TONE_PLAIN, 0, text.s);
        str_release(&text);
    }
}

static void right(struct session *s, const struct question *q, struct result *out)
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
    say_points(s, q, out);
    go_on(s, out);
}

/* The rule comes with the second wrong answer: the first says only what is wrong. */
static void wrong(struct session *s, const struct question *q, const char *why, struct result *out)
{
    struct str text = STR_INIT;
    str_add(&text, session_says(s, "Not right", "درست نیست"));
    if (*why)
        str_addf(&text, ": %s", why);
    out_paragraph(out, TONE_BAD, 0, text.s);
    bool told = q->rule && q->tries > 1;
    if (told)
        out_paragraph(out, TONE_PLAIN, 0, q->rule);
    data_add_str(&out->arena, out->data, "why", why);
    if (told)
        data_add_str(&out->arena, out->data, "rule", q->rule);
    else if (q->hint && !q->hinted)
        out_paragraph(
            out, TONE_DIM, 0,
            session_says(s, "`answer --hint` helps", "`answer --hint` کمک می‌کند"));
    if (told)
        out_paragraph(out, TONE_DIM, 0,
                      session_says(s, "`answer --skip` shows the answer",
                                   "`answer --skip` پاسخ را نشان می‌دهد"));
    str_release(&text);
}

static void skip(struct session *s, struct result *out)
{
    const struct question q = *questions_now(s);
    struct str expected = STR_INIT, text = STR_INIT;
    questions_give_up(s, &expected);
    str_addf(&text, session_says(s, "The answer is `%s`", "پاسخ این است: `%s`"), expected.s);
    out_paragraph(out, TONE_PLAIN, 0, text.s);
    if (q.rule)
        out_paragraph(out, TONE_PLAIN, 0, q.rule);
    data_add_str(&out->arena, out->data, "answer", expected.s);
    data_add_str(&out->arena, out->data, "rule", q.rule);
    say_points(s, &q, out);
    str_release(&expected);
    str_release(&text);
    go_on(s, out);
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
    if (!questions_now(s)) {
        err_set(e, ERR_COMMAND, "there is no question to answer");
        return err_hint(e, "'teach', 'quiz' and 'shapes --ask' ask some");
    }
    if (args_has(a, "--hint")) {
        hint(s, out);
    } else if (args_has(a, "--skip")) {
        skip(s, out);
    } else if (!text || n == 0 || args_repeated(a)) {
        ask_show(s, out);
    } else {
        struct question *asked = questions_now(s);
        struct str say = STR_INIT;
        enum verdict v = questions_answer(s, text, &say);
        data_add_str(&out->arena, out->data, "verdict", verdicts[v]);
        data_add_bool(&out->arena, out->data, "right", v == ANSWER_RIGHT);
        if (v == ANSWER_RIGHT)
            right(s, asked, out);
        else if (v == ANSWER_WRONG)
            wrong(s, asked, say.s, out);
        else
            out_paragraph(out, TONE_PLAIN, 0, say.s);
        if (v == ANSWER_UNREADABLE)
            data_add_str(&out->arena, out->data, "why", say.s);
        str_release(&say);
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
    .flags = CMD_RAW,
    .args = args,
    .summary = "Answer the question of a lesson, of quiz or of shapes --ask",
    .help =
        "A number may be arithmetic (3 x 1024 x 768) and have digits of any script. A shape is\n"
        "[32, 2048, 1024], 32x2048x1024 or with names of axes. Of a choice the number is enough.\n"
        "A right answer at once gives all points; each wrong one and the hint cost one, and one\n"
        "is left for a right answer. After a second wrong answer the rule is told.\n"
        "\n"
        "  answer [1, 6, 128]\n"
        "  answer 4 x 1024 x 768\n"
        "  answer --hint\n",
    .exec = answer_exec,
};
