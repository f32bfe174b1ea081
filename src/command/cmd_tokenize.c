/* tokenize, detok, normalize: text to pieces and back, without touching the session. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "tokens.h"
#include "values.h"

enum { LINES_LIMIT = 1 << 30, BEST = 5 };

static enum token_side side_of(const struct args *a)
{
    return args_has(a, "--target") ? TOKEN_TARGET : TOKEN_SOURCE;
}

static void pieces_line(struct result *out, const struct encoding *x)
{
    struct str line = STR_INIT;
    for (size_t i = 0; i < x->n; i++) {
        str_add(&line, i > 0 ? " " : "");
        str_addn(&line, x->tokens[i].piece, x->tokens[i].piece_len);
    }
    out_line(out, TONE_PLAIN, "%s", out_strn(out, line.s, line.len));
    str_release(&line);
}

static bool one_text(const struct tokenizer *t, const char *text, size_t n, struct result *out,
                     struct data *to, struct err *e)
{
    struct encoding x;
    if (!tokenizer_encode(t, text, n, true, &x, e))
        return false;
    tokens_data(out, to, text, n, &x, NULL);
    pieces_line(out, &x);
    encoding_release(&x);
    return true;
}

/* Each line of the file is a text: the data is a list, which programs get as one object a line. */
static bool all_lines(const struct tokenizer *t, const char *path, struct result *out,
                      struct err *e)
{
    size_t size, number = 0;
    if (file_is_dir(path))
        return err_set(e, ERR_FILE, "%s is a folder; a text file is wanted", path);
    char *text = file_read(path, LINES_LIMIT, &size, e);
    if (text == NULL)
        return false;
    out->data = data_list(&out->arena);
    bool ok = true;
    for (size_t at = 0; ok && at < size;) {
        const char *end = memchr(text + at, '\n', size - at);
        size_t n = end != NULL ? (size_t)(end - text) - at : size - at;
        number++;
        ok = one_text(t, text + at, n, out, data_add_map(&out->arena, out->data, NULL), e) ||
             err_wrap(e, "%s, line %zu", path, number);
        at += n + 1;
    }
    free(text);
    return ok;
}

static bool tokenize_exec(struct session *s, const struct args *a, struct result *out,
                          struct err *e)
{
    const struct tokenizer *t = tokens_tokenizer(s, side_of(a), e);
    size_t n;
    const char *text = args_text(a, "text", &n);
    if (t == NULL)
        return false;
    if (args_has(a, "--lines") && (text != NULL || args_has(a, "--lattice")))
        return err_set(e, ERR_COMMAND, "tokenize --lines takes a file and nothing else");
    if (args_has(a, "--lines"))
        return all_lines(t, args_str(a, "--lines"), out, e) || args_blame(a, "--lines", 0, e);
    if (text == NULL)
        return err_set(e, ERR_COMMAND, "tokenize: text is missing") ||
               err_hint(e, "usage: tokenize TEXT");
    if (args_has(a, "--lattice") && tokenizer_traces(t))
        return tokens_trace(t, text, n, out, e);
    if (args_has(a, "--lattice"))
        return tokens_lattice(t, text, n, (int)args_int(a, "--best", BEST), out, e);
    return one_text(t, text, n, out, out->data, e);
}

static const struct arg tokenize_args[] = {
    {.name = "--lines", .kind = ARG_FILE, .help = "each line of a file", .optional = true},
    {.name = "--lattice",
     .kind = ARG_FLAG,
     .help = "how it was cut: the competing segmentations, or the matches tried",
     .optional = true},
    {.name = "--best",
     .kind = ARG_INT,
     .help = "how many whole ones (5)",
     .optional = true,
     .lo = 1,
     .hi = 1000},
    {.name = "--target", .kind = ARG_FLAG, .help = "the target's tokenizer", .optional = true},
    {.name = "text", .kind = ARG_REST, .help = "the text, as it stands", .optional = true},
    {0},
};

const struct command cmd_tokenize = {
    .name = "tokenize",
    .alias = "tz",
    .group = GROUP_INPUT,
    .needs = NEED_MODEL,
    .flags = CMD_RAW,
    .args = tokenize_args,
    .summary = "Tokenize without changing the session",
    .help =
        "With the special tokens that the model expects. --lattice shows every piece that fits "
        "somewhere, the best total\n"
        "through it, the best whole segmentations, and why the winner won; of WordPiece, what was "
        "looked up for each word,\n"
        "the longest first, which match was taken, and why a word is unknown.\n"
        "  tokenize علی رفت\n  tokenize --lattice مدرسه\n  tokenize --lines sentences.txt",
    .exec = tokenize_exec,
};

/* ---- detok ----------------------------------------------------------------------------------- */

