/* What tokenizer_config.json and its like say of a WordPiece vocabulary: how text is normalised,
 * which tokens are special or found whole in a text, as transformers 5 reads them. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "wordpiece.h"

static bool flag(const json_t *object, const char *key, bool otherwise)
{
    const json_t *value = json_object_get(object, key);
    return json_is_boolean(value) ? json_is_true(value) : otherwise;
}

static bool check_flags(const json_t *config, struct err *e)
{
    static const char *const keys[] = {"do_lower_case", "strip_accents", "tokenize_chinese_chars",
                                       "clean_up_tokenization_spaces"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const json_t *value = json_object_get(config, keys[i]);
        if (value && !json_is_boolean(value) && !json_is_null(value))
            return err_set(e, ERR_FILE, "%s must be true or false", keys[i]);
    }
    return true;
}

/* A text in JSON: a string, or an object with `content`. */
static const json_t *content_of(const json_t *value)
{
    return json_is_object(value) ? json_object_get(value, "content") : value;
}

/* The id of a token to be added, which gets a place of its own where the vocabulary lacks it. */
static bool place(struct wordpiece *w, struct added *a, int32_t id, struct err *e)
{
    struct vocab *v = w->vocab;
    int32_t have = names_find(&v->ids, a->text.s, a->text.n);
    if (have >= 0 && id >= 0 && id != have)
        return err_set(e, ERR_FILE, "the added token '%s' has id %d, in the vocabulary %d",
                       a->text.s, (int)id, (int)have);
    a->id = have >= 0 ? have : id >= 0 ? id : v->size;
    if (have >= 0)
        return true;
    if (a->id >= MOST_IDS)
        return err_set(e, ERR_FILE, "the added token '%s' has an id past %d", a->text.s,
                       MOST_IDS - 1);
    a->outside = true;
    struct spelling copy = {arena_strndup(&w->arena, a->text.s, a->text.n), a->text.n};
    return vocab_add(v, "the tokenizer", copy, a->id, e);
}

bool wordpiece_add_token(struct wordpiece *w, const json_t *value, int32_t id, bool special,
                         struct err *e)
{
    const json_t *content = content_of(value);
    if (!json_is_string(content))
        return err_set(e, ERR_FILE, "an added token has no `content`");
    struct added a = {
        .text = {json_string_value(content), json_string_length(content)},
        .special = flag(value, "special", special),
        .single_word = flag(value, "single_word", false),
        .lstrip = flag(value, "lstrip", false),
        .rstrip = flag(value, "rstrip", false),
    };
    a.normalized = flag(value, "normalized", !a.special);
    if (a.text.n == 0)
        return true;
    const struct added *have = added_find(&w->added, a.text.s, a.text.n);
    if (have)
        a.outside = have->outside;
    if (!place(w, &a, id, e))
        return false;
    added_put(&w->added, &a);
    return true;
}

