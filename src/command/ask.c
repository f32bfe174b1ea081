/* A question as people and programs see it. */
#include "ask.h"

static const char *const kinds[] = {"number", "shape", "site", "token", "choice", "word"};

static void add_data(struct session *s, const struct question *q, struct result *out)
{
    struct arena *a = &out->arena;
    struct data *d = data_add_map(a, out->data, "question");
    data_add_int(a, d, "number", s->questions.now + 1);
    data_add_int(a, d, "of", s->questions.n);
    data_add_str(a, d, "kind", kinds[q->kind]);
    data_add_str(a, d, "ask", q->ask);
    if (q->noptions > 0) {
        struct data *list = data_add_list(a, d, "options");
        for (int i = 0; i < q->noptions; i++)
            data_add_str(a, list, NULL, q->options[i]);
    }
    data_add_int(a, d, "points", q->points);
    data_add_int(a, d, "tries", q->tries);
}

static const char *how_to(struct session *s, const struct question *q)
{
    switch (q->kind) {
    case QUESTION_NUMBER:
        return session_says(s, "`answer NUMBER`; arithmetic like `3 x 1024` is a number, too",
                            "`answer NUMBER`؛ به جای عدد، حسابی مانند `3 x 1024` هم پذیرفته است");
    case QUESTION_SHAPE:
        return session_says(s, "`answer SHAPE`, like `answer [32, 2048]`",
                            "`answer SHAPE`، مانند `answer [32, 2048]`");
    case QUESTION_SITE:
        return session_says(s, "`answer SITE`, like `answer enc.0.self.q`",
                            "`answer SITE`، مانند `answer enc.0.self.q`");
    case QUESTION_TOKEN:
        return session_says(s, "`answer TOKEN`", "`answer TOKEN`، یعنی یک توکن");
    case QUESTION_CHOICE:
        return session_says(s, "`answer N`, the number of one of them",
                            "`answer N`، یعنی شمارهٔ یکی از گزینه‌ها");
    case QUESTION_WORD:
        return session_says(s, "`answer WORD`", "`answer WORD`، یعنی یک واژه");
    }
    return "";
}

void ask_show(struct session *s, struct result *out)
{
    const struct question *q = questions_now(s);
    if (!q)
        return;
    add_data(s, q, out);
    struct str text = STR_INIT;
    if (out->first)
        out_text(out, "\n");
    if (s->questions.n > 1)
        str_addf(&text, session_says(s, "Question %d of %d: ", "پرسش %d از %d: "),
                 s->questions.now + 1, s->questions.n);
    else
        str_add(&text, session_says(s, "Question: ", "پرسش: "));
    str_add(&text, q->ask ? q->ask : "");
    out_paragraph(out, TONE_STRONG, 0, text.s);
    for (int i = 0; i < q->noptions; i++) {
        str_clear(&text);
        /* The number takes its side from the first letter of the option. */
        str_addf(&text, "%d. %s", i + 1, q->options[i]);
        out_paragraph(out, TONE_PLAIN, 2, text.s);
    }
    out_paragraph(out, TONE_DIM, 0, how_to(s, q));
    str_release(&text);
}
