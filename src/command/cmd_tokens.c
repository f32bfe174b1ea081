/* tokens and vocab: the tokens of the session, and the vocabulary. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "tokens.h"
#include "values.h"

const struct tokenizer *tokens_tokenizer(struct session *s, enum token_side side, struct err *e)
{
    const struct model *m = s->model;
    if (m->tokenizer[side] != NULL)
        return m->tokenizer[side];
    if (m->tokenizer_error.kind != ERR_NONE)
        *e = m->tokenizer_error;
    else
        err_set(e, ERR_COMMAND, "%s has no tokenizer files", m->name);
    return NULL;
}

/* segment: of the token where there are two texts, else NULL. */
static void token_data(struct result *out, struct data *list, int32_t id, const char *piece,
                       size_t len, int64_t start, int64_t end, bool special, const int32_t *segment)
{
    struct arena *a = &out->arena;
    struct data *to = data_add_map(a, list, NULL);
    data_add_int(a, to, "id", id);
    data_add_strn(a, to, "piece", piece, len);
    if (start < 0) {
        data_add_null(a, to, "start");
        data_add_null(a, to, "end");
    } else {
        data_add_int(a, to, "start", start);
        data_add_int(a, to, "end", end);
    }
    data_add_bool(a, to, "special", special);
    if (segment != NULL)
        data_add_int(a, to, "segment", *segment);
}

void tokens_data(struct result *out, struct data *to, const char *text, size_t n,
                 const struct encoding *x, const int32_t *segments)
{
    struct arena *a = &out->arena;
    data_add_strn(a, to, "text", text, n);
    struct data *ids = data_add_list(a, to, "ids"), *list = data_add_list(a, to, "tokens");
    for (size_t i = 0; i < x->n; i++) {
        const struct token *t = &x->tokens[i];
        data_add_int(a, ids, NULL, t->id);
        token_data(out, list, t->id, t->piece, t->piece_len, t->start, t->end, t->special,
                   segments != NULL ? &segments[i] : NULL);
    }
}

/* ---- tokens ---------------------------------------------------------------------------------- */

enum detail { DETAIL_NONE, DETAIL_BYTES, DETAIL_CODES };

/* Bytes or code points of the text that a token stands for. */
static const char *detail_text(struct result *out, enum detail d, const char *s, size_t n)
{
    struct str t = STR_INIT;
    if (d == DETAIL_CODES)
        values_codes(&t, s, n);
    for (size_t i = 0; d == DETAIL_BYTES && i < n; i++)
        str_addf(&t, "%s%02X", i > 0 ? " " : "", (unsigned char)s[i]);
    const char *copy = arena_strdup(&out->arena, t.s);
    str_release(&t);
    return copy;
}

static struct table *tokens_table(struct result *out, enum detail d, bool segments)
{
    return out_table(out, arena_printf(&out->arena, "#> id> %schars bytes> from %spiece*",
                                       segments ? "segment> " : "",
                                       d == DETAIL_BYTES   ? "in_hex "
                                       : d == DETAIL_CODES ? "code_points "
                                                           : ""));
}

/* One row; text and span of what it stands for, or NULL; segment as for token_data. */
static void tokens_row(struct result *out, struct table *t, int64_t index, int32_t id,
                       const int32_t *segment, const char *text, int64_t start, int64_t end,
                       enum detail d, const char *from, const char *piece)
{
    struct cell *c = table_row(out, t);
    *c++ = cell_int(index);
    *c++ = cell_int(id);
    if (segment != NULL)
        *c++ = cell_int(*segment);
    if (text == NULL || start < 0) {
        *c++ = cell_str(out, "-");
        *c++ = cell_int(0);
        text = "";
        start = end = 0;
    } else {
        size_t first = utf8_count(text, (size_t)start),
               n = utf8_count(text + start, (size_t)(end - start));
        *c++ = cell_str(out, n == 0   ? "-"
                             : n == 1 ? arena_printf(&out->arena, "%zu", first)
                                      : arena_printf(&out->arena, "%zu-%zu", first, first + n - 1));
        *c++ = cell_int(end - start);
    }
    *c = cell_str(out, from);
    c++->tone = TONE_DIM;
    if (d != DETAIL_NONE)
        *c++ = cell_str(out, detail_text(out, d, text + start, (size_t)(end - start)));
    *c = cell_str(out, piece);
}

