/* Reading lesson files: "keyword: value" a line; lines that begin with a blank go on. */
#include "session/lesson.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "session/session.h"

enum { LARGEST = 1 << 20, MOST_STEPS = 500, MOST_OPTIONS = 9, POINTS = 3 };

struct parser {
    struct lesson *l;
    struct lesson_step *step; /* NULL: still in the head */
    struct lesson_question *question;
    int line;
    struct err *e;
};

static bool wrong(struct parser *p, int line, const char *what)
{
    return err_set(p->e, ERR_FILE, "%s:%d: %s", p->l->path, line, what);
}

/* ---- pieces ---------------------------------------------------------------------------------- */

static struct lesson_item *add_item(struct parser *p, enum lesson_part part)
{
    struct lesson_step *s = p->step;
    if (s->nitems == s->cap) {
        int cap = s->cap ? 2 * s->cap : 8;
        struct lesson_item *more = arena_alloc(&p->l->arena, (size_t)cap * sizeof *more);
        if (s->nitems)
            memcpy(more, s->items, (size_t)s->nitems * sizeof *more);
        s->items = more;
        s->cap = cap;
    }
    s->items[s->nitems] = (struct lesson_item){.part = part, .line = p->line};
    return &s->items[s->nitems++];
}

static struct lesson_item *last_item(struct parser *p)
{
    return p->step && p->step->nitems > 0 ? &p->step->items[p->step->nitems - 1] : NULL;
}

static bool fill(struct parser *p, struct lesson_text *t, enum lesson_language lang,
                 const char *value)
{
    if (t->in[lang])
        return wrong(p, p->line, "this text stands here a second time");
    t->in[lang] = value;
    if (t->line == 0)
        t->line = p->line;
    return true;
}

/* The other language of the last one of a series, or a new one. */
static bool continues(const struct lesson_text *t, enum lesson_language lang)
{
    return t && !t->in[lang] && t->in[1 - lang];
}

static bool need_step(struct parser *p)
{
    return p->step || wrong(p, p->line, "a 'step:' line must come before this one");
}

static bool need_question(struct parser *p)
{
    return p->question ||
           wrong(p, p->line, "an 'ask en:' or 'ask fa:' line must come before this one");
}

/* ---- keywords -------------------------------------------------------------------------------- */

static bool on_title(struct parser *p, enum lesson_language lang, const char *value)
{
    return fill(p, p->step ? &p->step->title : &p->l->title, lang, value);
}

static bool on_text(struct parser *p, enum lesson_language lang, const char *value)
{
    if (!need_step(p))
        return false;
    struct lesson_item *i = last_item(p);
    if (!i || i->part != LESSON_TEXT || !continues(&i->text, lang))
        i = add_item(p, LESSON_TEXT);
    return fill(p, &i->text, lang, value);
}

static bool on_ask(struct parser *p, enum lesson_language lang, const char *value)
{
    if (!need_step(p))
        return false;
    if (!p->question || !continues(&p->question->ask, lang) || p->question->answer ||
        p->question->noptions > 0) {
        struct lesson_item *i = add_item(p, LESSON_ASK);
        p->question = i->question = arena_alloc(&p->l->arena, sizeof *p->question);
        p->question->right = -1;
        p->question->points = POINTS;
        p->step->nquestions++;
        p->l->nquestions++;
    }
    return fill(p, &p->question->ask, lang, value);
}

static bool on_rule(struct parser *p, enum lesson_language lang, const char *value)
{
    return need_question(p) && fill(p, &p->question->rule, lang, value);
}

static bool on_hint(struct parser *p, enum lesson_language lang, const char *value)
{
    return need_question(p) && fill(p, &p->question->hint, lang, value);
}

static bool add_option(struct parser *p, enum lesson_language lang, const char *value, bool right)
{
    if (!need_question(p))
        return false;
    struct lesson_question *q = p->question;
    struct lesson_text *last = q->noptions ? &q->options[q->noptions - 1] : NULL;
    bool was_right = q->right == q->noptions - 1 && last;
    if (!continues(last, lang) || was_right != right) {
        if (q->answer)
            return wrong(p, p->line, "the question has an answer of another kind already");
        if (right && q->right >= 0)
            return wrong(p, p->line, "only one option can be the right one");
        if (q->noptions == MOST_OPTIONS)
            return wrong(p, p->line, "a question may have 9 options");
        if (!q->options)
            q->options = arena_alloc(&p->l->arena, MOST_OPTIONS * sizeof *q->options);
        q->kind = QUESTION_CHOICE;
        if (right)
            q->right = q->noptions;
        last = &q->options[q->noptions++];
    }
    return fill(p, last, lang, value);
}

