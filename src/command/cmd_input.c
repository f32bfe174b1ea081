/* input, prefix, corpus: what the model reads, and what the decoder is made to say first. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "texts.h"
#include "tokens.h"
#include "values.h"

enum { FILE_LIMIT = 16 << 20 };

/* ---- telling --------------------------------------------------------------------------------- */

static bool same_change(const char *text, const struct change *a, const struct change *b)
{
    return a->end - a->start == b->end - b->start && strcmp(a->to, b->to) == 0 &&
           memcmp(text + a->start, text + b->start, (size_t)(a->end - a->start)) == 0;
}

/* A character that nobody sees, by itself. */
static bool invisible(const char *text, const struct change *c)
{
    size_t n = (size_t)(c->end - c->start);
    int32_t cp;
    return n > 0 && utf8_decode(text + c->start, n, &cp) == (int)n &&
           utf8_invisible_name(cp) != NULL;
}

static void change_note(struct session *s, const struct change *c, size_t times)
{
    const char *text = c->second ? s->source.pair : s->source.text;
    struct str is = STR_INIT, to = STR_INIT, where = STR_INIT;
    values_codes(&is, text + c->start, (size_t)(c->end - c->start));
    values_codes(&to, c->to, strlen(c->to));
    size_t at = utf8_count(text, (size_t)c->start);
    if (times > 1)
        str_addf(&where, "%zu characters from %zu on", times, at);
    else
        str_addf(&where, "character %zu", at);
    const char *verb = *c->to == 0 ? (times > 1 ? "are removed" : "is removed")
                                   : (times > 1 ? "become " : "becomes ");
    session_note_once(s, text, "%s, %s, %s%s (see: normalize)", where.s, is.s, verb, to.s);
    str_release(&is);
    str_release(&to);
    str_release(&where);
}

/* What the normaliser does to characters that nobody sees, each kind once; the other changes are
 * counted. */
static void normaliser_notes(struct session *s)
{
    enum { KINDS = 8 };
    const struct encoding *x = &s->source.coding;
    const struct change *first[KINDS];
    size_t times[KINDS] = {0}, n = 0, others = 0;
    for (size_t i = 0; i < x->nchanges; i++) {
        const struct change *c = &x->changes[i];
        size_t k = 0;
        const char *text = c->second ? s->source.pair : s->source.text;
        while (k < n && (first[k]->second != c->second || !same_change(text, first[k], c)))
            k++;
        if (k == KINDS || !invisible(text, c)) {
            others++;
            continue;
        }
        if (k == n)
            first[n++] = c;
        times[k]++;
    }
    for (size_t k = 0; k < n; k++)
        change_note(s, first[k], times[k]);
    if (others > 0)
        session_note_once(s, s->source.text,
                          "the normaliser changes %zu %splace%s of the text (see: normalize)",
                          others, n > 0 ? "more " : "", others == 1 ? "" : "s");
}

static void ids_data(struct result *out, const char *key, const int32_t *ids, int64_t n)
{
    struct data *list = data_add_list(&out->arena, out->data, key);
    for (int64_t i = 0; i < n; i++)
        data_add_int(&out->arena, list, NULL, ids[i]);
}

static void told_input(struct session *s, struct result *out)
{
    const struct source *x = &s->source;
    struct arena *a = &out->arena;
    if (x->text != NULL) {
        size_t chars = utf8_count(x->text, x->len);
        bool rtl = utf8_has_rtl(x->text, x->len);
        data_add_strn(a, out->data, "text", x->text, x->len);
        data_add_int(a, out->data, "characters", (int64_t)chars);
        data_add_int(a, out->data, "bytes", (int64_t)x->len);
        data_add_str(a, out->data, "direction", rtl ? "rtl" : "ltr");
        out_line(out, TONE_PLAIN, "source: %zu character%s, %zu byte%s, %s", chars,
                 chars == 1 ? "" : "s", x->len, x->len == 1 ? "" : "s",
                 rtl ? "right-to-left" : "left-to-right");
    } else {
        data_add_null(a, out->data, "text");
        out_line(out, TONE_PLAIN, "source: %lld id%s, taken as given", (long long)x->n,
                 x->n == 1 ? "" : "s");
    }
    if (x->pair != NULL) {
        size_t chars = utf8_count(x->pair, x->pair_len);
        data_add_strn(a, out->data, "pair", x->pair, x->pair_len);
        out_line(out, TONE_PLAIN, "second: %zu character%s, %zu byte%s, %s", chars,
                 chars == 1 ? "" : "s", x->pair_len, x->pair_len == 1 ? "" : "s",
                 utf8_has_rtl(x->pair, x->pair_len) ? "right-to-left" : "left-to-right");
    }
    ids_data(out, "ids", x->ids, x->n);
    if (x->segments != NULL)
        ids_data(out, "segments", x->segments, x->n);
}

