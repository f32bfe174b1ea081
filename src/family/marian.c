/* Marian, as the transformers library lays it out: a post-norm encoder-decoder with sinusoid
 * positions, no norm after the last layer, logits with a bias of their own (modeling_marian.py;
 * Junczys-Dowmunt and others 2018). */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "blocks.h"
#include "family/family.h"

#define LIMIT_WIDTH (1 << 20)
#define LIMIT_LAYERS 1024
#define LIMIT_VOCAB (1 << 28)
#define EPS 1e-5f /* nn.LayerNorm's default: Marian's configuration has no field for it */

struct sizes {
    int64_t d_model, layers[2], heads[2], ffn[2], vocab, target_vocab, positions;
    bool shared, tied, scaled;
    enum k_act act;
};

static bool read_sizes(const struct config *c, struct sizes *s, struct err *e)
{
    const char *act;
    if (!config_int(c, "d_model", 1, LIMIT_WIDTH, &s->d_model, e) ||
        !config_int(c, "encoder_layers", 1, LIMIT_LAYERS, &s->layers[0], e) ||
        !config_int(c, "decoder_layers", 1, LIMIT_LAYERS, &s->layers[1], e) ||
        !config_int(c, "encoder_attention_heads", 1, s->d_model, &s->heads[0], e) ||
        !config_int(c, "decoder_attention_heads", 1, s->d_model, &s->heads[1], e) ||
        !config_int(c, "encoder_ffn_dim", 1, LIMIT_WIDTH, &s->ffn[0], e) ||
        !config_int(c, "decoder_ffn_dim", 1, LIMIT_WIDTH, &s->ffn[1], e) ||
        !config_int(c, "vocab_size", 1, LIMIT_VOCAB, &s->vocab, e) ||
        !config_int_or(c, "decoder_vocab_size", 1, LIMIT_VOCAB, s->vocab, &s->target_vocab, e) ||
        !config_int_or(c, "max_position_embeddings", 1, 1 << 24, 1024, &s->positions, e) ||
        !config_bool_or(c, "share_encoder_decoder_embeddings", true, &s->shared, e) ||
        !config_bool_or(c, "tie_word_embeddings", true, &s->tied, e) ||
        !config_bool_or(c, "scale_embedding", false, &s->scaled, e) ||
        !config_str_or(c, "activation_function", "gelu", &act, e))
        return false;
    if (!k_act_parse(act, &s->act))
        return err_set(
            e, ERR_FILE,
            "%s: activation_function \"%.40s\" is not known (relu, gelu, gelu_new, swish)",
            config_path(c), act);
    static const char *const side[] = {"encoder", "decoder"};
    for (int i = 0; i < 2; i++)
        if (s->d_model % s->heads[i] != 0)
            return err_set(e, ERR_FILE, "%s: d_model %lld cannot be split into %lld %s heads",
                           config_path(c), (long long)s->d_model, (long long)s->heads[i], side[i]);
    if (s->shared)
        s->target_vocab = s->vocab;
    return true;
}

/* Symbols of both stacks; the decoder has its own names only where its sizes differ. */
struct names {
    int d, v, v_src, h[2], k[2], f[2];
};

static struct names declare(struct plan *p, const struct sizes *s)
{
    struct names n;
    n.d = plan_symbol(p, "D", "width of the residual stream (d_model)", s->d_model);
    for (int i = 0; i < 2; i++) {
        bool same_h = i == 1 && s->heads[1] == s->heads[0],
             same_f = i == 1 && s->ffn[1] == s->ffn[0];
        n.h[i] = same_h
                     ? n.h[0]
                     : plan_symbol(p, i ? "Hd" : "H", i ? "decoder heads" : "heads", s->heads[i]);
        n.k[i] = same_h ? n.k[0]
                        : plan_symbol(p, i ? "Kd" : "K",
                                      i ? "width of a decoder head" : "width of a head",
                                      s->d_model / s->heads[i]);
        n.f[i] = same_f ? n.f[0]
                        : plan_symbol(p, i ? "Fd" : "F",
                                      i ? "width of the decoder's feed-forward layer"
                                        : "width of the feed-forward layer",
                                      s->ffn[i]);
    }
    n.v_src = plan_symbol(p, s->shared ? "V" : "Vs", s->shared ? "vocabulary" : "source vocabulary",
                          s->vocab);
    n.v = s->shared ? n.v_src : plan_symbol(p, "V", "target vocabulary", s->target_vocab);
    return n;
}

