/* Answers that are shapes. */
#include "question_shape.h"

#include <ctype.h>
#include <string.h>

#include "session/session.h"

void question_shape_write(const struct question *q, struct str *out)
{
    str_addc(out, '[');
    for (int i = 0; i < q->naxes; i++) {
        const struct question_axis *x = &q->axes[i];
        str_addf(out, "%s%s%s%lld", i ? ", " : "", x->name ? x->name : "", x->name ? "=" : "",
                 (long long)x->size);
    }
    str_addc(out, ']');
}

int question_sizes(const char *text, int64_t sizes[QUESTION_AXES])
{
    int n = 0;
    for (const char *p = text; *p;) {
        size_t gap = strspn(p, " \t[](),;");
        p += gap;
        if ((*p == 'x' || *p == 'X') && n > 0)
            p++;
        else if (str_starts(p, "×") && n > 0)
            p += strlen("×");
        else if (str_starts(p, "،"))
            p += strlen("،");
        else if (*p) {
            const char *equals = p + strcspn(p, "=, \t]");
            if (*equals == '=' && isalpha((unsigned char)*p))
                p = equals + 1;
            size_t len = strcspn(p, " \t[](),;xX");
            for (const char *sign = strstr(p, "×"); sign && sign < p + len;)
                len = (size_t)(sign - p);
            for (const char *sign = strstr(p, "،"); sign && sign < p + len;)
                len = (size_t)(sign - p);
            char word[32];
            if (len == 0 || len >= sizeof word || n == QUESTION_AXES)
                return -1;
            memcpy(word, p, len);
            word[len] = '\0';
            if (!str_int(word, 0, INT64_MAX, &sizes[n++]))
                return -1;
            p += len;
        }
    }
    return n;
}

/* Are these the right sizes in another order? */
static bool same_set(const struct question *q, const int64_t *sizes)
{
    bool used[QUESTION_AXES] = {false};
    for (int i = 0; i < q->naxes; i++) {
        int found = -1;
        for (int k = 0; k < q->naxes && found < 0; k++)
            if (!used[k] && q->axes[k].size == sizes[i])
                found = k;
        if (found < 0)
            return false;
        used[found] = true;
    }
    return true;
}

static void say_axes(struct session *s, const struct question *q, int given, struct str *say)
{
    str_addf(say, session_says(s, "it has %d axes, not %d", "این تنسور %d محور دارد، نه %d"),
             q->naxes, given);
    if (q->naxes == 0 || !q->axes[0].name)
        return;
    str_add(say, session_says(s, ": [", ": `["));
    for (int i = 0; i < q->naxes; i++)
        str_addf(say, "%s%s", i ? ", " : "", q->axes[i].name ? q->axes[i].name : "?");
    str_add(say, session_says(s, "]", "]`"));
}

static void say_axis(struct session *s, const struct question *q, int i, int64_t given,
                     struct str *say)
{
    const struct question_axis *x = &q->axes[i];
    str_addf(say, session_says(s, "axis %d", "محور %d"), i + 1);
    if (x->name)
        str_addf(say, session_says(s, ", %s", "، `%s`"), x->name);
    if (x->meaning)
        str_addf(say, " (%s)", x->meaning);
    str_addf(say, session_says(s, ", is not %lld", "، %lld نیست"), (long long)given);
}

enum verdict question_shape_judge(struct session *s, const struct question *q, const char *text,
                                  struct str *say)
{
    int64_t sizes[QUESTION_AXES];
    int n = question_sizes(text, sizes);
    if (n <= 0) {
        str_add(say, session_says(s, "a shape is wanted, like [32, 2048, 1024]",
                                  "یک شکل لازم است، مانند `[32, 2048, 1024]`"));
        return ANSWER_UNREADABLE;
    }
    /* The axis of the batch is often left out when it is 1. */
    bool batch = n == q->naxes - 1 && q->axes[0].size == 1;
    int skip = batch ? 1 : 0;
    if (n + skip != q->naxes) {
        say_axes(s, q, n, say);
        return ANSWER_WRONG;
    }
    for (int i = 0; i < n; i++) {
        if (sizes[i] == q->axes[i + skip].size)
            continue;
        if (!batch && same_set(q, sizes))
            str_add(say,
                    session_says(
                        s, "the sizes are right, their order is not: ",
                        "اندازه‌ها درست‌اند ولی ترتیبشان نه: "));
        say_axis(s, q, i + skip, sizes[i], say);
        return ANSWER_WRONG;
    }
    return ANSWER_RIGHT;
}
