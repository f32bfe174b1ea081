/* A WordPiece tokenizer.json: each of its components is read if it is BERT's, and refused by name
 * if it is not. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "wordpiece.h"

enum { MOST_ITEMS = 64 };

static const char *type_of(const json_t *component)
{
    const char *type = json_string_value(json_object_get(component, "type"));
    return type ? type : "without a type";
}

static bool is(const json_t *component, const char *type)
{
    return json_is_object(component) && strcmp(type_of(component), type) == 0;
}

static bool refuse(const char *key, const json_t *component, const char *known, struct err *e)
{
    return err_set(e, ERR_FILE, "the %s is of type %s, which cannot be read; known: %s", key,
                   json_is_null(component) || !component ? "none" : type_of(component), known);
}

static bool boolean(const json_t *object, const char *key, bool otherwise, bool *out, struct err *e)
{
    const json_t *value = json_object_get(object, key);
    *out = json_is_boolean(value) ? json_is_true(value) : otherwise;
    return !value || json_is_null(value) || json_is_boolean(value) ||
           err_set(e, ERR_FILE, "%s must be true or false", key);
}

static bool read_normalizer(struct wordpiece *w, const json_t *root, struct err *e)
{
    const json_t *z = json_object_get(root, "normalizer");
    struct bert_rules *r = &w->rules;
    if (!z || json_is_null(z))
        return true;
    if (!is(z, "BertNormalizer"))
        return refuse("normalizer", z, "BertNormalizer", e);
    r->any = true;
    return boolean(z, "clean_text", true, &r->clean, e) &&
           boolean(z, "handle_chinese_chars", true, &r->chinese, e) &&
           boolean(z, "lowercase", true, &r->lower, e) &&
           boolean(z, "strip_accents", r->lower, &r->strip, e);
}

/* ---- the vocabulary ---- */

static bool add_piece(struct vocab *v, const char *name, char **at, const char *key, size_t n,
                      const json_t *value, struct err *e)
{
    json_int_t id = json_is_integer(value) ? json_integer_value(value) : -1;
    struct spelling piece = {memcpy(*at, key, n), n};
    (*at)[n] = '\0';
    *at += n + 1;
    if (id < 0 || id >= MOST_IDS)
        return err_set(e, ERR_FILE, "'%s': the piece '%s' has no id from 0 to %d", name, piece.s,
                       MOST_IDS - 1);
    return vocab_add(v, name, piece, (int32_t)id, e);
}

static bool read_vocab(struct wordpiece *w, const char *name, size_t size, const json_t *model,
                       struct err *e)
{
    json_t *vocab = json_object_get(model, "vocab");
    if (!json_is_object(vocab) || json_object_size(vocab) == 0)
        return err_set(e, ERR_FILE, "'%s': model.vocab must be an object {\"piece\": id, ...}",
                       name);
    /* A spelling takes no more bytes than its string in the file. */
    w->vocab = vocab_new(size, json_object_size(vocab));
    char *at = w->vocab->text;
    const char *key;
    size_t n;
    json_t *value;
    json_object_keylen_foreach(vocab, key, n, value)
    {
        if (!add_piece(w->vocab, name, &at, key, n, value, e))
            return false;
    }
    return true;
}

static bool text_or(const json_t *object, const char *key, const char *otherwise, char **out,
                    struct err *e)
{
    const json_t *value = json_object_get(object, key);
    if (value && !json_is_string(value))
        return err_set(e, ERR_FILE, "%s must be a string", key);
    *out = mem_strdup(value ? json_string_value(value) : otherwise);
    return true;
}