static int by_id(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* {"5": {"content": ...}, ...}, in order of ids. */
static bool add_decoder(struct wordpiece *w, json_t *decoder, struct err *e)
{
    size_t n = 0, count = json_object_size(decoder);
    int64_t *ids = mem_alloc((count + 1) * sizeof *ids);
    const char *key;
    json_t *value;
    bool fine = true;
    json_object_foreach(decoder, key, value)
    {
        fine = fine && (str_int(key, 0, MOST_IDS - 1, &ids[n++]) ||
                        err_set(e, ERR_FILE, "added_tokens_decoder: '%s' is no id", key));
    }
    qsort(ids, n, sizeof *ids, by_id);
    for (size_t i = 0; fine && i < n; i++) {
        char text[24];
        snprintf(text, sizeof text, "%lld", (long long)ids[i]);
        value = json_object_get(decoder, text);
        fine = value ? wordpiece_add_token(w, value, (int32_t)ids[i], false, e)
                     : err_set(e, ERR_FILE,
                               "added_tokens_decoder: write ids without zeros before "
                               "them");
    }
    free(ids);
    return fine;
}

/* {"word": 5, ...} of older folders. */
static bool add_older(struct wordpiece *w, json_t *older, struct err *e)
{
    const char *key;
    json_t *value;
    json_object_foreach(older, key, value)
    {
        double id = json_is_number(value) ? json_number_value(value) : -1;
        if (!(id >= 0 && id < MOST_IDS))
            return err_set(e, ERR_FILE, "added_tokens.json: '%s' has no id from 0 to %d", key,
                           MOST_IDS - 1);
        json_t *text = json_string(key);
        bool fine = added_find(&w->added, key, strlen(key)) ||
                    wordpiece_add_token(w, text, (int32_t)id, false, e);
        json_decref(text);
        if (!fine)
            return false;
    }
    return true;
}

/* Adds a special token unless it is there already, or BERT can do without it. *id -1: none. */
static bool add_role(struct wordpiece *w, const json_t *config, const char *key, const char *usual,
                     bool needed, int32_t *id, struct err *e)
{
    json_t *named = json_object_get(config, key);
    json_t *value = content_of(named) && json_is_string(content_of(named)) ? json_incref(named)
                                                                           : json_string(usual);
    const json_t *content = content_of(value);
    const char *text = json_string_value(content);
    size_t n = json_string_length(content);
    *id = names_find(&w->vocab->ids, text, n);
    bool fine = true;
    if (*id < 0 && needed)
        fine = err_set(e, ERR_FILE, "the vocabulary has no %s, which is the %s", text, key);
    else if (*id >= 0 && !added_find(&w->added, text, n))
        fine = wordpiece_add_token(w, value, *id, true, e);
    if (fine && *id >= 0)
        added_find(&w->added, text, n)->special = true;
    json_decref(value);
    return fine;
}

static bool add_lists(struct wordpiece *w, const json_t *config, struct err *e)
{
    static const char *const lists[] = {"additional_special_tokens", "extra_special_tokens"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const json_t *list = json_object_get(config, lists[i]);
        for (size_t k = 0; k < json_array_size(list); k++) {
            const json_t *value = json_array_get(list, k), *content = content_of(value);
            const char *text = json_string_value(content);
            if (text && added_find(&w->added, text, json_string_length(content)))
                continue;
            if (!wordpiece_add_token(w, value, -1, true, e))
                return err_wrap(e, "%s", lists[i]);
        }
    }
    return true;
}

static void item(struct template *t, int32_t id, int segment)
{
    ARRAY_PUSH(t->v, t->n, t->cap) = (struct item){id, segment};
}

void wordpiece_template(struct wordpiece *w, int32_t cls, int32_t sep)
{
    w->single.n = w->pair.n = 0;
    item(&w->single, cls, 0);
    item(&w->single, ITEM_FIRST, 0);
    item(&w->single, sep, 0);
    item(&w->pair, cls, 0);
    item(&w->pair, ITEM_FIRST, 0);
    item(&w->pair, sep, 0);
    item(&w->pair, ITEM_SECOND, 1);
    item(&w->pair, sep, 1);
}

/* Whether the folder's class of tokenizer is BERT's or one like it: transformers then makes the
 * rules anew from the configuration. The general class takes them from tokenizer.json as they are,
 * and so do we where no class is named. */
static bool makes_rules(const json_t *config)
{
    const char *class = json_string_value(json_object_get(config, "tokenizer_class"));
    return class && strcmp(class, "TokenizersBackend") != 0 && !str_starts(class, "PreTrained");
}

static void configure_rules(struct bert_rules *r, const json_t *config, bool from_json)
{
    bool anew = !from_json || makes_rules(config);
    if (!r->any && !anew)
        return;
    if (anew)
        *r = (struct bert_rules){true, true, true, true, true};
    bool was = r->lower;
    r->lower = flag(config, "do_lower_case", r->lower);
    r->chinese = flag(config, "tokenize_chinese_chars", r->chinese);
    r->strip = flag(config, "strip_accents", anew || r->lower != was ? r->lower : r->strip);
}

bool wordpiece_configure(struct wordpiece *w, const json_t *config, struct err *e)
{
    int32_t unk, cls, sep, pad;
    bool framed = w->single.n > 0; /* tokenizer.json has said what goes around a text */
    if (framed && !config) {       /* nothing is added to what the file says itself */
        w->mask = names_find(&w->vocab->ids, "[MASK]", strlen("[MASK]"));
        return true;
    }
    if (!check_flags(config, e))
        return false;
    configure_rules(&w->rules, config, framed);
    w->clean_up = flag(config, "clean_up_tokenization_spaces", false);
    if (!add_decoder(w, json_object_get(config, "added_tokens_decoder"), e) ||
        !add_older(w, json_object_get(config, "added_tokens.json"), e) ||
        !add_role(w, config, "unk_token", "[UNK]", !framed, &unk, e) ||
        !add_role(w, config, "cls_token", "[CLS]", !framed, &cls, e) ||
        !add_role(w, config, "sep_token", "[SEP]", !framed, &sep, e) ||
        !add_role(w, config, "pad_token", "[PAD]", false, &pad, e) ||
        !add_role(w, config, "mask_token", "[MASK]", false, &w->mask, e) ||
        !add_lists(w, config, e))
        return false;
    if (!framed) {
        w->unk = unk;
        wordpiece_template(w, cls, sep);
    }
    return true;
}