static void source_tokens(struct session *s, enum detail d, struct result *out)
{
    const struct source *x = &s->source;
    struct table *t = tokens_table(out, d, x->segments != NULL);
    if (x->text != NULL) {
        tokens_data(out, out->data, x->text, x->len, &x->coding, x->segments);
        if (x->pair != NULL)
            data_add_strn(&out->arena, out->data, "pair", x->pair, x->pair_len);
        for (size_t i = 0; i < x->coding.n; i++) {
            const struct token *k = &x->coding.tokens[i];
            tokens_row(out, t, (int64_t)i, k->id, x->segments != NULL ? &x->segments[i] : NULL,
                       k->second ? x->pair : x->text, k->start, k->end, d,
                       k->special && k->start < 0 ? "tokenizer"
                       : k->unknown               ? "unknown"
                                                  : "text",
                       out_strn(out, k->piece, k->piece_len));
        }
    } else {
        struct arena *a = &out->arena;
        data_add_null(a, out->data, "text");
        struct data *ids = data_add_list(a, out->data, "ids"),
                    *list = data_add_list(a, out->data, "tokens");
        const struct tokenizer *tk = s->model->tokenizer[TOKEN_SOURCE];
        for (int64_t i = 0; i < x->n; i++) {
            char buf[24];
            const char *piece = session_piece(s, TOKEN_SOURCE, x->ids[i], buf);
            const int32_t *segment = x->segments != NULL ? &x->segments[i] : NULL;
            data_add_int(a, ids, NULL, x->ids[i]);
            token_data(out, list, x->ids[i], piece, strlen(piece), -1, -1,
                       tk != NULL && tokenizer_is_special(tk, x->ids[i]), segment);
            tokens_row(out, t, i, x->ids[i], segment, NULL, -1, -1, d, "given", piece);
        }
    }
    out_line(out, TONE_PLAIN, "%lld token%s, src: i32[%lld]", (long long)x->n, x->n == 1 ? "" : "s",
             (long long)x->n);
}

/* Who put the token at decoder position i there. */
static const char *target_from(struct session *s, int64_t i)
{
    int64_t fixed = gen_prefix_length(s->gen);
    if (i < fixed)
        return i == 0 && s->model->rules.start >= 0 ? "start" : "prefix";
    if (gen_opts(s->gen)->search == SEARCH_BEAM)
        return "beam search";
    const struct gen_step *step = gen_step_at(s->gen, i - fixed);
    return step != NULL && step->forced ? "forced" : "chosen";
}

static bool target_tokens(struct session *s, enum detail d, struct result *out, struct err *e)
{
    int64_t n;
    const int32_t *ids = session_tokens(s, TOKEN_TARGET, &n);
    if (s->gen == NULL || n == 0)
        return err_set(e, ERR_COMMAND, "there are no target tokens yet") ||
               err_hint(e, "run, or start and emit");
    struct arena *a = &out->arena;
    struct table *t = tokens_table(out, d, false);
    const struct tokenizer *tk = s->model->tokenizer[TOKEN_TARGET];
    struct str text = STR_INIT;
    struct err ignored = ERR_INIT;
    if (tk != NULL && tokenizer_decode(tk, ids, (size_t)n, &text, &ignored))
        data_add_strn(a, out->data, "text", text.s, text.len);
    else
        data_add_null(a, out->data, "text");
    str_release(&text);
    struct data *list_ids = data_add_list(a, out->data, "ids"),
                *list = data_add_list(a, out->data, "tokens");
    for (int64_t i = 0; i < n; i++) {
        char buf[24];
        const char *piece = session_piece(s, TOKEN_TARGET, ids[i], buf);
        size_t len = strlen(piece);
        data_add_int(a, list_ids, NULL, ids[i]);
        token_data(out, list, ids[i], piece, len, -1, -1,
                   tk != NULL && tokenizer_is_special(tk, ids[i]), NULL);
        struct cell *c = table_row(out, t);
        *c++ = cell_int(i);
        *c++ = cell_int(ids[i]);
        *c++ = cell_str(out, "-");
        *c++ = cell_int(tk != NULL ? (int64_t)len : 0);
        *c = cell_str(out, target_from(s, i));
        c++->tone = TONE_DIM;
        if (d != DETAIL_NONE)
            *c++ = cell_str(out, detail_text(out, d, piece, len));
        *c = cell_str(out, piece);
    }
    out_line(out, TONE_PLAIN, "%lld token%s, tgt: i32[%lld]", (long long)n, n == 1 ? "" : "s",
             (long long)n);
    return true;
}

