/* BERT, as the transformers library lays it out: a post-norm encoder with learned positions and
 * segments, and on it what its two tasks of pre-training need: a head for masked tokens and one for
 * the next sentence (modeling_bert.py; Devlin and others 2019). */
#include <stdio.h>
#include <string.h>

#include "blocks.h"
#include "family/family.h"

#define LIMIT_WIDTH (1 << 20)
#define LIMIT_LAYERS 1024
#define LIMIT_VOCAB (1 << 28)
#define LIMIT_POSITIONS (1 << 24)

struct sizes {
    int64_t width, layers, heads, ffn, vocab, positions, segments;
    double eps;
    bool tied;
    enum k_act act;
};

/* What stands on the encoder. */
struct tops {
    bool pooler, mlm, nsp;
};

static bool refuse_variants(const struct config *c, struct err *e)
{
    const char *kind;
    bool decoder, cross;
    if (!config_str_or(c, "position_embedding_type", "absolute", &kind, e) ||
        !config_bool_or(c, "is_decoder", false, &decoder, e) ||
        !config_bool_or(c, "add_cross_attention", false, &cross, e))
        return false;
    if (strcmp(kind, "absolute") != 0)
        return err_set(e, ERR_FILE,
                       "%s: position_embedding_type \"%.40s\": rasad knows absolute positions only",
                       config_path(c), kind);
    if (decoder || cross)
        return err_set(e, ERR_FILE,
                       "%s: %s is true: a BERT that is a decoder is not a family that rasad knows",
                       config_path(c), decoder ? "is_decoder" : "add_cross_attention");
    return true;
}

static bool read_sizes(const struct config *c, struct sizes *s, struct err *e)
{
    const char *act;
    if (!refuse_variants(c, e) || !config_int(c, "hidden_size", 1, LIMIT_WIDTH, &s->width, e) ||
        !config_int(c, "num_hidden_layers", 1, LIMIT_LAYERS, &s->layers, e) ||
        !config_int(c, "num_attention_heads", 1, s->width, &s->heads, e) ||
        !config_int(c, "intermediate_size", 1, LIMIT_WIDTH, &s->ffn, e) ||
        !config_int(c, "vocab_size", 1, LIMIT_VOCAB, &s->vocab, e) ||
        !config_int_or(c, "max_position_embeddings", 1, LIMIT_POSITIONS, 512, &s->positions, e) ||
        !config_int_or(c, "type_vocab_size", 1, LIMIT_WIDTH, 2, &s->segments, e) ||
        !config_double_or(c, "layer_norm_eps", 0, 1, 1e-12, &s->eps, e) ||
        !config_bool_or(c, "tie_word_embeddings", true, &s->tied, e) ||
        !config_str_or(c, "hidden_act", "gelu", &act, e))
        return false;
    if (!k_act_parse(act, &s->act))
        return err_set(e, ERR_FILE,
                       "%s: hidden_act \"%.40s\" is not known (gelu, gelu_new, relu, silu, tanh)",
                       config_path(c), act);
    if (s->width % s->heads != 0)
        return err_set(e, ERR_FILE, "%s: hidden_size %lld cannot be split into %lld heads",
                       config_path(c), (long long)s->width, (long long)s->heads);
    return true;
}

/* ---- which heads there are ------------------------------------------------------------------- */

static struct tops by_architecture(const struct config *c)
{
    static const struct {
        const char *name;
        struct tops tops;
    } known[] = {
        {"BertModel", {.pooler = true}},
        {"BertForPreTraining", {true, true, true}},
        {"BertForMaskedLM", {.mlm = true}},
        {"BertForNextSentencePrediction", {.pooler = true, .nsp = true}},
        {"BertForSequenceClassification", {.pooler = true}},
        {"BertForMultipleChoice", {.pooler = true}},
        {"BertForTokenClassification", {0}},
        {"BertForQuestionAnswering", {0}},
    };
    const char *name = config_item(c, "architectures", 0);
    for (size_t i = 0; name != NULL && i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].name, name) == 0)
            return known[i].tops;
    return known[0].tops;
}

/* The names of a weight in files: the library's own, the encoder's alone (saved without its heads),
 * and those of the first release, whose norms had gamma and beta. */
static void other_names(struct plan *p, int param)
{
    const char *name = p->params[param].name, *body = name;
    if (strncmp(name, "bert.", 5) == 0)
        plan_param_name(p, param, body = name + 5);
    const char *norm = strstr(name, "LayerNorm.");
    if (norm == NULL)
        return;
    int head = (int)(norm - name) + 10;
    char old[256];
    snprintf(old, sizeof old, "%.*s%s", head, name,
             strcmp(norm + 10, "weight") == 0 ? "gamma" : "beta");
    plan_param_name(p, param, old);
    if (body != name)
        plan_param_name(p, param, old + (body - name));
}