/* One sub-layer's end: stream + result, then the norm. Its value is the stream from here on. */
static int close(struct blocks *b, int stream, int result, int number, struct dim width,
                 const char *prefix)
{
    int sum =
        block_add(b, stream, result, "%s.%d.norm%d.in", stack_name(b->stack), b->layer, number);
    return block_norm(b, sum, EPS, width, prefix, "%s.%d.norm%d", stack_name(b->stack), b->layer,
                      number);
}

static int attention(struct blocks *b, int x, int from, const struct heads *h, bool causal,
                     const char *which, const char *layer, const char *module)
{
    static const char *const parts[] = {"q_proj", "k_proj", "v_proj", "out_proj"};
    char names[4][128];
    const char *proj[4];
    for (int i = 0; i < 4; i++) {
        snprintf(names[i], sizeof names[i], "%s.%s.%s", layer, module, parts[i]);
        proj[i] = names[i];
    }
    b->part = strcmp(which, "cross") == 0 ? PART_CROSS : PART_SELF;
    return block_attention(b, x, from, h, causal, which, proj);
}

static int mlp(struct blocks *b, int x, enum k_act act, struct dim width, struct dim ffn,
               const char *layer)
{
    char in[128], out[128];
    snprintf(in, sizeof in, "%s.fc1", layer);
    snprintf(out, sizeof out, "%s.fc2", layer);
    b->part = PART_MLP;
    return block_mlp(b, x, act, (struct linear){ffn, width, true, in},
                     (struct linear){width, ffn, true, out});
}

static int embeddings(struct blocks *b, const struct sizes *s, const struct names *n, int table,
                      bool source)
{
    b->layer = -1;
    b->part = PART_EMBED;
    int stored = plan_param(b->p, 2, dim_const(s->positions), dim_sym(n->d),
                            "model.%s.embed_positions.weight", source ? "encoder" : "decoder");
    b->p->params[stored].formula = true;
    int embed = block_embed(b, table, s->scaled ? (float)sqrt((double)s->d_model) : 1.0f, source);
    int pos = block_pos(b, stored, n->d, source);
    return block_add(b, embed, pos, "%s.0.resid_pre", stack_name(b->stack));
}

static int encoder(struct blocks *b, const struct sizes *s, const struct names *n, int table)
{
    struct dim width = dim_sym(n->d);
    b->stack = STACK_ENC;
    int x = embeddings(b, s, n, table, true);
    for (int i = 0; i < s->layers[0] && !b->failed; i++) {
        char layer[64], norm[96];
        snprintf(layer, sizeof layer, "model.encoder.layers.%d", i);
        b->layer = i;
        if (i > 0)
            block_alias(b, x, "enc.%d.resid_pre", i);
        int out =
            attention(b, x, x, &(struct heads){.heads = n->h[0], .width = n->k[0], .stream = n->d},
                      false, "self", layer, "self_attn");
        snprintf(norm, sizeof norm, "%s.self_attn_layer_norm", layer);
        x = close(b, x, out, 1, width, norm);
        block_alias(b, x, "enc.%d.resid_mid", i);
        out = mlp(b, x, s->act, width, dim_sym(n->f[0]), layer);
        snprintf(norm, sizeof norm, "%s.final_layer_norm", layer);
        x = close(b, x, out, 2, width, norm);
        block_alias(b, x, "enc.%d.resid_post", i);
    }
    block_alias(b, x, "enc.out");
    return x;
}

static int decoder(struct blocks *b, const struct sizes *s, const struct names *n, int table,
                   int memory)
{
    struct dim width = dim_sym(n->d);
    const struct heads h = {.heads = n->h[1], .width = n->k[1], .stream = n->d};
    b->stack = STACK_DEC;
    int x = embeddings(b, s, n, table, false);
    for (int i = 0; i < s->layers[1] && !b->failed; i++) {
        char layer[64], norm[96];
        snprintf(layer, sizeof layer, "model.decoder.layers.%d", i);
        b->layer = i;
        if (i > 0)
            block_alias(b, x, "dec.%d.resid_pre", i);
        int out = attention(b, x, x, &h, true, "self", layer, "self_attn");
        snprintf(norm, sizeof norm, "%s.self_attn_layer_norm", layer);
        x = close(b, x, out, 1, width, norm);
        block_alias(b, x, "dec.%d.resid_self", i);
        out = attention(b, x, memory, &h, false, "cross", layer, "encoder_attn");
        snprintf(norm, sizeof norm, "%s.encoder_attn_layer_norm", layer);
        x = close(b, x, out, 2, width, norm);
        block_alias(b, x, "dec.%d.resid_cross", i);
        out = mlp(b, x, s->act, width, dim_sym(n->f[1]), layer);
        snprintf(norm, sizeof norm, "%s.final_layer_norm", layer);
        x = close(b, x, out, 3, width, norm);
        block_alias(b, x, "dec.%d.resid_post", i);
    }
    block_alias(b, x, "dec.out");
    return x;
}

