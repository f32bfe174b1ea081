/* Marian: the vocabulary file, special tokens and languages in the text, and which files a folder
 * must have. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "make.h"

#define SP "\u2581"

static struct vocab *parse(const char *s, size_t n, struct err *e)
{
    /* Exactly as many bytes, so that a sanitizer sees one too far. */
    char *exact = malloc(n ? n : 1);
    memcpy(exact, s, n);
    struct vocab *v = vocab_parse("vocab.json", exact, n, e);
    free(exact);
    return v;
}

static void test_vocab__good(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    static const char text[] = " {\"</s>\" :0,\r\n\"\\u2581a\\n\\\"\\/\":  2 ,\"\u06cc\":16777215,"
                               "\"\\ud83d\\ude00\":1, \"\\u0000\":3}\n";
    struct vocab *v = parse(text, sizeof text - 1, &e);
    if (!v)
        fail_msg("%s", e.msg);
    assert_int_equal(v->size, 16777216);
    assert_string_equal(v->by[0].s, "</s>");
    assert_string_equal(v->by[2].s, SP "a\n\"/");
    assert_string_equal(v->by[16777215].s, "\u06cc");
    assert_string_equal(v->by[1].s, "\U0001F600");
    assert_int_equal(v->by[3].n, 1);
    assert_null(v->by[4].s);
    assert_int_equal(names_find(&v->ids, "\u06cc", 2), 16777215);
    assert_int_equal(names_find(&v->ids, "\0", 1), 3);
    assert_int_equal(names_find(&v->ids, "x", 1), -1);
    vocab_unref(v);
}

static void test_vocab__refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expect;
    } bad[] = {
        {"", "object"},
        {"[]", "object"},
        {"{}", "no pieces"},
        {"{\"a\":0", "',' or '}'"},
        {"{\"a\":0,}", "in quotes"},
        {"{\"a\":0} x", "follows"},
        {"{\"a\":0}{", "follows"},
        {"{\"a\" 0}", "':'"},
        {"{a:0}", "in quotes"},
        {"{\"a\":0,\"a\":1}", "'a' twice"},
        {"{\"a\":0,\"b\":0}", "id 0 to both 'a' and 'b'"},
        {"{\"a\":-1}", "whole number"},
        {"{\"a\":1.0}", "whole number"},
        {"{\"a\":1e3}", "whole number"},
        {"{\"a\":01}", "whole number"},
        {"{\"a\":16777216}", "whole number"},
        {"{\"a\":99999999999999999999}", "whole number"},
        {"{\"a\":\"0\"}", "whole number"},
        {"{\"a\":null}", "whole number"},
        {"{\"a\":{\"b\":0}}", "whole number"},
        {"{\"a\":}", "whole number"},
        {"{\"a", "inside a string"},
        {"{\"\\x\":0}", "escape"},
        {"{\"\\", "escape"},
        {"{\"\\u12", "hexadecimal"},
        {"{\"\\u12g4\":0}", "hexadecimal"},
        {"{\"\\ud800\":0}", "surrogate"},
        {"{\"\\ud800\\u0041\":0}", "surrogate"},
        {"{\"\\udc00\":0}", "surrogate"},
        {"{\"\xff\":0}", "UTF-8"},
        {"{\"\xed\xa0\x80\":0}", "UTF-8"},
        {"{\"a\nb\":0}", "control"},
        {"\xef\xbb\xbf{\"a\":0}", "object"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err e = ERR_INIT;
        struct vocab *v = parse(bad[i].text, strlen(bad[i].text), &e);
        if (v)
            fail_msg("accepted: %s", bad[i].text);
        if (!strstr(e.msg, bad[i].expect))
            fail_msg("expected \"%s\" in: %s", bad[i].expect, e.msg);
        assert_int_equal(e.kind, ERR_FILE);
    }
}

