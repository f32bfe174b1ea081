/* WordPiece worked out by hand: matches, reasons of changes, spans, the explanation, files that
 * must be refused, every truncation and byte flip of small ones. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "make.h"
#include "token/wordpiece.h"

static const char lines[] = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nun\n##aff\n##able\n##a\nmi\n"
                            "می\n##رود\n##ر\n!\n中\na\n";
enum { PAD, UNK, CLS, SEP, MASK, UN, AFF, ABLE, A_IN, MI, PERSIAN_MI, RAVAD, R, BANG, MIDDLE, A };

static struct tokenizer from_lines(const char *text, const char *config)
{
    struct err e = ERR_INIT;
    json_t *json = config ? json_loads(config, 0, NULL) : NULL;
    assert_true(!config || json);
    struct tokenizer t = {.wordpiece =
                              wordpiece_parse_lines("vocab.txt", text, strlen(text), json, &e)};
    if (!t.wordpiece)
        fail_msg("%s", e.msg);
    json_decref(json);
    return t;
}

static void release(struct tokenizer *t)
{
    wordpiece_unref(t->wordpiece);
}

static void test_wordpiece__longest_matches(void **state)
{
    (void)state;
    struct tokenizer t = from_lines(lines, NULL);
    tokens_are(&t, "unaffable", "[CLS]/2 un/5 ##aff/6 ##able/7 [SEP]/3");
    /* "una" + "b": ##a matches but nothing does after it, so the whole word is unknown. */
    tokens_are(&t, "unab a", "[CLS]/2 unab/1 a/15 [SEP]/3");
    tokens_are(&t, "UN!Áun", "[CLS]/2 un/5 !/13 aun/1 [SEP]/3");
    tokens_are(&t, "a中a", "[CLS]/2 a/15 中/14 a/15 [SEP]/3");
    tokens_are(&t, "a [MASK]a", "[CLS]/2 a/15 [MASK]/4 a/15 [SEP]/3");
    tokens_are(&t, "", "[CLS]/2 [SEP]/3");
    assert_int_equal(tokenizer_mask(&t), MASK);
    assert_int_equal(tokenizer_unk(&t), UNK);
    assert_int_equal(tokenizer_eos(&t), -1);
    assert_string_equal(tokenizer_kind(&t), "WordPiece (uncased)");
    assert_true(tokenizer_is_special(&t, PAD) && !tokenizer_is_special(&t, UN));
    static const int32_t ids[] = {CLS, UN, AFF, ABLE, BANG, SEP};
    decoded_is(&t, ids, 6, "unaffable!");
    release(&t);
}

/* ZWNJ is a format character: BERT takes it out, so that می and رود become one word. */
static void test_wordpiece__persian(void **state)
{
    (void)state;
    struct tokenizer t = from_lines(lines, NULL);
    struct err e = ERR_INIT;
    struct encoding x;
    const char *text = "مي‌رود می‌رود کِ";
    assert_true(tokenizer_encode(&t, text, strlen(text), true, &x, &e));
    assert_string_equal(x.normalized, "ميرود میرود ک");
    assert_int_equal(x.n, 6); /* مي with Arabic yeh is another word, and کِ is unknown too */
    assert_true(x.tokens[1].unknown && x.tokens[4].unknown);
    assert_int_equal(x.tokens[2].id, PERSIAN_MI);
    assert_int_equal(x.tokens[3].id, RAVAD);
    /* Bytes: word 13 and a space; می 14-18, ZWNJ 18-21, رود 21-27. */
    assert_true(x.tokens[2].start == 14 && x.tokens[2].end == 18);
    assert_true(x.tokens[3].start == 21 && x.tokens[3].end == 27);
    assert_int_equal(x.nchanges, 3);
    assert_string_equal(x.changes[1].why, "invisible removed");
    assert_true(x.changes[1].start == 18 && x.changes[1].end == 21 && !x.changes[1].to[0]);
    assert_string_equal(x.changes[2].why, "mark removed");
    encoding_release(&x);
    release(&t);
}