static bool read_model(struct wordpiece *w, const char *name, size_t size, const json_t *root,
                       struct err *e)
{
    const json_t *model = json_object_get(root, "model");
    bool unnamed = json_is_object(model) && !json_object_get(model, "type") &&
                   json_object_get(model, "max_input_chars_per_word");
    if (!json_is_object(model))
        return err_set(e, ERR_FILE, "'%s' has no model: not a tokenizer.json", name);
    if (!unnamed && !is(model, "WordPiece"))
        return refuse("model", model, "WordPiece", e) || err_wrap(e, "'%s'", name);
    const json_t *longest = json_object_get(model, "max_input_chars_per_word");
    const json_t *unk = json_object_get(model, "unk_token");
    if (longest && (!json_is_integer(longest) || json_integer_value(longest) < 0))
        return err_set(e, ERR_FILE, "'%s': max_input_chars_per_word must be a number from 0", name);
    w->longest = longest ? (size_t)json_integer_value(longest) : 100;
    if (!text_or(model, "continuing_subword_prefix", "##", &w->prefix, e))
        return err_wrap(e, "'%s'", name);
    if (!read_vocab(w, name, size, model, e))
        return false;
    const char *text = unk ? json_string_value(unk) : "[UNK]";
    w->unk = text ? names_find(&w->vocab->ids, text, strlen(text)) : -1;
    return w->unk >= 0 || err_set(e, ERR_FILE, "'%s': the vocabulary has no %s, the unknown token",
                                  name, text ? text : "unk_token");
}

/* ---- what goes around a text ---- */

/* ["[SEP]", 3] of BertProcessing. */
static bool named_id(struct wordpiece *w, const json_t *post, const char *key, int32_t *id,
                     struct err *e)
{
    const json_t *pair = json_object_get(post, key), *value = json_array_get(pair, 1);
    json_int_t n = json_is_integer(value) ? json_integer_value(value) : -1;
    if (n < 0 || n >= w->vocab->size || !w->vocab->by[n].s)
        return err_set(e, ERR_FILE, "post_processor: %s names no piece of the vocabulary", key);
    *id = (int32_t)n;
    return true;
}

static bool put_item(struct template *t, int64_t id, int segment, struct err *e)
{
    if (t->n >= MOST_ITEMS)
        return err_set(e, ERR_FILE, "post_processor: more than %d parts", MOST_ITEMS);
    ARRAY_PUSH(t->v, t->n, t->cap) = (struct item){(int32_t)id, segment};
    return true;
}

static bool special_items(struct wordpiece *w, struct template *t, const json_t *specials,
                          const char *name, int segment, struct err *e)
{
    const json_t *ids = json_object_get(json_object_get(specials, name), "ids");
    for (size_t i = 0; i < json_array_size(ids); i++) {
        const json_t *value = json_array_get(ids, i);
        json_int_t id = json_is_integer(value) ? json_integer_value(value) : -1;
        if (id < 0 || id >= w->vocab->size || !w->vocab->by[id].s)
            return err_set(e, ERR_FILE, "post_processor: %s has an id outside the vocabulary",
                           name);
        if (!put_item(t, id, segment, e))
            return false;
    }
    return json_array_size(ids) > 0 ||
           err_set(e, ERR_FILE, "post_processor: special_tokens has no %s", name);
}

static bool read_template(struct wordpiece *w, struct template *t, const json_t *post,
                          const char *key, struct err *e)
{
    const json_t *list = json_object_get(post, key);
    const json_t *specials = json_object_get(post, "special_tokens");
    bool first = false, second = strcmp(key, "single") == 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *part = json_array_get(list, i);
        const json_t *text = json_object_get(part, "Sequence"),
                     *special = json_object_get(part, "SpecialToken");
        const json_t *body = text ? text : special, *type = json_object_get(body, "type_id");
        const char *id = json_string_value(json_object_get(body, "id"));
        json_int_t segment = json_is_integer(type) ? json_integer_value(type) : 0;
        if (!id || segment < 0 || segment > 1)
            return err_set(e, ERR_FILE, "post_processor: part %zu of `%s` cannot be read", i, key);
        if (special && !special_items(w, t, specials, id, (int)segment, e))
            return false;
        if (special)
            continue;
        bool a = strcmp(id, "A") == 0;
        if (a ? first : second || strcmp(id, "B") != 0)
            return err_set(e, ERR_FILE, "post_processor: `%s` has the text %s where none can be",
                           key, id);
        *(a ? &first : &second) = true;
        if (!put_item(t, a ? ITEM_FIRST : ITEM_SECOND, (int)segment, e))
            return false;
    }
    return (first && second) || err_set(e, ERR_FILE, "post_processor: `%s` leaves a text out", key);
}