static void test_vocab__every_truncation_and_byte(void **state)
{
    (void)state;
    static const char text[] =
        "{\"</s>\": 0, \"\\u2581\\ud83d\\ude00\": 1,\n \"\u0639\u0644\u06cc\": 20, \"x\": 3}";
    size_t n = sizeof text - 1;
    struct err e = ERR_INIT;
    for (size_t cut = 0; cut < n; cut++)
        assert_null(parse(text, cut, &e));
    char copy[sizeof text];
    memcpy(copy, text, sizeof text);
    int good = 0;
    for (size_t i = 0; i < n; i++)
        for (int value = 0; value < 256; value++) {
            copy[i] = (char)value;
            struct vocab *v = parse(copy, n, &e);
            if (v) {
                good++;
                assert_true(v->size > 0 && v->ids.n == 4);
                for (int32_t id = 0; id < v->size; id++)
                    if (v->by[id].s)
                        assert_int_equal(names_find(&v->ids, v->by[id].s, v->by[id].n), id);
            }
            vocab_unref(v);
            copy[i] = text[i];
        }
    assert_true(good > (int)n);
}

static void test_vocab__many(void **state)
{
    (void)state;
    struct str b = STR_INIT;
    struct err e = ERR_INIT;
    enum { COUNT = 20000 };
    for (int i = 0; i < COUNT; i++)
        str_addf(&b, "%c\"p%d\":%d", i ? ',' : '{', i, (i * 7919) % COUNT);
    str_add(&b, "}");
    struct vocab *v = parse(b.s, b.len, &e);
    assert_non_null(v);
    assert_int_equal(v->size, COUNT);
    for (int i = 0; i < COUNT; i++) {
        char name[16];
        int n = snprintf(name, sizeof name, "p%d", i);
        assert_int_equal(names_find(&v->ids, name, (size_t)n), (i * 7919) % COUNT);
    }
    vocab_unref(v);
    str_release(&b);
}

/* ---- folders ---- */

static char *home;

static void put(const char *name, const char *text, size_t n)
{
    struct err e = ERR_INIT;
    struct file_writer w;
    char *path = path_join(home, name);
    assert_true(file_create(&w, path, &e));
    fwrite(text, 1, n, w.f);
    assert_true(file_commit(&w, &e));
    free(path);
}

static void drop(const char *name)
{
    char *path = path_join(home, name);
    unlink(path);
    free(path);
}

static void put_model(const char *name)
{
    static const struct made_piece pieces[] = {{"<unk>", 0, PIECE_UNKNOWN},
                                               {"<s>", 0, PIECE_CONTROL},
                                               {"</s>", 0, PIECE_CONTROL},
                                               {SP "go", -1, 0},
                                               {SP, -2, 0},
                                               {"o", -3, 0},
                                               {"go", -2, 0},
                                               {".", -2, 0},
                                               {0}};
    struct str b = STR_INIT;
    put_pieces(&b, pieces);
    put(name, b.s, b.len);
    str_release(&b);
}

static const char words[] = "{\"</s>\":0,\"<unk>\":1,\"" SP "go\":2,\"" SP "\":3,\"o\":4,\".\":5,"
                            "\"x\":6,\">>fa<<\":7,\"<pad>\":9}";