/* ---- input ----------------------------------------------------------------------------------- */

static bool take_text(struct session *s, const char *text, size_t n, struct result *out,
                      struct err *e)
{
    if (!session_text(s, text, n, e))
        return false;
    told_input(s, out);
    normaliser_notes(s);
    return true;
}

/* The whole file is one text; the newline at its end is not part of it. */
static bool take_file(struct session *s, const char *path, struct result *out, struct err *e)
{
    size_t n;
    if (file_is_dir(path))
        return err_set(e, ERR_FILE, "%s is a folder; a text file is wanted", path);
    char *text = file_read(path, FILE_LIMIT, &n, e);
    if (text == NULL)
        return false;
    if (n > 0 && text[n - 1] == '\n')
        n--;
    if (n > 0 && text[n - 1] == '\r')
        n--;
    bool ok = take_text(s, text, n, out, e);
    free(text);
    return ok;
}

static bool take_line(struct session *s, int64_t number, struct result *out, struct err *e)
{
    const char *text;
    size_t n;
    if (s->corpus == NULL)
        return err_set(e, ERR_COMMAND, "no corpus is open") ||
               err_hint(e, "open one with: corpus FILE");
    if (!corpus_line(s->corpus, number, &text, &n, e))
        return false;
    data_add_int(&out->arena, out->data, "line", number);
    out_begin(out);
    out_span(out, TONE_DIM, "line %lld of %lld  ", (long long)number,
             (long long)corpus_count(s->corpus));
    out_span(out, TONE_PLAIN, "%s", arena_strndup(&out->arena, text, n));
    return take_text(s, text, n, out, e) ||
           err_wrap(e, "line %lld of the corpus", (long long)number);
}

/* The editor begins with the present text. */
static bool take_edited(struct session *s, struct result *out, struct err *e)
{
    struct str text = STR_INIT;
    if (s->hooks.edit == NULL)
        return err_set(e, ERR_COMMAND, "there is no editor here; input TEXT sets the sentence");
    if (s->source.text != NULL)
        str_addn(&text, s->source.text, s->source.len);
    bool ok = s->hooks.edit(s->hooks.ud, &text, e);
    if (ok && text.len == 0)
        ok = err_set(e, ERR_COMMAND, "the text was empty; the source is as it was");
    if (ok && (ok = take_text(s, text.s, text.len, out, e)) && out->first != NULL)
        out_line(out, TONE_PLAIN, "%s", s->source.text);
    str_release(&text);
    return ok;
}

static bool take_pair(struct session *s, const char *text, size_t n, struct result *out,
                      struct err *e)
{
    struct texts p;
    if (!texts_cut(text, n, &p, e) || !session_pair(s, p.a, p.na, p.b, p.nb, e))
        return false;
    normaliser_notes(s);
    told_input(s, out);
    return true;
}