static bool on_option(struct parser *p, enum lesson_language lang, const char *value)
{
    return add_option(p, lang, value, false);
}

static bool on_right(struct parser *p, enum lesson_language lang, const char *value)
{
    return add_option(p, lang, value, true);
}

static bool on_step(struct parser *p, enum lesson_language lang, const char *value)
{
    struct lesson *l = p->l;
    (void)lang;
    if (*value && strcmp(value, "fresh") != 0)
        return wrong(p, p->line, "after 'step:' there is nothing, or 'fresh'");
    if (l->nsteps == MOST_STEPS)
        return wrong(p, p->line, "a lesson may have 500 steps");
    if (l->nsteps == l->cap) {
        int cap = l->cap ? 2 * l->cap : 16;
        struct lesson_step *more = arena_alloc(&l->arena, (size_t)cap * sizeof *more);
        if (l->nsteps)
            memcpy(more, l->steps, (size_t)l->nsteps * sizeof *more);
        l->steps = more;
        l->cap = cap;
    }
    p->step = &l->steps[l->nsteps++];
    *p->step = (struct lesson_step){
        .line = p->line, .fresh = *value != 0, .first_question = l->nquestions};
    p->question = NULL;
    return true;
}

static bool on_run(struct parser *p, enum lesson_language lang, const char *value)
{
    (void)lang;
    if (!need_step(p))
        return false;
    if (!*value)
        return wrong(p, p->line, "'run:' needs a command after it");
    add_item(p, LESSON_RUN)->command = value;
    return true;
}

static bool set_answer(struct parser *p, enum question_kind kind, const char *value)
{
    if (!need_question(p))
        return false;
    struct lesson_question *q = p->question;
    if (q->answer || q->noptions > 0)
        return wrong(p, p->line, "the question has an answer already");
    if (!*value)
        return wrong(p, p->line, "the answer is empty");
    q->kind = kind;
    q->answer = value;
    q->answer_line = p->line;
    return true;
}

#define ANSWER(name, kind)                                                                         \
    static bool on_##name(struct parser *p, enum lesson_language lang, const char *value)          \
    {                                                                                              \
        (void)lang;                                                                                \
        return set_answer(p, kind, value);                                                         \
    }
ANSWER(number, QUESTION_NUMBER)
ANSWER(shape, QUESTION_SHAPE)
ANSWER(site, QUESTION_SITE)
ANSWER(token, QUESTION_TOKEN)
ANSWER(word, QUESTION_WORD)

static bool on_within(struct parser *p, enum lesson_language lang, const char *value)
{
    (void)lang;
    if (!need_question(p))
        return false;
    if (p->question->kind != QUESTION_NUMBER || !p->question->answer || !*value)
        return wrong(p, p->line, "'within:' follows the 'number:' of a question and has a value");
    p->question->within = value;
    p->question->within_line = p->line;
    return true;
}

static bool on_points(struct parser *p, enum lesson_language lang, const char *value)
{
    int64_t n;
    (void)lang;
    if (!need_question(p))
        return false;
    if (!str_int(value, 1, 100, &n))
        return wrong(p, p->line, "points are a whole number from 1 to 100");
    p->question->points = (int)n;
    return true;
}

static const struct keyword {
    const char *name;
    bool spoken; /* in a language: "ask en", "ask fa" */
    bool (*on)(struct parser *p, enum lesson_language lang, const char *value);
} keywords[] = {
    {"title", true, on_title},  {"step", false, on_step},     {"run", false, on_run},
    {"ask", true, on_ask},      {"number", false, on_number}, {"within", false, on_within},
    {"shape", false, on_shape}, {"site", false, on_site},     {"token", false, on_token},
    {"word", false, on_word},   {"option", true, on_option},  {"right", true, on_right},
    {"rule", true, on_rule},    {"hint", true, on_hint},      {"points", false, on_points},
    {"", true, on_text},
};