static void changes_are(const struct tokenizer *t, const char *text, size_t n, const char *expect)
{
    struct err e = ERR_INIT;
    struct encoding x;
    struct str got = STR_INIT;
    assert_true(tokenizer_encode(t, text, n, true, &x, &e));
    for (size_t i = 0; i < x.nchanges; i++)
        str_addf(&got, "%d-%d '%s' %s; ", (int)x.changes[i].start, (int)x.changes[i].end,
                 x.changes[i].to, x.changes[i].why);
    assert_string_equal(got.s, expect);
    str_release(&got);
    encoding_release(&x);
}

static void test_wordpiece__reasons(void **state)
{
    (void)state;
    struct tokenizer t = from_lines(lines, NULL);
    changes_are(&t, "a É\tn\u0303\u0303 \u4e2d", 14,
                "2-4 'e' lower case, accent off; 4-5 ' ' a space instead; 6-10 '' mark "
                "removed; 11-14 ' \u4e2d ' spaces around it; ");
    changes_are(&t, "A\0b\x01\ue000\ufffd", 10,
                "0-1 'a' lower case; 1-2 '' NUL removed; 3-4 '' control removed; 4-7 '' "
                "private use removed; 7-10 '' U+FFFD removed; ");
    /* Bytes that are not UTF-8 go the way of U+FFFD, each on its own. */
    changes_are(&t, "a\xff\xe4\xb8 b", 6, "1-4 '' not UTF-8: removed; ");
    changes_are(&t, "\ud55c\u00e7", 5,
                "0-3 '\u1112\u1161\u11ab' taken apart; 3-5 'c' accent off; ");
    release(&t);
    t = from_lines(lines, "{\"do_lower_case\": false}");
    changes_are(&t, "É\u0303", 4, "");
    release(&t);
    t = from_lines(lines, "{\"strip_accents\": false, \"tokenize_chinese_chars\": false}");
    changes_are(&t, "\u0130\u4e2d", 5, "0-2 'i\u0307' lower case; ");
    release(&t);
}

static void test_wordpiece__pairs(void **state)
{
    (void)state;
    struct tokenizer t = from_lines(lines, NULL);
    struct err e = ERR_INIT;
    struct encoding x;
    assert_true(tokenizer_encode_pair(&t, "un A", 4, " É un", 6, &x, &e));
    static const struct {
        int id, segment, start, end;
        bool second;
    } want[] = {{CLS, 0, -1, -1, false}, {UN, 0, 0, 2, false}, {A, 0, 3, 4, false},
                {SEP, 0, -1, -1, false}, {UNK, 1, 1, 3, true}, {UN, 1, 4, 6, true},
                {SEP, 1, -1, -1, false}};
    assert_int_equal(x.n, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_int_equal(x.tokens[i].id, want[i].id);
        assert_int_equal(x.tokens[i].segment, want[i].segment);
        assert_int_equal(x.tokens[i].start, want[i].start);
        assert_int_equal(x.tokens[i].end, want[i].end);
        assert_int_equal(x.tokens[i].second, want[i].second);
    }
    assert_string_equal(x.normalized, "un a");
    assert_string_equal(x.normalized2, " e un");
    assert_int_equal(x.nchanges, 2);
    assert_true(!x.changes[0].second && x.changes[1].second && x.changes[1].start == 1);
    encoding_release(&x);
    release(&t);
}

/* unaffable: 9 beginnings of the whole, of which "un" is the 8th and is taken; "u" is no piece.
 * affable: ##affable ##affabl ##affab ##affa ##aff taken, shorter: ##a. able: ##able at once, then ##a. */
