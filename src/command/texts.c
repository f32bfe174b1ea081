/* Two texts on one command line: A ||| B. */
#include "texts.h"

#include <string.h>

#include "internal.h"

static const char *bar(const char *text, size_t n)
{
    return memmem(text, n, "|||", 3);
}

static void trim(const char **s, size_t *n)
{
    while (*n > 0 && line_blank(**s))
        ++*s, --*n;
    while (*n > 0 && line_blank((*s)[*n - 1]))
        --*n;
}

bool texts_cut(const char *text, size_t n, struct texts *out, struct err *e)
{
    const char *at = bar(text, n);
    if (at == NULL) {
        err_set(e, ERR_COMMAND, "two texts are wanted, with ||| between them");
        return err_hint(e, "for example: FIRST TEXT ||| SECOND TEXT");
    }
    *out = (struct texts){text, at + 3, (size_t)(at - text), n - (size_t)(at - text) - 3};
    trim(&out->a, &out->na);
    trim(&out->b, &out->nb);
    if (bar(out->b, out->nb) != NULL)
        return err_set(e, ERR_COMMAND, "||| stands there more than once: two texts are wanted");
    if (out->na == 0 || out->nb == 0)
        return err_set(e, ERR_COMMAND, "the %s of the two texts is empty",
                       out->na == 0 ? "first" : "second");
    return true;
}