static bool unknown(struct parser *p, const char *word)
{
    const char *names[sizeof keywords / sizeof *keywords + 3];
    size_t n = 0;
    for (size_t i = 0; i + 1 < sizeof keywords / sizeof *keywords; i++)
        names[n++] = keywords[i].name;
    names[n++] = "en";
    names[n++] = "fa";
    names[n] = NULL;
    const char *meant = str_nearest(word, names);
    err_set(p->e, ERR_FILE, "%s:%d: unknown keyword '%.40s'", p->l->path, p->line, word);
    return meant ? err_hint(p->e, "did you mean '%s'?", meant)
                 : err_hint(p->e, "a line is 'keyword: value'; 'help teach' lists the keywords");
}

/* "ask en" -> the keyword and the language. */
static bool on_entry(struct parser *p, char *word, const char *value)
{
    enum lesson_language lang = LESSON_EN;
    bool spoken = false;
    size_t n = strlen(word);
    while (n > 0 && strchr(" \t", word[n - 1]))
        word[--n] = '\0';
    if (n >= 2 && (n == 2 || strchr(" \t", word[n - 3])) &&
        (strcmp(word + n - 2, "en") == 0 || strcmp(word + n - 2, "fa") == 0)) {
        lang = word[n - 2] == 'e' ? LESSON_EN : LESSON_FA;
        spoken = true;
        for (n -= 2; n > 0 && strchr(" \t", word[n - 1]);)
            n--;
        word[n] = '\0';
    }
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        if (strcmp(keywords[i].name, word) != 0)
            continue;
        if (keywords[i].spoken == spoken)
            return (*value || !spoken || wrong(p, p->line, "the text is empty")) &&
                   keywords[i].on(p, lang, value);
        return wrong(p, p->line,
                     spoken ? "this keyword has no language: leave out 'en' or 'fa'"
                            : "the language is missing: 'en' or 'fa' before the ':'");
    }
    return unknown(p, word);
}

/* ---- the whole ------------------------------------------------------------------------------- */

/* Has the text all languages of the lesson? `t` unused altogether is fine unless it is needed. */
static bool complete(struct parser *p, const struct lesson_text *t, bool needed, int line,
                     const char *missing)
{
    bool any = t->in[LESSON_EN] || t->in[LESSON_FA];
    if (!any)
        return !needed || wrong(p, line, missing);
    for (int i = 0; i < LESSON_LANGUAGES; i++) {
        if (p->l->title.in[i] && !t->in[i])
            return wrong(p, t->line,
                         i == LESSON_EN ? "this text is missing in English (en)"
                                        : "this text is missing in Persian (fa)");
        if (!p->l->title.in[i] && t->in[i])
            return wrong(p, t->line, "this text has a language that the title of the lesson lacks");
    }
    return true;
}

static bool check_question(struct parser *p, const struct lesson_question *q)
{
    int line = q->ask.line;
    if (!q->answer && q->noptions == 0)
        return wrong(p, line,
                     "this question has no answer (number: shape: site: token: word: right en:)");
    if (q->noptions == 1)
        return wrong(p, line, "a question with options needs two at least");
    if (q->noptions > 0 && q->right < 0)
        return wrong(p, line, "no option of this question is the right one ('right en:')");
    for (int i = 0; i < q->noptions; i++)
        if (!complete(p, &q->options[i], true, line, ""))
            return false;
    return complete(p, &q->ask, true, line, "") && complete(p, &q->hint, false, line, "") &&
           complete(p, &q->rule, true, line,
                    "this question has no rule: why its answer is what it is ('rule en:')");
}

static bool check(struct parser *p)
{
    struct lesson *l = p->l;
    if (!complete(p, &l->title, true, 1, "the lesson has no title ('title en:')"))
        return false;
    if (l->nsteps == 0)
        return wrong(p, p->line ? p->line : 1, "the lesson has no steps ('step:')");
    for (int i = 0; i < l->nsteps; i++) {
        const struct lesson_step *s = &l->steps[i];
        if (s->nitems == 0)
            return wrong(p, s->line, "this step is empty");
        if (!complete(p, &s->title, false, s->line, ""))
            return false;
        for (int k = 0; k < s->nitems; k++) {
            const struct lesson_item *it = &s->items[k];
            if (it->part == LESSON_TEXT && !complete(p, &it->text, true, it->line, ""))
                return false;
            if (it->part == LESSON_ASK && !check_question(p, it->question))
                return false;
        }
    }
    return true;
}