/* Embedding tables of source and target and the output matrix, tied as the configuration says. */
static void tables(struct plan *p, const struct sizes *s, const struct names *n, int out[3])
{
    struct dim d = dim_sym(n->d);
    if (s->shared) {
        out[0] = out[1] = plan_param(p, 2, dim_sym(n->v_src), d, "model.shared.weight");
        plan_param_name(p, out[0], "model.encoder.embed_tokens.weight");
        plan_param_name(p, out[0], "model.decoder.embed_tokens.weight");
        if (s->tied)
            plan_param_name(p, out[0], "lm_head.weight");
    } else {
        out[0] = plan_param(p, 2, dim_sym(n->v_src), d, "model.encoder.embed_tokens.weight");
        out[1] = plan_param(p, 2, dim_sym(n->v), d, "model.decoder.embed_tokens.weight");
        if (s->tied)
            plan_param_name(p, out[1], "lm_head.weight");
    }
    out[2] = s->tied ? out[1] : plan_param(p, 2, dim_sym(n->v), d, "lm_head.weight");
}

static struct plan *marian_build(const struct config *c, const struct weights *w, struct err *e)
{
    (void)w; /* nothing of it is optional */
    struct sizes s;
    if (!read_sizes(c, &s, e))
        return NULL;
    struct plan *p = plan_new("marian");
    struct names n = declare(p, &s);
    struct blocks b = {.p = p, .e = e, .layer = -1};
    int table[3];
    tables(p, &s, &n, table);
    p->enc_out = encoder(&b, &s, &n, table[0]);
    int x = decoder(&b, &s, &n, table[1], p->enc_out);
    int bias = plan_param(p, 2, dim_const(1), dim_sym(n.v), "final_logits_bias");
    p->params[bias].optional = true;
    block_output(&b, x, table[2], bias);
    if (b.failed) {
        plan_free(p);
        return NULL;
    }
    p->layers[0] = (int)s.layers[0];
    p->layers[1] = (int)s.layers[1];
    p->heads[0] = (int)s.heads[0];
    p->heads[1] = p->cross_heads = (int)s.heads[1];
    p->sym_vocab = n.v;
    p->sym_stream = n.d;
    p->vocab_source = s.vocab;
    p->vocab_target = s.target_vocab;
    p->max_positions = s.positions;
    return p;
}

/* An integer of generation_config.json, else of config.json, else `otherwise`. */
static bool either(const struct config *c, const struct config *g, const char *key, int64_t lo,
                   int64_t hi, int64_t otherwise, int64_t *out, struct err *e)
{
    const struct config *from = g != NULL && config_has(g, key) ? g : c;
    return config_int_or(from, key, lo, hi, otherwise, out, e);
}

static bool marian_rules(const struct config *c, const struct config *g, struct gen_rules *r,
                         struct err *e)
{
    int64_t start, pad, forced, forced_bos, length, vocab;
    *r = (struct gen_rules){0};
    if (!config_int(c, "vocab_size", 1, LIMIT_VOCAB, &vocab, e) ||
        !config_int_or(c, "decoder_vocab_size", 1, LIMIT_VOCAB, vocab, &vocab, e) ||
        !either(c, g, "pad_token_id", 0, vocab - 1, vocab - 1, &pad, e) ||
        !either(c, g, "decoder_start_token_id", 0, vocab - 1, pad, &start, e) ||
        !either(c, g, "forced_eos_token_id", 0, vocab - 1, -1, &forced, e) ||
        !either(c, g, "forced_bos_token_id", 0, vocab - 1, -1, &forced_bos, e) ||
        !either(c, g, "max_length", 1, INT32_MAX, 0, &length, e))
        return false;
    r->start = (int32_t)start;
    r->pad = (int32_t)pad;
    r->forced_eos = (int32_t)forced;
    r->forced_bos = (int32_t)forced_bos;
    r->max_length = length;
    const struct config *eos = g != NULL && config_has(g, "eos_token_id") ? g : c;
    const struct config *bad = g != NULL && config_has(g, "bad_words_ids") ? g : c;
    const struct config *norm = g != NULL && config_has(g, "renormalize_logits") ? g : c;
    return config_ids(eos, "eos_token_id", r->eos, GEN_MAX_IDS, &r->neos, e) &&
           config_ids(bad, "bad_words_ids", r->banned, GEN_MAX_IDS, &r->nbanned, e) &&
           config_bool_or(norm, "renormalize_logits", false, &r->renormalize, e);
}

const struct family family_marian = {"marian", marian_build, marian_rules};