static bool detok_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const struct tokenizer *t =
        tokens_tokenizer(s, args_has(a, "--source") ? TOKEN_SOURCE : TOKEN_TARGET, e);
    int n;
    const int32_t *ids = args_ids(a, "ids", &n);
    struct str text = STR_INIT;
    if (t == NULL)
        return false;
    bool ok = tokenizer_decode(t, ids, (size_t)n, &text, e) || args_blame(a, "ids", 0, e);
    if (ok) {
        struct data *list = data_add_list(&out->arena, out->data, "ids");
        for (int i = 0; i < n; i++)
            data_add_int(&out->arena, list, NULL, ids[i]);
        data_add_strn(&out->arena, out->data, "text", text.s, text.len);
        out_line(out, TONE_PLAIN, "%s", out_strn(out, text.s, text.len));
    }
    str_release(&text);
    return ok;
}

static const struct arg detok_args[] = {
    {.name = "--source",
     .kind = ARG_FLAG,
     .help = "the source's tokenizer; else the target's",
     .optional = true},
    {.name = "ids", .kind = ARG_IDS, .help = "token ids", .many = true},
    {0},
};

const struct command cmd_detok = {
    .name = "detok",
    .group = GROUP_INPUT,
    .needs = NEED_TOKENIZER,
    .args = detok_args,
    .summary = "Ids to text",
    .help = "Special tokens are left out.\n  detok 845,1377,12\n  detok 845 1377 12",
    .exec = detok_exec,
};

/* ---- normalize ------------------------------------------------------------------------------- */

static void change_row(struct result *out, struct table *t, struct data *list, const char *text,
                       const struct change *c, size_t at)
{
    struct arena *a = &out->arena;
    size_t n = (size_t)(c->end - c->start);
    struct str is = STR_INIT, to = STR_INIT, shown = STR_INIT;
    values_codes(&is, text + c->start, n);
    if (*c->to != 0)
        values_codes(&to, c->to, strlen(c->to));
    else
        str_add(&to, "nothing");
    struct data *d = data_add_map(a, list, NULL);
    data_add_int(a, d, "start", c->start);
    data_add_int(a, d, "end", c->end);
    data_add_strn(a, d, "from", text + c->start, n);
    data_add_str(a, d, "to", c->to);
    data_add_str(a, d, "why", c->why);
    str_addn(&shown, text + c->start, n);
    str_addf(&shown, " -> %s", c->to);
    struct cell *row = table_row(out, t);
    row[0] = cell_int((int64_t)at);
    row[1] = cell_int((int64_t)n);
    row[2] = cell_str(out, is.s);
    row[3] = cell_str(out, to.s);
    row[4] = cell_str(out, c->why);
    row[5] = cell_str(out, shown.s);
    str_release(&is);
    str_release(&to);
    str_release(&shown);
}

static bool normalize_exec(struct session *s, const struct args *a, struct result *out,
                           struct err *e)
{
    const struct tokenizer *t = tokens_tokenizer(s, side_of(a), e);
    size_t n;
    const char *text = args_text(a, "text", &n);
    if (t == NULL)
        return false;
    if (text == NULL && s->source.text == NULL)
        return err_set(e, ERR_COMMAND, "there is no source text") ||
               err_hint(e, "usage: normalize [TEXT]");
    if (text == NULL) {
        text = s->source.text;
        n = s->source.len;
    }
    struct encoding x;
    if (!tokenizer_encode(t, text, n, true, &x, e))
        return false;
    data_add_strn(&out->arena, out->data, "text", text, n);
    data_add_strn(&out->arena, out->data, "normalized", x.normalized, x.normalized_len);
    struct data *list = data_add_list(&out->arena, out->data, "changes");
    if (x.nchanges > 0) {
        struct table *table = out_table(out, "char> bytes> is becomes why text*");
        for (size_t i = 0, at = 0, from = 0; i < x.nchanges; i++) {
            size_t to = (size_t)x.changes[i].start;
            at += utf8_count(text + from, to - from);
            from = to;
            change_row(out, table, list, text, &x.changes[i], at);
        }
    }
    out_line(out, TONE_PLAIN, "%zu change%s", x.nchanges, x.nchanges == 1 ? "" : "s");
    out_begin(out);
    out_span(out, TONE_DIM, "the model sees: ");
    out_span(out, TONE_STRONG, "%s", out_strn(out, x.normalized, x.normalized_len));
    encoding_release(&x);
    return true;
}

static const struct arg normalize_args[] = {
    {.name = "--target", .kind = ARG_FLAG, .help = "the target's tokenizer", .optional = true},
    {.name = "text", .kind = ARG_REST, .help = "a text; none: the source", .optional = true},
    {0},
};

const struct command cmd_normalize = {
    .name = "normalize",
    .alias = "norm",
    .group = GROUP_INPUT,
    .needs = NEED_TOKENIZER,
    .flags = CMD_RAW,
    .args = normalize_args,
    .summary = "Show each character that the normaliser changes, and why",
    .help =
        "Zero-width non-joiners, Arabic letters for Persian ones, compatibility forms, spaces.\n"
        "  normalize\n  normalize علي مي‌رود",
    .exec = normalize_exec,
};