static bool input_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    size_t n;
    int count;
    const char *text = args_text(a, "text", &n);
    const int32_t *ids = args_ids(a, "--ids", &count);
    int nsegments;
    const int32_t *segments = args_ids(a, "--segments", &nsegments);
    bool has_ids = args_has(a, "--ids"), has_file = args_has(a, "-f"), has_line = args_has(a, "-n"),
         edited = args_has(a, "-e");
    if (has_ids + has_file + has_line + edited + (text != NULL) > 1)
        return err_set(e, ERR_COMMAND,
                       "input takes a text, or --ids, or -f, or -n, or -e: one of them");
    if (segments != NULL && !has_ids)
        return err_set(e, ERR_COMMAND, "--segments goes with --ids: a text has its own") ||
               args_blame(a, "--segments", 0, e);
    if (args_has(a, "--pair"))
        return take_pair(s, text != NULL ? text : "", text != NULL ? n : 0, out, e);
    if (edited)
        return take_edited(s, out, e);
    if (has_file)
        return take_file(s, args_str(a, "-f"), out, e) || args_blame(a, "-f", 0, e);
    if (has_line)
        return take_line(s, args_int(a, "-n", 0), out, e) || args_blame(a, "-n", 0, e);
    if (has_ids) {
        if (segments != NULL && nsegments != count)
            return err_set(e, ERR_COMMAND, "%d segments for %d ids: one for each is wanted",
                           nsegments, count) ||
                   args_blame(a, "--segments", 0, e);
        if (!session_ids_segments(s, ids, segments, count, e))
            return args_blame(a, "--ids", 0, e);
        told_input(s, out);
        return true;
    }
    if (text != NULL)
        return take_text(s, text, n, out, e);
    if (s->source.n == 0)
        return err_set(e, ERR_COMMAND, "there is no source yet") ||
               err_hint(e, "type a sentence: input TEXT");
    if (s->source.text != NULL)
        out_line(out, TONE_PLAIN, "%s", s->source.text);
    if (s->source.pair != NULL)
        out_line(out, TONE_PLAIN, "%s", s->source.pair);
    told_input(s, out);
    return true;
}

static const struct arg input_args[] = {
    {.name = "--ids",
     .kind = ARG_IDS,
     .help = "token ids, taken exactly as given",
     .optional = true},
    {.name = "--segments",
     .kind = ARG_IDS,
     .help = "with --ids: of which text each is, 0 or 1",
     .optional = true},
    {.name = "--pair", .kind = ARG_FLAG, .help = "two texts, ||| between them", .optional = true},
    {.name = "-f", .kind = ARG_FILE, .help = "the text of a file", .optional = true},
    {.name = "-n", .kind = ARG_INT, .help = "that line of the corpus, from 1", .optional = true},
    {.name = "-e",
     .kind = ARG_FLAG,
     .help = "in your editor: $VISUAL or $EDITOR",
     .optional = true},
    {.name = "text", .kind = ARG_REST, .help = "the sentence, as it stands", .optional = true},
    {0},
};

const struct command cmd_input = {
    .name = "input",
    .alias = "in",
    .group = GROUP_INPUT,
    .needs = NEED_MODEL,
    .flags = CMD_RAW,
    .args = input_args,
    .summary = "Set the source sentence",
    .help = "The rest of the line is the text: no quotes are needed. One that begins and ends with "
            "\" is read with the\n"
            "escapes \\\" \\\\ \\n \\t \\u{HEX}. The special tokens that the model expects are "
            "added. Alone: what is set.\n"
            "  input علی به مدرسه می‌رود\n"
            "  input --ids 5,6,7,0\n"
            "  input --pair علی به مدرسه می‌رود ||| او کتاب دارد\n"
            "  input -f sentence.txt\n"
            "  input -n 3\n"
            "  input -e",
    .exec = input_exec,
};

/* ---- prefix ---------------------------------------------------------------------------------- */

static void told_prefix(struct session *s, struct result *out)
{
    char buf[24];
    ids_data(out, "ids", s->prefix, s->nprefix);
    if (s->nprefix == 0) {
        out_line(out, TONE_PLAIN, "no prefix: the decoder begins freely");
        return;
    }
    out_begin(out);
    out_span(out, TONE_PLAIN,
             "prefix: %lld token%s, after the start token: ", (long long)s->nprefix,
             s->nprefix == 1 ? "" : "s");
    for (int64_t i = 0; i < s->nprefix; i++)
        out_span(out, TONE_STRONG, "%s%s", i > 0 ? " " : "",
                 session_piece(s, TOKEN_TARGET, s->prefix[i], buf));
}

