/* Reading markup strictly: one pass with a stack of open elements. */
#include "markup.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

enum { DEEP = 64, NAME = 40, ATTRIBUTES = 24 };

struct reader {
    const char *s, *at, *end;
    bool html;
    char open[DEEP][NAME];
    int depth, roots;
    char why[200];
};

static bool fail(struct reader *r, const char *what)
{
    snprintf(r->why, sizeof r->why, "%s at byte %zu: %.40s", what, (size_t)(r->at - r->s), r->at);
    return false;
}

static bool characters_ok(struct reader *r)
{
    for (r->at = r->s; r->at < r->end;) {
        int32_t cp;
        int len = utf8_decode(r->at, (size_t)(r->end - r->at), &cp);
        bool bad = cp < 0 || (cp < 0x20 && cp != '\n' && cp != '\t') || (cp >= 0x7F && cp < 0xA0) ||
                   (cp & 0xFFFE) == 0xFFFE || (cp >= 0xFDD0 && cp <= 0xFDEF) ||
                   (cp >= 0x202A && cp <= 0x202E) || cp == 0x200E || cp == 0x200F;
        if (bad)
            return fail(r, "a character that must not stand here");
        r->at += len;
    }
    r->at = r->s;
    return true;
}

static bool is_name(char c, bool first)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (!first && ((c >= '0' && c <= '9') || c == '-' || c == ':' || c == '_'));
}

static bool read_name(struct reader *r, char name[NAME])
{
    int n = 0;
    while (r->at < r->end && is_name(*r->at, n == 0) && n < NAME - 1)
        name[n++] = *r->at++;
    name[n] = '\0';
    return n > 0 || fail(r, "no name");
}

static bool read_entity(struct reader *r)
{
    static const char *const known[] = {"&lt;", "&gt;", "&amp;", "&quot;", "&#39;"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strncmp(r->at, known[i], strlen(known[i])) == 0) {
            r->at += strlen(known[i]);
            return true;
        }
    return fail(r, "an ampersand that begins no known entity");
}

static void skip_blanks(struct reader *r)
{
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\n'))
        r->at++;
}

static bool read_value(struct reader *r)
{
    if (*r->at != '"')
        return fail(r, "a value without quotes");
    for (r->at++; r->at < r->end && *r->at != '"';) {
        if (*r->at == '<' || *r->at == '>')
            return fail(r, "an angle bracket in an attribute");
        if (*r->at == '&') {
            if (!read_entity(r))
                return false;
        } else {
            r->at++;
        }
    }
    return r->at++ < r->end || fail(r, "an unclosed value");
}

static bool read_attributes(struct reader *r)
{
    char seen[ATTRIBUTES][NAME];
    int n = 0;
    for (;;) {
        const char *before = r->at;
        skip_blanks(r);
        if (r->at >= r->end)
            return fail(r, "an unclosed tag");
        if (*r->at == '>' || *r->at == '/')
            return true;
        if (r->at == before)
            return fail(r, "no blank before an attribute");
        if (n == ATTRIBUTES || !read_name(r, seen[n]))
            return fail(r, "an attribute");
        for (int i = 0; i < n; i++)
            if (strcmp(seen[i], seen[n]) == 0)
                return fail(r, "an attribute twice");
        if (strncmp(seen[n], "on", 2) == 0)
            return fail(r, "a handler");
        n++;
        if (*r->at == '=') {
            r->at++;
            if (!read_value(r))
                return false;
        } else if (!r->html) {
            return fail(r, "an attribute without a value");
        }
    }
}

static bool is_void(const char *name)
{
    return strcmp(name, "meta") == 0 || strcmp(name, "br") == 0;
}

static bool read_tag(struct reader *r)
{
    char name[NAME];
    bool closing = r->at[1] == '/';
    r->at += closing ? 2 : 1;
    if (!read_name(r, name))
        return false;
    if (strcmp(name, "script") == 0)
        return fail(r, "a script");
    if (closing) {
        if (*r->at != '>' || r->depth == 0 || strcmp(r->open[r->depth - 1], name) != 0)
            return fail(r, "a tag that closes nothing");
        r->at++;
        r->depth--;
        return true;
    }
    if (!read_attributes(r))
        return false;
    bool empty = *r->at == '/';
    r->at += empty;
    if (*r->at != '>')
        return fail(r, "a tag");
    r->at++;
    if (r->depth == 0 && r->roots++ > 0)
        return fail(r, "a second root");
    if (empty || (r->html && is_void(name)))
        return true;
    if (r->depth == DEEP)
        return fail(r, "too deep");
    memcpy(r->open[r->depth++], name, NAME);
    return true;
}

static bool read_all(struct reader *r)
{
    static const char xml[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
                      doctype[] = "<!DOCTYPE html>\n";
    const char *head = r->html ? doctype : xml;
    if (strncmp(r->at, head, strlen(head)) == 0)
        r->at += strlen(head);
    while (r->at < r->end) {
        bool style = r->depth > 0 && strcmp(r->open[r->depth - 1], "style") == 0;
        if (*r->at == '<') {
            if (!read_tag(r))
                return false;
        } else if (*r->at == '&') {
            if (!read_entity(r))
                return false;
        } else if (*r->at == '>' && !style) {
            return fail(r, "a bracket in a text");
        } else if (r->depth == 0 && *r->at != '\n') {
            return fail(r, "a text outside the root");
        } else {
            r->at++;
        }
    }
    return (r->depth == 0 && r->roots == 1) || fail(r, "an element is not closed");
}

bool markup_ok(const char *s, size_t n, bool html, const char **why)
{
    static struct reader r;
    r = (struct reader){.s = s, .at = s, .end = s + n, .html = html};
    bool ok = characters_ok(&r) && read_all(&r);
    *why = r.why;
    return ok;
}

int markup_count(const char *s, const char *what)
{
    int n = 0;
    for (const char *p = s; (p = strstr(p, what)) != NULL; p += strlen(what))
        n++;
    return n;
}
