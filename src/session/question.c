/* The list of questions: asking, judging, points. */
#include "session/question.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calc.h"
#include "base/fold.h"
#include "base/utf8.h"
#include "question_shape.h"
#include "session/session.h"

enum { POINTS = 3 };

const char *session_says(const struct session *s, const char *english, const char *persian)
{
    return s->settings.number[SET_LANG] == 1 ? persian : english;
}

/* ---- the list -------------------------------------------------------------------------------- */

void questions_release(struct session *s)
{
    arena_release(&s->questions.arena);
    s->questions = (struct questions){.what = NULL};
}

struct questions *questions_begin(struct session *s, const char *what)
{
    questions_release(s);
    s->questions.what = what;
    return &s->questions;
}

struct question *questions_add(struct session *s, enum question_kind kind)
{
    struct questions *l = &s->questions;
    if (l->n == l->cap) {
        int cap = l->cap ? 2 * l->cap : 8;
        struct question *more = arena_alloc(&l->arena, (size_t)cap * sizeof *more);
        if (l->n > 0)
            memcpy(more, l->list, (size_t)l->n * sizeof *more);
        l->list = more;
        l->cap = cap;
    }
    l->list[l->n] = (struct question){.kind = kind, .points = POINTS, .id = -1};
    return &l->list[l->n++];
}

const char *questions_copy(struct session *s, const char *text)
{
    return text ? arena_strdup(&s->questions.arena, text) : NULL;
}

struct question *questions_now(struct session *s)
{
    struct questions *l = &s->questions;
    return l->now < l->n ? &l->list[l->now] : NULL;
}

void questions_points(const struct session *s, int *earned, int *most)
{
    *earned = *most = 0;
    for (int i = 0; i < s->questions.n; i++) {
        *earned += s->questions.list[i].earned;
        *most += s->questions.list[i].points;
    }
}

/* ---- writing --------------------------------------------------------------------------------- */

void question_number(struct str *out, double v)
{
    char text[64];
    if (v != floor(v) || fabs(v) >= 1e15) {
        str_addf(out, "%.6g", v);
        return;
    }
    int n = snprintf(text, sizeof text, "%.0f", fabs(v));
    if (v < 0)
        str_addc(out, '-');
    for (int i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            str_addc(out, ',');
        str_addc(out, text[i]);
    }
}

void question_expected(const struct question *q, struct str *out)
{
    switch (q->kind) {
    case QUESTION_NUMBER:
        question_number(out, q->number);
        break;
    case QUESTION_SHAPE:
        question_shape_write(q, out);
        break;
    case QUESTION_CHOICE:
        str_addf(out, "%d: %s", q->right + 1, q->options[q->right]);
        break;
    case QUESTION_SITE:
        str_add(out, q->site);
        break;
    case QUESTION_TOKEN:
    case QUESTION_WORD:
        str_add(out, q->nwords ? q->words[0] : "");
        if (q->kind == QUESTION_TOKEN && q->id >= 0)
            str_addf(out, " (%lld)", (long long)q->id);
        break;
    }
}

/* ---- judging --------------------------------------------------------------------------------- */

static enum verdict right_if(bool right)
{
    return right ? ANSWER_RIGHT : ANSWER_WRONG;
}

static enum verdict judge_number(struct session *s, const struct question *q, const char *text,
                                 struct str *say)
{
    struct err e = ERR_INIT;
    double given;
    if (!calc(text, NULL, &given, &e)) {
        str_addf(say, "%s: %s",
                 session_says(s, "a number is wanted, or arithmetic like 3 x 1024 x 768",
                              "یک عدد لازم است، یا حسابی مانند `3 x 1024 x 768`"),
                 e.msg);
        return ANSWER_UNREADABLE;
    }
    /* Rounding of what a person copies from the screen is no mistake. */
    double slack = q->tolerance + 1e-9 * fabs(q->number);
    if (fabs(given - q->number) <= slack)
        return ANSWER_RIGHT;
    double ratio = q->number != 0 ? given / q->number : 0;
    struct str n = STR_INIT;
    question_number(&n, given);
    str_addf(say, session_says(s, "%s is too %s", "`%s` بیش از اندازه %s است"), n.s,
             given < q->number ? session_says(s, "small", "کوچک")
                               : session_says(s, "large", "بزرگ"));
    str_release(&n);
    for (int k = 2; k <= 1 << 20 && ratio > 0; k++) {
        if (fabs(ratio - k) < 1e-9 * k)
            str_addf(say, session_says(s, ", by a factor of %d", "، با ضریب %d"), k);
        else if (fabs(1 / ratio - k) < 1e-9 * k)
            str_addf(say, session_says(s, ", by a factor of %d", "، با ضریب %d"), k);
        else
            continue;
        break;
    }
    return ANSWER_WRONG;
}