static bool prefix_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    size_t n;
    int count;
    const char *text = args_text(a, "text", &n);
    const int32_t *ids = args_ids(a, "--ids", &count);
    if (args_has(a, "--ids")) {
        if (text != NULL)
            return err_set(e, ERR_COMMAND, "prefix takes a text or --ids: one of them");
        if (!session_prefix_ids(s, ids, count, e))
            return args_blame(a, "--ids", 0, e);
    } else if (text != NULL && n == strlen("clear") && memcmp(text, "clear", n) == 0) {
        session_prefix_clear(s);
    } else if (text != NULL && !session_prefix_text(s, text, n, e)) {
        return false;
    }
    told_prefix(s, out);
    return true;
}

static const struct arg prefix_args[] = {
    {.name = "--ids",
     .kind = ARG_IDS,
     .help = "token ids; the start token is not doubled",
     .optional = true},
    {.name = "text",
     .kind = ARG_REST,
     .help = "what the translation begins with, or: clear",
     .optional = true},
    {0},
};

const struct command cmd_prefix = {
    .name = "prefix",
    .alias = "pre",
    .group = GROUP_INPUT,
    .needs = NEED_MODEL | NEED_DECODER,
    .flags = CMD_RAW,
    .args = prefix_args,
    .summary = "What the decoder is made to say first",
    .help = "It stands after the decoder's start token, which is added in any case. Alone: what is "
            "set.\n"
            "  prefix Ali went\n  prefix --ids 8,9\n  prefix clear",
    .exec = prefix_exec,
};

/* ---- corpus ---------------------------------------------------------------------------------- */

static bool corpus_load(struct session *s, const char *path, struct result *out, struct err *e)
{
    struct corpus *c;
    if (!corpus_open(path, &c, e))
        return false;
    corpus_free(s->corpus);
    s->corpus = c;
    data_add_str(&out->arena, out->data, "path", path);
    data_add_int(&out->arena, out->data, "lines", corpus_count(c));
    out_line(out, TONE_PLAIN, "%s: %lld line%s; corpus next takes the first", path,
             (long long)corpus_count(c), corpus_count(c) == 1 ? "" : "s");
    return true;
}

static bool corpus_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const char *what = args_str(a, "what");
    int64_t number;
    bool next = what != NULL && strcmp(what, "next") == 0,
         back = what != NULL && strcmp(what, "back") == 0;
    bool is_number = what != NULL && str_int(what, INT64_MIN, INT64_MAX, &number);
    if (what != NULL && !next && !back && !is_number)
        return corpus_load(s, what, out, e) || args_blame(a, "what", 0, e);
    if (s->corpus == NULL)
        return err_set(e, ERR_COMMAND, "no corpus is open") ||
               err_hint(e, "open one with: corpus FILE");
    if (what == NULL) {
        out_line(out, TONE_PLAIN, "%s: line %lld of %lld", corpus_path(s->corpus),
                 (long long)corpus_current(s->corpus), (long long)corpus_count(s->corpus));
        data_add_str(&out->arena, out->data, "path", corpus_path(s->corpus));
        data_add_int(&out->arena, out->data, "line", corpus_current(s->corpus));
        data_add_int(&out->arena, out->data, "lines", corpus_count(s->corpus));
        return true;
    }
    if (!is_number)
        number = corpus_current(s->corpus) + (next ? 1 : -1);
    if (next && number > corpus_count(s->corpus))
        return err_set(e, ERR_COMMAND, "the corpus ends here: it has %lld lines",
                       (long long)corpus_count(s->corpus));
    return take_line(s, number, out, e) || args_blame(a, "what", 0, e);
}

static const struct arg corpus_args[] = {
    {.name = "what",
     .kind = ARG_FILE,
     .help = "a file with a sentence a line; then next, back or a line number",
     .optional = true},
    {0},
};

const struct command cmd_corpus = {
    .name = "corpus",
    .group = GROUP_INPUT,
    .needs = NEED_MODEL,
    .flags = CMD_REPEATS,
    .args = corpus_args,
    .summary = "Walk the sentences of a file",
    .help = "Lines count from 1.\n  corpus sentences.txt\n  corpus next\n  corpus 12\n  corpus",
    .exec = corpus_exec,
};