static void test_wordpiece__trace(void **state)
{
    (void)state;
    struct tokenizer t = from_lines(lines, NULL);
    struct err e = ERR_INIT;
    struct trace x;
    const char *text = "unaffable unab [CLS]";
    assert_true(tokenizer_traces(&t) && tokenizer_trace(&t, text, strlen(text), &x, &e));
    assert_int_equal(x.n, 3);
    const struct cut_word *w = &x.words[0];
    assert_true(w->how == WORD_CUT && w->chars == 9 && w->looked_up == 8 + 5 + 1);
    assert_int_equal(w->n, 8 + 5 + 1 + 1 + 1);
    assert_string_equal(w->attempts[0].piece, "unaffable");
    assert_true(w->attempts[7].kind == ATTEMPT_TAKEN && w->attempts[7].id == UN);
    assert_string_equal(w->attempts[8].piece, "##affable");
    assert_true(w->attempts[12].kind == ATTEMPT_TAKEN && w->attempts[12].id == AFF);
    assert_true(w->attempts[13].kind == ATTEMPT_SHORTER && w->attempts[13].id == A_IN);
    assert_true(w->attempts[14].kind == ATTEMPT_TAKEN && w->attempts[14].id == ABLE);
    assert_true(w->attempts[15].kind == ATTEMPT_SHORTER);
    /* unab: unab una taken at "un" (3rd); ##ab, ##a taken; ##b nothing: unknown after 6 look-ups */
    w = &x.words[1];
    assert_true(w->how == WORD_MISS && w->looked_up == 6 && w->start == 10 && w->end == 14);
    assert_true(w->attempts[5].kind == ATTEMPT_MISS);
    assert_true(x.words[2].how == WORD_ADDED && x.words[2].n == 0);
    trace_release(&x);
    char longer[101 + 1];
    memset(longer, 'a', 101);
    assert_true(tokenizer_trace(&t, longer, 101, &x, &e));
    assert_true(x.words[0].how == WORD_TOO_LONG && x.words[0].looked_up == 0 && x.longest == 100);
    trace_release(&x);
    struct lattice l;
    assert_false(tokenizer_lattice(&t, "a", 1, 2, &l, &e));
    release(&t);
}

/* ---- files ---- */

static void refused(const char *text, const char *config, const char *expect)
{
    struct err e = ERR_INIT;
    json_t *json = config ? json_loads(config, 0, NULL) : NULL;
    struct wordpiece *w = *text == '{' ? wordpiece_parse_json("f", text, strlen(text), json, &e)
                                       : wordpiece_parse_lines("f", text, strlen(text), json, &e);
    json_decref(json);
    if (w)
        fail_msg("accepted: %s", text);
    assert_int_equal(e.kind, ERR_FILE);
    if (!strstr(e.msg, expect) || strchr(e.msg, '\n'))
        fail_msg("'%s' is not in '%s'", expect, e.msg);
}

#define MODEL(rest)                                                                                \
    "\"model\":{\"type\":\"WordPiece\",\"unk_token\":\"[UNK]\",\"vocab\":{\"[UNK]\":0,\"[CLS]\":"  \
    "1,"                                                                                           \
    "\"[SEP]\":2,\"a\":3}" rest "}"
#define PRE "\"pre_tokenizer\":{\"type\":\"BertPreTokenizer\"}"

