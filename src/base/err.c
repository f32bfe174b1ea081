/* Errors: formatting, context and advice. Every message passes through the visible form, so that no
 * control character of a file or a script reaches the terminal inside one. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

/* Copies text into a fixed field in visible form; what does not fit is cut at a character. */
static void put(char *field, size_t size, const struct str *text)
{
    static const char more[] = "...";
    struct str shown = STR_INIT;
    str_add_visible(&shown, text->s, text->len);
    if (shown.len >= size) {
        size_t cut = size - sizeof more;
        while (cut > 0 && ((unsigned char)shown.s[cut] & 0xC0) == 0x80)
            cut--;
        str_truncate(&shown, cut);
        str_add(&shown, more);
    }
    memcpy(field, shown.s, shown.len + 1);
    str_release(&shown);
}

bool err_set(struct err *e, enum err_kind kind, const char *fmt, ...)
{
    struct str text = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vaddf(&text, fmt, ap);
    va_end(ap);
    e->kind = kind;
    e->column = -1;
    e->length = 0;
    e->told = false;
    e->hint[0] = '\0';
    put(e->msg, sizeof e->msg, &text);
    str_release(&text);
    return false;
}

bool err_hint(struct err *e, const char *fmt, ...)
{
    struct str text = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vaddf(&text, fmt, ap);
    va_end(ap);
    put(e->hint, sizeof e->hint, &text);
    str_release(&text);
    return false;
}

bool err_wrap(struct err *e, const char *fmt, ...)
{
    struct str text = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vaddf(&text, fmt, ap);
    va_end(ap);
    str_add(&text, ": ");
    str_add(&text, e->msg);
    put(e->msg, sizeof e->msg, &text);
    str_release(&text);
    return false;
}

bool err_at(struct err *e, int column, int length)
{
    e->column = column;
    e->length = column < 0 ? 0 : length < 1 ? 1 : length;
    return false;
}

bool err_memory(struct err *e, size_t bytes, const char *what)
{
    return err_set(e, ERR_INTERNAL, "out of memory: %s needs %.1f MiB", what,
                   (double)bytes / (1024.0 * 1024.0));
}

void err_clear(struct err *e)
{
    *e = (struct err)ERR_INIT;
}