static bool read_post(struct wordpiece *w, const json_t *root, struct err *e)
{
    const json_t *post = json_object_get(root, "post_processor");
    int32_t cls, sep;
    if (!post || json_is_null(post)) {
        return put_item(&w->single, ITEM_FIRST, 0, e) && put_item(&w->pair, ITEM_FIRST, 0, e) &&
               put_item(&w->pair, ITEM_SECOND, 1, e);
    }
    if (is(post, "TemplateProcessing"))
        return read_template(w, &w->single, post, "single", e) &&
               read_template(w, &w->pair, post, "pair", e);
    if (!is(post, "BertProcessing"))
        return refuse("post_processor", post, "TemplateProcessing, BertProcessing", e);
    if (!named_id(w, post, "cls", &cls, e) || !named_id(w, post, "sep", &sep, e))
        return false;
    wordpiece_template(w, cls, sep);
    return true;
}

/* ---- the rest ---- */

static bool read_decoder(struct wordpiece *w, const json_t *root, struct err *e)
{
    const json_t *decoder = json_object_get(root, "decoder");
    w->decoder = json_is_object(decoder);
    if (w->decoder && !is(decoder, "WordPiece"))
        return refuse("decoder", decoder, "WordPiece", e);
    return text_or(decoder, "prefix", "##", &w->decoded_prefix, e) &&
           boolean(decoder, "cleanup", w->decoder, &w->tidy, e);
}

static bool read_added(struct wordpiece *w, const json_t *root, struct err *e)
{
    const json_t *list = json_object_get(root, "added_tokens");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *value = json_array_get(list, i), *id = json_object_get(value, "id");
        if (!json_is_object(value) || !json_is_integer(id) || json_integer_value(id) < 0 ||
            json_integer_value(id) >= MOST_IDS)
            return err_set(e, ERR_FILE, "added token %zu has no id from 0 to %d", i, MOST_IDS - 1);
        if (!wordpiece_add_token(w, value, (int32_t)json_integer_value(id), false, e))
            return false;
    }
    return true;
}

static bool read_parts(struct wordpiece *w, const json_t *root, const json_t *config, struct err *e)
{
    const json_t *version = json_object_get(root, "version");
    const json_t *pre = json_object_get(root, "pre_tokenizer");
    if (version && (!json_is_string(version) || strcmp(json_string_value(version), "1.0") != 0))
        return err_set(e, ERR_FILE, "the version is not \"1.0\", the only one that can be read");
    if (!is(pre, "BertPreTokenizer"))
        return refuse("pre_tokenizer", pre, "BertPreTokenizer", e);
    return read_normalizer(w, root, e) && read_added(w, root, e) && read_post(w, root, e) &&
           read_decoder(w, root, e) && wordpiece_configure(w, config, e);
}

struct wordpiece *wordpiece_parse_json(const char *name, const char *s, size_t n,
                                       const json_t *config, struct err *e)
{
    json_error_t why;
    json_t *root = json_loadb(s, n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &why);
    struct wordpiece *w = wordpiece_new();
    bool fine;
    if (!json_is_object(root))
        fine = err_set(e, ERR_FILE, "'%s', line %d: %s", name, root ? 1 : why.line,
                       root ? "an object is expected" : why.text);
    else
        fine = read_model(w, name, n, root, e) &&
               (read_parts(w, root, config, e) || err_wrap(e, "'%s'", name)) &&
               wordpiece_finish(w, name, e);
    json_decref(root);
    if (fine)
        return w;
    wordpiece_unref(w);
    return NULL;
}