static void test_wordpiece__refused(void **state)
{
    (void)state;
    refused("", NULL, "no pieces");
    refused("\n\n", NULL, "no pieces");
    refused("[UNK]\n[CLS]\n[SEP]\na\nb\na\n", NULL, "line 6: the piece 'a' is on line 4 already");
    refused("[CLS]\n[SEP]\na\n", NULL, "no [UNK], which is the unk_token");
    refused("[UNK]\n[SEP]\na\n", NULL, "no [CLS], which is the cls_token");
    refused("[UNK]\n[CLS]\n", NULL, "no [SEP], which is the sep_token");
    refused("[UNK]\n\xff\n", NULL, "line 2: bytes that are not UTF-8");
    refused(lines, "{\"do_lower_case\": 1}", "do_lower_case must be true or false");
    refused(lines, "{\"added_tokens_decoder\": {\"x\": {\"content\": \"y\"}}}", "'x' is no id");
    refused(lines, "{\"added_tokens_decoder\": {\"7\": {\"content\": \"un\"}}}",
            "the added token 'un' has id 7, in the vocabulary 5");
    refused(lines, "{\"added_tokens_decoder\": {\"7\": {\"content\": \"new\"}}}",
            "gives id 7 to both '##able' and 'new'");
    refused(lines, "{\"added_tokens_decoder\": {\"99999999\": {\"content\": \"n\"}}}", "is no id");
    refused("{", NULL, "line 1");
    refused("{}", NULL, "no model");
    refused("{\"model\":{\"type\":\"BPE\"}}", NULL, "the model is of type BPE");
    refused("{" PRE "," MODEL("") ",\"version\":\"2.0\"}", NULL, "version");
    refused("{" MODEL("") "}", NULL, "the pre_tokenizer is of type none");
    refused("{\"pre_tokenizer\":{\"type\":\"Whitespace\"}," MODEL("") "}", NULL, "Whitespace");
    refused("{\"normalizer\":{\"type\":\"NFKC\"}," PRE "," MODEL("") "}", NULL,
            "the normalizer is of type NFKC");
    refused("{\"post_processor\":{\"type\":\"RobertaProcessing\"}," PRE "," MODEL("") "}", NULL,
            "RobertaProcessing");
    refused("{\"decoder\":{\"type\":\"BPEDecoder\"}," PRE "," MODEL("") "}", NULL, "BPEDecoder");
    refused(
        "{\"post_processor\":{\"type\":\"BertProcessing\",\"sep\":[\"x\",9],\"cls\":[\"y\",1]}," PRE
        "," MODEL("") "}",
        NULL, "sep names no piece");
    refused("{\"post_processor\":{\"type\":\"TemplateProcessing\",\"single\":[],\"pair\":[]}," PRE
            "," MODEL("") "}",
            NULL, "`single` leaves a text out");
    refused("{" PRE "," MODEL(",\"max_input_chars_per_word\":-1") "}", NULL, "max_input");
    refused("{\"model\":{\"type\":\"WordPiece\",\"vocab\":{\"a\":-1}}}", NULL, "no id from 0");
    refused("{\"model\":{\"type\":\"WordPiece\",\"vocab\":{\"a\":16777216}}}", NULL,
            "no id from 0");
    refused("{\"model\":{\"type\":\"WordPiece\",\"vocab\":{\"a\":1,\"b\":1}}}", NULL,
            "id 1 to both");
    refused("{\"model\":{\"type\":\"WordPiece\",\"vocab\":{\"a\":1,\"a\":2}}}", NULL, "duplicate");
    refused("{\"model\":{\"type\":\"WordPiece\",\"vocab\":{\"a\":1}}}", NULL, "no [UNK]");
    refused("{\"added_tokens\":[{\"content\":\"x\"}]," PRE "," MODEL("") "}", NULL,
            "added token 0 has no id");
}

static const char tokenizer_json[] =
    "{\"version\":\"1.0\",\"added_tokens\":[{\"id\":9,\"content\":\"n w\",\"normalized\":true,"
    "\"lstrip\":true,\"single_word\":true}],\"normalizer\":{\"type\":\"BertNormalizer\","
    "\"strip_accents\":null,\"lowercase\":true}," PRE ",\"post_processor\":{\"type\":"
    "\"TemplateProcessing\",\"single\":[{\"SpecialToken\":{\"id\":\"[CLS]\",\"type_id\":0}},"
    "{\"Sequence\":{\"id\":\"A\",\"type_id\":0}}],\"pair\":[{\"Sequence\":{\"id\":\"A\",\"type_"
    "id\":0}},"
    "{\"Sequence\":{\"id\":\"B\",\"type_id\":1}}],\"special_tokens\":{\"[CLS]\":{\"id\":\"[CLS]\","
    "\"ids\":[1]}}},\"decoder\":{\"type\":\"WordPiece\",\"prefix\":\"##\",\"cleanup\":true}," MODEL(
        "") "}";

/* Whatever was accepted must tokenize within bounds. */
static void use(const char *s, size_t n)
{
    static const char text[] = "a [CLS]a n w. N W \xff\u4e2d É\u0301 ##a [SEP]\0b";
    struct err e = ERR_INIT;
    struct encoding x;
    char *exact = malloc(n ? n : 1);
    memcpy(exact, s, n);
    struct tokenizer t = {.wordpiece = n && *s == '{'
                                           ? wordpiece_parse_json("f", exact, n, NULL, &e)
                                           : wordpiece_parse_lines("f", exact, n, NULL, &e)};
    free(exact);
    if (!t.wordpiece) {
        assert_true(e.kind == ERR_FILE && e.msg[0]);
        return;
    }
    assert_true(tokenizer_encode_pair(&t, text, sizeof text - 1, text, 5, &x, &e));
    for (size_t i = 0; i < x.n; i++) {
        assert_true(x.tokens[i].id >= 0 && x.tokens[i].id < tokenizer_size(&t));
        assert_true(x.tokens[i].end <= (int64_t)sizeof text - 1);
        assert_true(x.tokens[i].start < 0 || x.tokens[i].start < x.tokens[i].end);
    }
    encoding_release(&x);
    struct trace trace;
    assert_true(tokenizer_trace(&t, text, sizeof text - 1, &trace, &e));
    trace_release(&trace);
    release(&t);
}