static int setup(void **state)
{
    (void)state;
    const char *tmp = getenv("TMPDIR");
    home = mem_printf("%s/marian_test.XXXXXX", tmp ? tmp : "/tmp");
    return mkdtemp(home) ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    static const char *const names[] = {
        "source.spm",     "target.spm",  "vocab.json", "target_vocab.json", "tokenizer_config.json",
        "tokenizer.json", "spiece.model"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        drop(names[i]);
    int status = rmdir(home);
    free(home);
    return status;
}

static struct tokenizer *opened(enum token_side side)
{
    struct err e = ERR_INIT;
    struct tokenizer *t;
    if (!tokenizer_open(home, side, &t, &e))
        fail_msg("%s", e.msg);
    return t;
}

static void test_marian__ids_and_specials(void **state)
{
    (void)state;
    put_model("source.spm");
    put_model("target.spm");
    put("vocab.json", words, sizeof words - 1);
    struct tokenizer *t = opened(TOKEN_SOURCE);
    assert_true(tokenizer_eos(t) == 0 && tokenizer_unk(t) == 1);
    assert_int_equal(tokenizer_size(t), 10);
    assert_null(tokenizer_piece(t, 8));
    assert_true(tokenizer_is_special(t, 0) && tokenizer_is_special(t, 7) &&
                !tokenizer_is_special(t, 2));
    tokens_are(t, "", "</s>/0");
    tokens_are(t, "go go.", SP "go/2 " SP "go/2 ./5 </s>/0");
    /* A piece of the .spm that the vocabulary lacks, and a text that it has though the .spm does
     * not. */
    tokens_are(t, "ogo", SP "/3 o/4 go/1 </s>/0");
    tokens_are(t, "gox", SP "go/2 x/6 </s>/0");
    tokens_are(t, "goxy", SP "go/2 xy/1 </s>/0");
    /* Languages: known, unknown, not at the start, without an end. */
    tokens_are(t, ">>fa<< go", ">>fa<</7 " SP "go/2 </s>/0");
    tokens_are(t, ">>zz<<go", ">>zz<</1 " SP "go/2 </s>/0");
    tokens_are(t, ">><<", ">><</1 </s>/0");
    tokens_are(t, " >>fa<<", SP "/3 >>fa<</7 </s>/0");
    tokens_are(t, ">>go", SP "/3 >>/1 go/1 </s>/0");
    /* Special tokens stand for themselves wherever they are typed. */
    tokens_are(t, "go</s>go<pad>", SP "go/2 </s>/0 " SP "go/2 <pad>/9 </s>/0");
    tokens_are(t, "<pad>>>fa<<go", "<pad>/9 >>fa<</7 " SP "go/2 </s>/0");
    tokens_are(t, "<unk>", "<unk>/1 </s>/0");
    static const int32_t ids[] = {9, 2, 1, 3, 5, 0, 7};
    decoded_is(t, ids, 7, "go .>>fa<<");
    struct err e = ERR_INIT;
    struct str out = STR_INIT;
    static const int32_t hole[] = {8};
    assert_false(tokenizer_decode(t, hole, 1, &out, &e));
    struct encoding x;
    assert_true(tokenizer_encode(t, ">>fa<< go</s>", 13, false, &x, &e));
    assert_int_equal(x.n, 3);
    assert_true(x.tokens[0].special && x.tokens[0].start == 0 && x.tokens[0].end == 6);
    assert_true(x.tokens[1].start == 7 && x.tokens[1].end == 9);
    assert_true(x.tokens[2].special && x.tokens[2].start == 9 && x.tokens[2].end == 13);
    encoding_release(&x);
    struct lattice l;
    assert_true(tokenizer_lattice(t, ">>fa<< go</s>", 13, 3, &l, &e));
    assert_string_equal(l.paths[0].pieces, ">>fa<< " SP "go </s>");
    assert_true(l.edges[0].chosen && l.edges[0].id == 7);
    lattice_release(&l);
    tokenizer_free(t);
}

static void test_marian__two_vocabularies(void **state)
{
    (void)state;
    static const char other[] = "{\"</s>\":2,\"<unk>\":0,\"" SP "go\":1}";
    put("target_vocab.json", other, sizeof other - 1);
    struct err e = ERR_INIT;
    struct tokenizer *source, *target;
    assert_true(tokenizer_open_pair(home, &source, &target, &e));
    tokens_are(source, "go", SP "go/2 </s>/0");
    tokens_are(target, "go", SP "go/1 </s>/2");
    tokenizer_free(source);
    tokenizer_free(target);
    static const char shared[] = "{\"separate_vocabs\": false}";
    put("tokenizer_config.json", shared, sizeof shared - 1);
    assert_true(tokenizer_open_pair(home, &source, &target, &e));
    assert_ptr_equal(source->marian.vocab, target->marian.vocab);
    tokenizer_free(source);
    tokens_are(target, "go", SP "go/2 </s>/0");
    tokenizer_free(target);
    drop("target_vocab.json");
}

static void test_marian__configuration(void **state)
{
    (void)state;
    static const char config[] =
        "{\"eos_token\": {\"content\": \">>fa<<\"}, \"pad_token\": 7, \"unk_token\": \"<unk>\","
        " \"clean_up_tokenization_spaces\": true,"
        " \"added_tokens_decoder\": {\"6\": {\"content\": \"x\", \"special\": false},"
        " \"77\": {\"content\": \"none such\", \"special\": true}, \"78\": 5}}";
    put("tokenizer_config.json", config, sizeof config - 1);
    struct tokenizer *t = opened(TOKEN_SOURCE);
    tokens_are(t, "goxgo", SP "go/2 x/6 " SP "go/2 >>fa<</7");
    static const int32_t ids[] = {2, 6, 3, 5, 7};
    decoded_is(t, ids, 5, "gox.");
    tokenizer_free(t);
    struct err e = ERR_INIT;
    put("tokenizer_config.json", "{", 1);
    assert_false(tokenizer_open(home, TOKEN_SOURCE, &t, &e));
    assert_non_null(strstr(e.msg, "tokenizer_config.json"));
    put("tokenizer_config.json", "[]", 2);
    assert_false(tokenizer_open(home, TOKEN_SOURCE, &t, &e));
    put("tokenizer_config.json", "{\"unk_token\": \"none\"}", 21);
    assert_false(tokenizer_open(home, TOKEN_SOURCE, &t, &e));
    assert_non_null(strstr(e.msg, "unknown token"));
    drop("tokenizer_config.json");
}

static void test_marian__folders(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct tokenizer *t, *u;
    char *file = path_join(home, "target.spm");
    assert_true(tokenizer_open(file, TOKEN_SOURCE, &t, &e));
    tokens_are(t, "go", SP "go/3"); /* the ids of the .spm itself */
    tokenizer_free(t);
    free(file);
    drop("target.spm");
    assert_false(tokenizer_open_pair(home, &t, &u, &e));
    assert_null(t);
    assert_non_null(strstr(e.msg, "no target.spm"));
    drop("vocab.json");
    assert_false(tokenizer_open(home, TOKEN_SOURCE, &t, &e));
    assert_non_null(strstr(e.msg, "no vocab.json"));
    drop("source.spm");
    assert_true(tokenizer_open_pair(home, &t, &u, &e));
    assert_true(t == NULL && u == NULL);
    put_model("spiece.model");
    t = opened(TOKEN_TARGET);
    assert_int_equal(tokenizer_size(t), 8);
    tokenizer_free(t);
    drop("spiece.model");
    put("tokenizer.json", "{}", 2);
    assert_false(tokenizer_open(home, TOKEN_SOURCE, &t, &e));
    assert_non_null(strstr(e.msg, "tokenizer.json"));
    drop("tokenizer.json");
    put("vocab.json", words, sizeof words - 1);
    assert_false(tokenizer_open(home, TOKEN_SOURCE, &t, &e));
    assert_false(tokenizer_open("/no/such\x1b/file", TOKEN_SOURCE, &t, &e));
    assert_null(strchr(e.msg, '\x1b'));
    tokenizer_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vocab__good),
        cmocka_unit_test(test_vocab__refused),
        cmocka_unit_test(test_vocab__every_truncation_and_byte),
        cmocka_unit_test(test_vocab__many),
        cmocka_unit_test(test_marian__ids_and_specials),
        cmocka_unit_test(test_marian__two_vocabularies),
        cmocka_unit_test(test_marian__configuration),
        cmocka_unit_test(test_marian__folders),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
