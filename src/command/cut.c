/* Cutting a typed line into commands: `;`, `|`, `>` and `>>` outside quotes. */
#include <stdlib.h>
#include <string.h>

#include "command/internal.h"

static bool is_word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

/* Past a quoted part at text[at], or at + 1 when no quote opens there or it is never closed. An
 * apostrophe inside a word is a letter. */
static size_t past_quote(const char *text, size_t start, size_t at)
{
    const char *closing, *opening = line_quote(text + at, &closing);
    if (!opening || (opening[0] != '\xC2' && at > start && is_word_char(text[at - 1])))
        return at + 1;
    for (size_t i = at + strlen(opening); text[i]; i++) {
        if (opening[0] == '"' && text[i] == '\\' && text[i + 1])
            i++;
        else if (str_starts(text + i, closing))
            return i + strlen(closing);
    }
    return at + 1;
}

/* Where the command (or NULL) stops: at ';', '|', or a '>' after a blank. A comment ends the text:
 * *rest. */
static size_t find_end(const char *text, size_t start, const struct command *c, size_t *rest)
{
    size_t i = start;
    bool redirects = !c || !(c->flags & CMD_CONDITION);
    while (text[i]) {
        bool turns = text[i] == '|' || (text[i] == '>' && (i == start || line_blank(text[i - 1])));
        if (text[i] == ';' || (turns && redirects))
            break;
        if (args_comment(c, text, i)) {
            *rest = i + strlen(text + i);
            return i;
        }
        i = past_quote(text, start, i);
    }
    *rest = i;
    return i;
}

static void trim(const char *text, size_t start, size_t *end)
{
    while (*end > start && line_blank(text[*end - 1]))
        --*end;
}

/* The file after '>' or the shell command after '|', which goes on to an unquoted ';'. */
static bool cut_target(const char *text, struct line_part *p, size_t at, struct err *e)
{
    p->redirect = text[at] == '|'       ? REDIRECT_PIPE
                  : text[at + 1] == '>' ? REDIRECT_APPEND
                                        : REDIRECT_WRITE;
    size_t sign = p->redirect == REDIRECT_APPEND ? 2 : 1;
    p->target = line_skip(text, at + sign);
    size_t i = p->target;
    while (text[i] && text[i] != ';' &&
           !(p->redirect != REDIRECT_PIPE && line_comment(text, i, false)))
        i = past_quote(text, p->target, i);
    p->target_end = i;
    p->next = text[i] == ';' ? i + 1 : i + strlen(text + i);
    trim(text, p->target, &p->target_end);
    if (p->target_end > p->target)
        return true;
    if (p->redirect == REDIRECT_PIPE)
        err_set(e, ERR_COMMAND, "'|' needs a shell command after it");
    else
        err_set(e, ERR_COMMAND, "'%.*s' needs a file name after it", (int)sign, text + at);
    return err_at(e, (int)at, (int)sign);
}

bool line_cut(struct session *s, const char *text, size_t at, struct line_part *out, struct err *e)
{
    *out = (struct line_part){.start = line_skip(text, at)};
    size_t all = at + strlen(text + at);
    const char *line = text + out->start;
    int used = 0;
    struct err spare = ERR_INIT;
    const struct command *c =
        *line && *line != '#' && *line != ';' ? command_find(s, line, &used, &spare) : NULL;
    if (*line == '!' || *line == '=' || (c && (c->flags & (CMD_RAW | CMD_BLOCK)))) {
        out->end = out->next = all;
        return true;
    }
    size_t rest, end = find_end(text, out->start, c, &rest);
    out->end = end;
    out->next = rest;
    trim(text, out->start, &out->end);
    if (rest != end || !text[end])
        return true;
    if (text[end] == ';') {
        out->next = end + 1;
        return true;
    }
    return cut_target(text, out, end, e);
}

const char *line_target(struct arena *a, const char *text, const struct line_part *p, struct err *e)
{
    char *target = arena_strndup(a, text + p->target, p->target_end - p->target);
    struct word w, more = {0};
    size_t at = 0;
    if (!line_word(a, target, &at, false, &w, e) ||
        (w.s && !line_word(a, target, &at, false, &more, e))) {
        err_at(e, e->column + (int)p->target, e->length);
        return NULL;
    }
    if (!w.s || !w.n || more.s) {
        err_set(e, ERR_COMMAND,
                more.s ? "one file name is enough; quote a name that has blanks"
                       : "the name of the file is empty");
        err_at(e, (int)(p->target + (size_t)(more.s ? more.column : 0)), more.s ? more.length : 1);
        return NULL;
    }
    const char *home = getenv("HOME");
    if (!w.quoted && w.s[0] == '~' && w.s[1] == '/' && home)
        return arena_printf(a, "%s%s", home, w.s + 1);
    return w.s;
}