static void every_truncation_and_flip(const char *good, size_t n)
{
    for (size_t i = 0; i <= n; i++)
        use(good, i);
    char *data = malloc(n);
    memcpy(data, good, n);
    for (size_t i = 0; i < n; i++) {
        static const char to[] = {1, 2, 4, 16, 32, 64, (char)128};
        for (size_t k = 0; k < sizeof to; k++) {
            data[i] = (char)(good[i] ^ to[k]);
            use(data, n);
        }
        data[i] = good[i];
    }
    free(data);
}

static void test_wordpiece__every_truncation_and_byte(void **state)
{
    (void)state;
    every_truncation_and_flip(lines, sizeof lines - 1);
    every_truncation_and_flip(tokenizer_json, sizeof tokenizer_json - 1);
}

static void test_wordpiece__json(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct tokenizer t = {.wordpiece = wordpiece_parse_json("f", tokenizer_json,
                                                            sizeof tokenizer_json - 1, NULL, &e)};
    if (!t.wordpiece)
        fail_msg("%s", e.msg);
    assert_int_equal(tokenizer_size(&t), 10);
    tokens_are(&t, "a  N W a", "[CLS]/1 a/3 n w/9 a/3");
    tokens_are(&t, "xN W", "[CLS]/1 xn/0 w/0");       /* not a word of its own */
    tokens_are(&t, "[CLS]", "[CLS]/1 [/0 cls/0 ]/0"); /* no added token here */
    static const int32_t ids[] = {1, 3, 9};
    decoded_is(&t, ids, 3, "[CLS] a n w"); /* nor special */
    release(&t);
}

/* A vocabulary of 120,000 lines and a text of a megabyte of one word or of marks: no search in it
 * is quadratic. */
static void test_wordpiece__large(void **state)
{
    (void)state;
    struct str text = STR_INIT;
    str_add(&text, lines);
    for (int i = 0; i < 120000; i++)
        str_addf(&text, "w%x\n", i);
    struct tokenizer t = from_lines(text.s, NULL);
    assert_int_equal(tokenizer_size(&t), 16 + 120000);
    tokens_are(&t, "W1D4BF", "[CLS]/2 w1d4bf/120015 [SEP]/3");
    struct err e = ERR_INIT;
    struct encoding x;
    str_clear(&text);
    for (int i = 0; i < 250000; i++)
        str_add(&text, i % 2 ? "\u0301" : "\u0323");
    assert_true(tokenizer_encode(&t, text.s, text.len, true, &x, &e));
    assert_int_equal(x.n, 2);
    encoding_release(&x);
    str_clear(&text);
    str_repeat(&text, "a", 1000000);
    assert_true(tokenizer_encode(&t, text.s, text.len, true, &x, &e));
    assert_true(x.n == 3 && x.tokens[1].unknown && x.tokens[1].end == 1000000);
    encoding_release(&x);
    interrupt_flag = 1;
    assert_false(tokenizer_encode(&t, text.s, text.len, true, &x, &e));
    assert_int_equal(e.kind, ERR_INTERRUPT);
    interrupt_flag = 0;
    str_release(&text);
    release(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wordpiece__longest_matches),
        cmocka_unit_test(test_wordpiece__persian),
        cmocka_unit_test(test_wordpiece__reasons),
        cmocka_unit_test(test_wordpiece__pairs),
        cmocka_unit_test(test_wordpiece__trace),
        cmocka_unit_test(test_wordpiece__refused),
        cmocka_unit_test(test_wordpiece__json),
        cmocka_unit_test(test_wordpiece__every_truncation_and_byte),
        cmocka_unit_test(test_wordpiece__large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