/* A line and those that go on from it, joined by blanks; *at moves past them. */
static char *entry(struct parser *p, const char *text, size_t n, size_t *at, int *lines)
{
    struct str whole = STR_INIT;
    *lines = 0;
    do {
        const char *from = text + *at, *nl = memchr(from, '\n', n - *at);
        size_t len = nl ? (size_t)(nl - from) : n - *at;
        *at += len + (nl != NULL);
        ++*lines;
        while (len > 0 && strchr(" \t\r", from[len - 1]))
            len--;
        for (; whole.len && len > 0 && strchr(" \t", *from); len--)
            from++;
        if (whole.len)
            str_addc(&whole, ' ');
        str_addn(&whole, from, len);
    } while (whole.len && whole.s[0] != '#' && *at < n && strchr(" \t", text[*at]) &&
             text[*at + strspn(text + *at, " \t\r")] != '\n');
    char *copy = arena_strndup(&p->l->arena, whole.s, whole.len);
    str_release(&whole);
    return copy;
}

static bool bad_bytes(struct parser *p, const char *text, size_t n)
{
    size_t good = utf8_valid(text, n);
    const char *nul = memchr(text, '\0', n);
    if (nul && (size_t)(nul - text) < good)
        good = (size_t)(nul - text);
    if (good == n)
        return false;
    int line = 1;
    for (size_t i = 0; i < good; i++)
        line += text[i] == '\n';
    wrong(p, line, nul == text + good ? "the line has a NUL byte" : "the line is not valid UTF-8");
    return true;
}

static bool parse(struct parser *p, const char *text, size_t n)
{
    if (bad_bytes(p, text, n))
        return false;
    if (n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        n -= 3;
    }
    int line = 1, lines;
    for (size_t at = 0; at < n; line += lines) {
        p->line = line;
        char *s = entry(p, text, n, &at, &lines);
        if (!*s || *s == '#')
            continue;
        char *colon = strchr(s, ':');
        if (!colon)
            return wrong(p, line, "a line is 'keyword: value'; this one has no ':'");
        *colon = '\0';
        const char *value = colon + 1;
        value += strspn(value, " \t");
        if (!on_entry(p, s, value))
            return false;
    }
    return check(p);
}

struct lesson *lesson_parse(const char *path, const char *text, size_t n, struct err *e)
{
    struct lesson *l = mem_alloc(sizeof *l);
    l->path = arena_strdup(&l->arena, path);
    lesson_name(path, l->name);
    struct parser p = {.l = l, .e = e};
    if (n > LARGEST)
        err_set(e, ERR_FILE, "%s: a lesson may have %d bytes, not %zu", path, LARGEST, n);
    else if (parse(&p, arena_strndup(&l->arena, text, n), n))
        return l;
    lesson_free(l);
    return NULL;
}

struct lesson *lesson_read(const char *path, struct err *e)
{
    size_t n;
    char *text = file_read(path, LARGEST, &n, e);
    if (!text)
        return NULL;
    struct lesson *l = lesson_parse(path, text, n, e);
    free(text);
    return l;
}

void lesson_free(struct lesson *l)
{
    if (!l)
        return;
    arena_release(&l->arena);
    free(l);
}

const char *lesson_in(const struct lesson_text *t, enum lesson_language lang)
{
    return t->in[lang] ? t->in[lang] : t->in[1 - lang];
}

enum lesson_language lesson_language(const struct session *s)
{
    return s->settings.number[SET_LANG] == 1 ? LESSON_FA : LESSON_EN;
}

void lesson_name(const char *path, char name[40])
{
    const char *base = strrchr(path, '/');
    base = base ? base + 1 : path;
    size_t digits = strspn(base, "0123456789");
    if (digits > 0 && base[digits] == '-')
        base += digits + 1;
    size_t n = strlen(base);
    if (n > 7 && strcmp(base + n - 7, ".lesson") == 0)
        n -= 7;
    n = n < 39 ? n : 39;
    memcpy(name, base, n);
    name[n] = '\0';
}
