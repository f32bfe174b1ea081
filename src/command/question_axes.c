/* Shapes as answers. */
#include "question_axes.h"

#include <string.h>

#include "rules.h"

/* What a symbol stands for, in the language of the session. */
static const char *meaning_of(struct session *s, const char *symbol)
{
    static const char *const persian[][2] = {{"B", "شمار جمله‌های دسته"},
                                             {"S", "طول جملهٔ مبدأ"},
                                             {"T", "طول جملهٔ مقصد"},
                                             {"D", "پهنای جریان اصلی"},
                                             {"H", "شمار سرها"},
                                             {"K", "پهنای یک سر"},
                                             {"F", "پهنای لایهٔ پیشخور"},
                                             {"V", "شمار واژه‌های واژگان"}};
    size_t n = strcspn(symbol, "'");
    for (size_t i = 0; i < sizeof persian / sizeof *persian; i++)
        if (lesson_language(s) == LESSON_FA && strlen(persian[i][0]) == n &&
            strncmp(persian[i][0], symbol, n) == 0)
            return persian[i][1];
    const struct plan *p = s->model ? s->model->plan : NULL;
    for (int i = 0; p && i < p->nsymbols; i++)
        if (strlen(p->symbols[i].name) == n && strncmp(p->symbols[i].name, symbol, n) == 0)
            return p->symbols[i].meaning;
    return NULL;
}

static bool of_tensor(struct session *s, const struct tensor *t, struct question *q, struct err *e)
{
    if (t->ndim == 0)
        return err_set(e, ERR_COMMAND, "the value is one number, which has no shape");
    for (int i = 0; i < t->ndim; i++) {
        struct question_axis *axis = &q->axes[q->naxes++];
        axis->size = t->shape[i];
        if (t->axis[i][0]) {
            axis->name = questions_copy(s, t->axis[i]);
            axis->meaning = questions_copy(s, meaning_of(s, axis->name));
        }
    }
    return true;
}

bool question_axes(struct session *s, const struct data *d, struct question *q, struct err *e)
{
    if (d->kind == DATA_TENSOR)
        return of_tensor(s, d->u.t, q, e);
    const struct data *shape = d->kind == DATA_MAP ? data_get(d, "shape") : d;
    const struct data *names = d->kind == DATA_MAP ? data_get(d, "axes") : NULL;
    const struct data *site = d->kind == DATA_MAP ? data_get(d, "site") : NULL;
    if (!shape || shape->kind != DATA_LIST || !shape->first)
        return err_set(e, ERR_COMMAND, "the value is no shape");
    const struct data *name = names && names->kind == DATA_LIST ? names->first : NULL;
    for (const struct data *x = shape->first; x; x = x->next) {
        if (q->naxes == QUESTION_AXES || x->kind != DATA_INT)
            return err_set(e, ERR_COMMAND, "the shape has a size that is not known yet");
        struct question_axis *axis = &q->axes[q->naxes++];
        axis->size = x->u.i;
        if (name && name->kind == DATA_STR) {
            axis->name = questions_copy(s, name->u.str.s);
            axis->meaning = questions_copy(s, meaning_of(s, axis->name));
        }
        name = name ? name->next : NULL;
    }
    if (site && site->kind == DATA_STR) {
        q->site = questions_copy(s, site->u.str.s);
        q->why = rules_shape_why;
    }
    return true;
}