static bool one_of(const char *const *words, int n, const char *text)
{
    for (int i = 0; i < n; i++)
        if (fold_equal(words[i], text))
            return true;
    return false;
}

static enum verdict judge_site(struct session *s, const struct question *q, const char *text,
                               struct str *say)
{
    struct err e = ERR_INIT;
    struct site_ref given;
    if (one_of(q->words, q->nwords, text) || strcmp(text, q->site) == 0)
        return ANSWER_RIGHT;
    if (!s->model || !s->model->plan || !sites_one(s, text, &given, &e)) {
        str_addf(say, "%s: %s",
                 session_says(s, "the name of one value is wanted", "نام یک مقدار لازم است"),
                 e.msg);
        return ANSWER_UNREADABLE;
    }
    struct str name = STR_INIT;
    sites_text(&given, &name);
    bool right = strcmp(name.s, q->site) == 0;
    if (!right)
        str_addf(say, session_says(s, "%s is another value", "`%s` مقدار دیگری است"), name.s);
    str_release(&name);
    return right_if(right);
}

static enum verdict judge_token(struct session *s, const struct question *q, const char *text,
                                struct str *say)
{
    int64_t id;
    (void)s, (void)say;
    if (one_of(q->words, q->nwords, text))
        return ANSWER_RIGHT;
    return right_if(q->id >= 0 && str_int(text, 0, INT32_MAX, &id) && id == q->id);
}

static enum verdict judge_choice(struct session *s, const struct question *q, const char *text,
                                 struct str *say)
{
    int64_t n;
    int given = -1, begin_so = 0;
    if (str_int(text, 1, q->noptions, &n))
        return right_if(n - 1 == q->right);
    struct str folded = STR_INIT;
    fold_add(&folded, text, strlen(text));
    bool exact = false;
    for (int i = 0; !exact && i < q->noptions; i++) {
        struct str option = STR_INIT;
        fold_add(&option, q->options[i], strlen(q->options[i]));
        if (folded.len > 0 && str_starts(option.s, folded.s)) {
            given = i;
            exact = option.len == folded.len;
            begin_so++;
        }
        str_release(&option);
    }
    str_release(&folded);
    if (!exact && begin_so != 1) {
        str_addf(say,
                 session_says(s, "one of the numbers 1 to %d is wanted",
                              "یکی از شماره‌های 1 تا %d لازم است"),
                 q->noptions);
        return ANSWER_UNREADABLE;
    }
    return right_if(given == q->right);
}

static enum verdict judge(struct session *s, const struct question *q, const char *text,
                          struct str *say)
{
    switch (q->kind) {
    case QUESTION_NUMBER:
        return judge_number(s, q, text, say);
    case QUESTION_SHAPE:
        return question_shape_judge(s, q, text, say);
    case QUESTION_SITE:
        return judge_site(s, q, text, say);
    case QUESTION_TOKEN:
        return judge_token(s, q, text, say);
    case QUESTION_CHOICE:
        return judge_choice(s, q, text, say);
    case QUESTION_WORD:
        return right_if(one_of(q->words, q->nwords, text));
    }
    return ANSWER_UNREADABLE;
}

/* ---- answering ------------------------------------------------------------------------------- */

static void settle(struct session *s, struct question *q)
{
    q->done = true;
    s->questions.now++;
    if (s->questions.settled)
        s->questions.settled(s, q);
}

enum verdict questions_answer(struct session *s, const char *text, struct str *say)
{
    struct question *q = questions_now(s);
    enum verdict v = judge(s, q, text, say);
    if (v == ANSWER_RIGHT) {
        int left = q->points - q->tries - q->hinted;
        q->earned = left > 1 ? left : q->points > 0;
        settle(s, q);
    } else if (v == ANSWER_WRONG) {
        q->tries++;
        struct str more = STR_INIT;
        if (q->why)
            q->why(s, q, text, &more);
        if (more.len > 0)
            str_addf(say, "%s%s", say->len ? "; " : "", more.s);
        str_release(&more);
    }
    return v;
}

void questions_give_up(struct session *s, struct str *say)
{
    struct question *q = questions_now(s);
    question_expected(q, say);
    q->given_up = true;
    settle(s, q);
}

const char *questions_hint(struct session *s)
{
    struct question *q = questions_now(s);
    if (!q->hint)
        return NULL;
    q->hinted = true;
    return q->hint;
}