static const struct weight *either(const struct weights *w, const char *name)
{
    const struct weight *found = weights_find(w, name);
    return found == NULL && strncmp(name, "bert.", 5) == 0 ? weights_find(w, name + 5) : found;
}

static struct tops by_weights(const struct weights *w)
{
    return (struct tops){
        .pooler = either(w, "bert.pooler.dense.weight") != NULL,
        .mlm = either(w, "cls.predictions.transform.dense.weight") != NULL,
        .nsp = either(w, "cls.seq_relationship.weight") != NULL,
    };
}

/* What the configuration promises and the file lacks is said. */
static void note_missing(struct plan *p, const struct tops *said, const struct tops *have)
{
    const char *what = said->mlm && !have->mlm   ? "for masked tokens (cls.predictions)"
                       : said->nsp && !have->nsp ? "for the next sentence (cls.seq_relationship)"
                                                 : NULL;
    if (what != NULL)
        p->note = arena_printf(&p->arena,
                               "the configuration speaks of a head %s, which is not among the "
                               "weights",
                               what);
}

/* Tied heads may be written out in the file; where they differ from the embeddings, they are
 * not tied whatever the configuration says (as the reference library has it). Where the data is
 * not there, only tensors that are parameters of their own are named. */
static bool differs(const struct weights *w)
{
    const struct weight *a = w != NULL ? either(w, "cls.predictions.decoder.weight") : NULL,
                        *b = w != NULL ? either(w, "bert.embeddings.word_embeddings.weight") : NULL;
    if (a == NULL || b == NULL)
        return false;
    if (a->t.data == NULL)
        return true;
    size_t n = (size_t)tensor_count(&a->t) * dtype_size(a->t.dtype);
    bool like = a->t.dtype == b->t.dtype && a->t.ndim == b->t.ndim &&
                tensor_count(&a->t) == tensor_count(&b->t);
    return !like || memcmp(a->t.data, b->t.data, n) != 0;
}

/* ---- the plan -------------------------------------------------------------------------------- */

struct names {
    int d, h, k, f, v;
};

static struct names declare(struct plan *p, const struct sizes *s)
{
    return (struct names){
        .d = plan_symbol(p, "D", "width of the residual stream (hidden_size)", s->width),
        .h = plan_symbol(p, "H", "heads", s->heads),
        .k = plan_symbol(p, "K", "width of a head", s->width / s->heads),
        .f = plan_symbol(p, "F", "width of the feed-forward layer", s->ffn),
        .v = plan_symbol(p, "V", "vocabulary", s->vocab),
    };
}

static int embeddings(struct blocks *b, const struct sizes *s, const struct names *n, int words)
{
    struct dim d = dim_sym(n->d);
    b->layer = -1;
    b->part = PART_EMBED;
    int types = block_param(b, 2, dim_const(s->segments), d,
                            "bert.embeddings.token_type_embeddings.weight");
    int places =
        block_param(b, 2, dim_const(s->positions), d, "bert.embeddings.position_embeddings.weight");
    int embed = block_embed(b, words, 1, true);
    int segment = block_segment(b, types, true);
    int x = block_add(b, embed, segment, "enc.embed_segment");
    x = block_add(b, x, block_pos(b, places, n->d, true), "enc.norm.in");
    return block_norm(b, x, (float)s->eps, d, "bert.embeddings.LayerNorm", "enc.norm");
}

/* A sub-layer's end: stream + result, then the norm. */
static int close(struct blocks *b, const struct sizes *s, int stream, int result, int number,
                 struct dim width, const char *prefix)
{
    int sum = block_add(b, stream, result, "enc.%d.norm%d.in", b->layer, number);
    return block_norm(b, sum, (float)s->eps, width, prefix, "enc.%d.norm%d", b->layer, number);
}

static int layer(struct blocks *b, const struct sizes *s, const struct names *n, int x)
{
    static const char *const parts[] = {"attention.self.query",
                                        "attention.self.key",
                                        "attention.self.value",
                                        "attention.output.dense",
                                        "attention.output.LayerNorm",
                                        "intermediate.dense",
                                        "output.dense",
                                        "output.LayerNorm"};
    char name[8][96];
    const char *proj[4];
    for (int i = 0; i < 8; i++)
        snprintf(name[i], sizeof name[i], "bert.encoder.layer.%d.%s", b->layer, parts[i]);
    for (int i = 0; i < 4; i++)
        proj[i] = name[i];
    struct dim d = dim_sym(n->d), f = dim_sym(n->f);
    block_alias(b, x, "enc.%d.resid_pre", b->layer);
    b->part = PART_SELF;
    int out =
        block_attention(b, x, x, &(struct heads){.heads = n->h, .width = n->k, .stream = n->d},
                        false, "self", proj);
    x = close(b, s, x, out, 1, d, name[4]);
    block_alias(b, x, "enc.%d.resid_mid", b->layer);
    b->part = PART_MLP;
    out = block_mlp(b, x, s->act, (struct linear){f, d, true, name[5]},
                    (struct linear){d, f, true, name[6]});
    x = close(b, s, x, out, 2, d, name[7]);
    block_alias(b, x, "enc.%d.resid_post", b->layer);
    return x;
}