static bool tokens_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const char *letters = args_letters(a), *side = args_str(a, "side");
    enum detail d = strchr(letters, 'b') != NULL   ? DETAIL_BYTES
                    : strchr(letters, 'u') != NULL ? DETAIL_CODES
                                                   : DETAIL_NONE;
    if (side != NULL && strcmp(side, "tgt") == 0)
        return target_tokens(s, d, out, e);
    source_tokens(s, d, out);
    return true;
}

static const struct arg tokens_args[] = {
    {.name = "side",
     .kind = ARG_CHOICE,
     .help = "source or target",
     .optional = true,
     .choices = "src|tgt"},
    {0},
};

const struct command cmd_tokens = {
    .name = "tokens",
    .alias = "t",
    .group = GROUP_INPUT,
    .needs = NEED_TEXT,
    .args = tokens_args,
    .letters = "bu",
    .summary = "Token table: index, id, characters, bytes, piece",
    .help =
        "`from` says who put a token there: the text, the tokenizer (special tokens), the start "
        "token, the prefix, the\n"
        "search. /b adds the bytes in hex, /u the code points. Of two texts (input --pair) the "
        "segment of each is shown,\n"
        "and characters count from the beginning of its own text.\n  tokens\n  tokens/u\n  tokens "
        "tgt",
    .exec = tokens_exec,
};

/* ---- vocab ----------------------------------------------------------------------------------- */

enum { VOCAB_ROWS = 40 };

static bool vocab_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    enum token_side side = args_has(a, "--target") ? TOKEN_TARGET : TOKEN_SOURCE;
    const struct tokenizer *t = tokens_tokenizer(s, side, e);
    if (t == NULL)
        return false;
    const char *typed = args_str(a, "pattern");
    bool plain = strpbrk(typed, "*?") == NULL;
    const char *pattern = plain ? arena_printf(&out->arena, "*%s*", typed) : typed;
    int64_t most = args_int(a, "--max", VOCAB_ROWS), found = 0, shown = 0;
    struct table *table = out_table(out, "id> bytes> piece*");
    struct data *list = data_add_list(&out->arena, out->data, "pieces");
    for (int32_t id = 0; id < tokenizer_size(t); id++) {
        const char *piece = tokenizer_piece(t, id);
        if (piece == NULL || !values_glob(pattern, piece) || ++found > most)
            continue;
        shown++;
        struct data *to = data_add_map(&out->arena, list, NULL);
        data_add_int(&out->arena, to, "id", id);
        data_add_str(&out->arena, to, "piece", piece);
        data_add_bool(&out->arena, to, "special", tokenizer_is_special(t, id));
        struct cell *c = table_row(out, table);
        c[0] = cell_int(id);
        c[1] = cell_int((int64_t)strlen(piece));
        c[2] = cell_str(out, piece);
    }
    data_add_int(&out->arena, out->data, "found", found);
    if (found == 0)
        return err_set(e, ERR_COMMAND, "no piece of %d matches", tokenizer_size(t)) ||
               err_hint(e, "* stands for any run, ? for one character; %s",
                        tokenizer_traces(t) ? "what goes on in a word begins with ##: quote it"
                                            : "words begin with \xE2\x96\x81");
    if (shown < found)
        out_line(out, TONE_PLAIN, "%lld pieces (%lld shown; --max N shows more)", (long long)found,
                 (long long)shown);
    else
        out_line(out, TONE_PLAIN, "%lld piece%s of %d", (long long)found, found == 1 ? "" : "s",
                 tokenizer_size(t));
    return true;
}

static const struct arg vocab_args[] = {
    {.name = "--target", .kind = ARG_FLAG, .help = "the target's vocabulary", .optional = true},
    {.name = "--max",
     .kind = ARG_INT,
     .help = "most rows (40)",
     .optional = true,
     .lo = 1,
     .hi = 100000000},
    {.name = "pattern", .kind = ARG_WORD, .help = "part of a piece, or a pattern with * and ?"},
    {0},
};

const struct command cmd_vocab = {
    .name = "vocab",
    .alias = "voc",
    .group = GROUP_INPUT,
    .needs = NEED_TOKENIZER,
    .args = vocab_args,
    .summary = "Search the vocabulary",
    .help = "  vocab school\n  vocab ▁مد*\n  vocab --target *ing",
    .exec = vocab_exec,
};
