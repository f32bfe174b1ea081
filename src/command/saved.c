/* The session as the commands that make it again. */
#include "command/saved.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "format/document.h"

/* Text in the quoted form that every raw argument reads. */
static void add_quoted(struct str *out, const char *s, size_t n)
{
    str_addc(out, '"');
    for (size_t i = 0; i < n;) {
        int32_t cp;
        int len = utf8_decode(s + i, n - i, &cp);
        if (cp == '"' || cp == '\\')
            str_addf(out, "\\%c", (char)cp);
        else if (cp == '\n')
            str_add(out, "\\n");
        else if (cp >= 0 && (utf8_unsafe(cp) || cp < 32) && cp != 0x200C)
            str_addf(out, "\\u{%X}", (unsigned)cp);
        else
            str_addn(out, s + i, (size_t)len);
        i += (size_t)len;
    }
    str_addc(out, '"');
}

void saved_settings(const struct session *s, struct str *out)
{
    for (int i = 0; i < SET_COUNT; i++) {
        const struct setting *t = &setting_table[i];
        if (strcmp(s->settings.text[i], t->otherwise) == 0)
            continue;
        str_addf(out, "set %s ", t->name);
        if (t->kind == SETTING_TEXT)
            add_quoted(out, s->settings.text[i], strlen(s->settings.text[i]));
        else
            str_add(out, s->settings.text[i]);
        str_addc(out, '\n');
    }
}

/* Numbers are given anew when the file is read: 0 stands for the break made last. */
static void add_break(const struct stop_point *b, struct str *out)
{
    str_addf(out, "%s %s", b->watch ? "watch" : b->temporary ? "tbreak" : "break", b->spec);
    if (b->condition != NULL)
        str_addf(out, " if %s", b->condition);
    str_addc(out, '\n');
    if (b->ignore > 0)
        str_addf(out, "ignore 0 %lld\n", (long long)b->ignore);
    if (!b->enabled)
        str_add(out, "disable 0\n");
    if (b->ncommands > 0) {
        str_add(out, "commands 0\n");
        for (size_t i = 0; i < b->ncommands; i++)
            str_addf(out, "%s\n", b->commands[i]);
        str_add(out, "end\n");
    }
}

void saved_breaks(const struct session *s, struct str *out)
{
    for (size_t i = 0; i < s->nstops; i++)
        add_break(&s->stops[i], out);
    for (size_t i = 0; i < s->ndisplays; i++)
        str_addf(out, "display %s\n", s->displays[i].text);
}

static void add_ids(struct str *out, const char *words, const int32_t *ids, int64_t n)
{
    str_addf(out, "%s ", words);
    for (int64_t i = 0; i < n; i++)
        str_addf(out, "%s%d", i > 0 ? "," : "", ids[i]);
}

/* Can a line without quotes hold it? */
static bool plain_line(const char *text, size_t n)
{
    return strlen(text) == n && strchr(text, '\n') == NULL;
}

static void add_source(const struct source *x, struct str *out)
{
    if (x->pair != NULL && plain_line(x->text, x->len) && plain_line(x->pair, x->pair_len)) {
        str_addf(out, "input --pair %s ||| %s", x->text, x->pair);
    } else if (x->text != NULL && x->pair == NULL) {
        str_add(out, "input ");
        add_quoted(out, x->text, x->len);
    } else if (x->n > 0) {
        add_ids(out, "input --ids", x->ids, x->n);
        if (x->segments != NULL)
            add_ids(out, " --segments", x->segments, x->n);
    } else {
        return;
    }
    str_addc(out, '\n');
}

static void add_search(const struct session *s, struct str *out)
{
    const struct gen_options *o = &s->search;
    if (o->search == SEARCH_BEAM)
        str_addf(out, "beam %d\n", o->width);
    else if (o->search == SEARCH_SAMPLE)
        str_addf(out, "sample %.9g %d %.9g %llu\n", o->temperature, o->top_k, o->top_p,
                 (unsigned long long)o->seed);
}

/* An intervention as the command that made it: "SITE zero", "SITE times X". */
static void add_change(const char *text, struct str *out)
{
    const char *times = strstr(text, " times ");
    if (str_ends(text, " zero"))
        str_addf(out, "ablate %.*s\n", (int)(strlen(text) - strlen(" zero")), text);
    else if (times != NULL)
        str_addf(out, "scale %.*s %s\n", (int)(times - text), text, times + strlen(" times "));
    else
        str_addf(out, "# not restored: %s\n", text);
}

void saved_model(const struct session *s, struct str *out)
{
    if (s->model == NULL)
        return;
    char *full = realpath(s->model->path, NULL); /* the file may be read from another folder */
    const char *path = full != NULL ? full : s->model->path;
    str_add(out, "model load ");
    add_quoted(out, path, strlen(path));
    str_addc(out, '\n');
    free(full);
}

void saved_state(const struct session *s, struct str *out)
{
    if (s->document != NULL) { /* shown, it made nothing of its own */
        str_add(out, s->document->commands);
        return;
    }
    saved_settings(s, out);
    add_source(&s->source, out);
    if (s->nprefix > 0) {
        add_ids(out, "prefix --ids", s->prefix, s->nprefix);
        str_addc(out, '\n');
    }
    add_search(s, out);
    for (size_t i = 0; i < s->ninterventions; i++)
        add_change(s->interventions[i]->text, out);
    saved_breaks(s, out);
}