/* The pooler and the head for the next sentence that stands on it. Class 0 says that the second
 * text follows the first, class 1 that it does not. */
static void pooler(struct blocks *b, const struct names *n, int x, bool nsp)
{
    struct dim d = dim_sym(n->d);
    b->part = PART_POOL;
    int first = block_pool(b, x, POOL_FIRST, "pooled.first");
    int pre =
        block_linear(b, first, (struct linear){d, d, true, "bert.pooler.dense"}, "pooled.pre");
    int pooled = block_act(b, pre, ACT_TANH, "pooled");
    if (!nsp)
        return;
    b->part = PART_NSP;
    int c = plan_symbol(b->p, "C", "classes: 0 the second text follows, 1 it does not", 2);
    int logits = block_linear(
        b, pooled, (struct linear){dim_sym(c), d, true, "cls.seq_relationship"}, "nsp.logits");
    block_softmax(b, logits, "nsp.probs");
}

static void masked(struct blocks *b, const struct sizes *s, const struct names *n, int x, int words,
                   bool tied)
{
    struct dim d = dim_sym(n->d), v = dim_sym(n->v);
    b->part = PART_MLM;
    x = block_linear(b, x, (struct linear){d, d, true, "cls.predictions.transform.dense"},
                     "mlm.pre");
    x = block_act(b, x, s->act, "mlm.post");
    x = block_norm(b, x, (float)s->eps, d, "cls.predictions.transform.LayerNorm", "mlm.norm");
    int table = words;
    if (tied)
        plan_param_name(b->p, words, "cls.predictions.decoder.weight");
    else
        table = block_param(b, 2, v, d, "cls.predictions.decoder.weight");
    int bias = block_param(b, 1, v, dim_const(1), "cls.predictions.decoder.bias");
    plan_param_name(b->p, bias, "cls.predictions.bias");
    b->p->params[bias].optional = true;
    block_softmax(b, block_tied(b, x, table, bias, "mlm.logits"), "mlm.probs");
}

static struct plan *bert_build(const struct config *c, const struct weights *w, struct err *e)
{
    struct sizes s;
    if (!read_sizes(c, &s, e))
        return NULL;
    struct plan *p = plan_new("bert");
    struct names n = declare(p, &s);
    struct blocks b = {.p = p, .e = e, .layer = -1, .stack = STACK_ENC, .also = other_names};
    struct tops said = by_architecture(c), tops = w != NULL ? by_weights(w) : said;
    note_missing(p, &said, &tops);
    int words =
        block_param(&b, 2, dim_sym(n.v), dim_sym(n.d), "bert.embeddings.word_embeddings.weight");
    int x = embeddings(&b, &s, &n, words);
    for (b.layer = 0; b.layer < s.layers && !b.failed; b.layer++)
        x = layer(&b, &s, &n, x);
    b.layer = -1;
    block_alias(&b, x, "enc.out");
    p->enc_out = x;
    if (tops.mlm)
        masked(&b, &s, &n, x, words, s.tied && !differs(w));
    if (tops.pooler)
        pooler(&b, &n, x, tops.nsp);
    if (b.failed) {
        plan_free(p);
        return NULL;
    }
    plan_ignore(p, "bert.embeddings.position_ids");
    plan_ignore(p, "embeddings.position_ids");
    p->layers[STACK_ENC] = (int)s.layers;
    p->heads[STACK_ENC] = (int)s.heads;
    p->sym_vocab = n.v;
    p->sym_stream = n.d;
    p->vocab_source = s.vocab;
    p->max_positions = s.positions;
    p->segments = s.segments;
    return p;
}

/* It generates nothing. */
static bool bert_rules(const struct config *c, const struct config *g, struct gen_rules *r,
                       struct err *e)
{
    (void)g;
    int64_t pad;
    if (!config_int_or(c, "pad_token_id", 0, INT32_MAX, -1, &pad, e))
        return false;
    *r = (struct gen_rules){.start = -1, .pad = (int32_t)pad, .forced_bos = -1, .forced_eos = -1};
    return true;
}

const struct family family_bert = {"bert", bert_build, bert_rules};
