/* The transformer of the textbook at any size: encoder and decoder as Vaswani and others (2017) describe
 * them, or one of the two alone. Post-norm, sinusoid positions, embeddings times sqrt(d_model), a
 * vocabulary for each side, an output layer with a matrix and a bias of its own. Heads need not
 * divide the width of the stream: heads of d_k and values of d_v are joined to H*d_v, which W_O
 * brings back to d_model.
 *
 * Its configuration: model_type "transformer"; d_model, heads, d_k, d_v, d_ff, encoder_layers,
 * decoder_layers (0: that side is absent), vocab_size, target_vocab_size, activation_function,
 * bias. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "blocks.h"
#include "family/family.h"

#define LIMIT_WIDTH (1 << 20)
#define LIMIT_LAYERS 1024
#define LIMIT_VOCAB (1 << 28)
#define EPS 1e-5f

struct sizes {
    int64_t d_model, heads, d_k, d_v, d_ff, layers[2], vocab, target_vocab;
    bool bias;
    enum k_act act;
};

static bool read_widths(const struct config *c, struct sizes *s, struct err *e)
{
    if (!config_int_or(c, "d_model", 1, LIMIT_WIDTH, 512, &s->d_model, e) ||
        !config_int_or(c, "heads", 1, LIMIT_WIDTH, s->d_model < 8 ? 1 : 8, &s->heads, e) ||
        !config_int_or(c, "d_k", 1, LIMIT_WIDTH, 0, &s->d_k, e))
        return false;
    if (s->d_k == 0 && s->d_model % s->heads != 0)
        return err_set(
            e, ERR_FILE,
            "%s: d_model %lld cannot be split into %lld heads of one width; d_k must say "
            "how wide a head is",
            config_path(c), (long long)s->d_model, (long long)s->heads);
    if (s->d_k == 0)
        s->d_k = s->d_model / s->heads;
    return config_int_or(c, "d_v", 1, LIMIT_WIDTH, s->d_k, &s->d_v, e) &&
           config_int_or(c, "d_ff", 1, LIMIT_WIDTH,
                         s->d_model <= LIMIT_WIDTH / 4 ? 4 * s->d_model : LIMIT_WIDTH, &s->d_ff, e);
}

static bool read_sizes(const struct config *c, struct sizes *s, struct err *e)
{
    const char *act;
    if (!read_widths(c, s, e) ||
        !config_int_or(c, "encoder_layers", 0, LIMIT_LAYERS, 6, &s->layers[0], e) ||
        !config_int_or(c, "decoder_layers", 0, LIMIT_LAYERS, 6, &s->layers[1], e) ||
        !config_int_or(c, "vocab_size", 1, LIMIT_VOCAB, 32000, &s->vocab, e) ||
        !config_int_or(c, "target_vocab_size", 1, LIMIT_VOCAB, s->vocab, &s->target_vocab, e) ||
        !config_bool_or(c, "bias", true, &s->bias, e) ||
        !config_str_or(c, "activation_function", "relu", &act, e))
        return false;
    if (s->layers[0] == 0) /* a decoder alone has one vocabulary */
        s->vocab = s->target_vocab;
    if (s->layers[0] + s->layers[1] == 0)
        return err_set(e, ERR_FILE, "%s: encoder_layers and decoder_layers are both 0",
                       config_path(c));
    if (!k_act_parse(act, &s->act))
        return err_set(
            e, ERR_FILE,
            "%s: activation_function \"%.40s\" is not known (relu, gelu, gelu_new, swish)",
            config_path(c), act);
    return true;
}

struct names {
    int d, v[2], f;
    struct heads heads;
};

static struct names declare(struct plan *p, const struct sizes *s)
{
    struct names n = {.heads.plain = !s->bias};
    bool both = s->layers[0] > 0 && s->layers[1] > 0, same = s->vocab == s->target_vocab || !both;
    n.d = n.heads.stream =
        plan_symbol(p, "D", "width of the residual stream (d_model)", s->d_model);
    n.heads.heads = plan_symbol(p, "H", "heads", s->heads);
    n.heads.width = plan_symbol(p, "K",
                                s->d_v == s->d_k ? "width of a head (d_k)"
                                                 : "width of a head's queries and keys (d_k)",
                                s->d_k);
    if (s->d_v != s->d_k)
        n.heads.value = plan_symbol(p, "Kv", "width of a head's values (d_v)", s->d_v);
    n.f = plan_symbol(p, "F", "width of the feed-forward layer (d_ff)", s->d_ff);
    n.v[0] = plan_symbol(p, same ? "V" : "Vs", same ? "vocabulary" : "source vocabulary", s->vocab);
    n.v[1] = same ? n.v[0] : plan_symbol(p, "V", "target vocabulary", s->target_vocab);
    return n;
}

/* stream + what the sub-layer says, then the norm. */
static int close(struct blocks *b, const struct names *n, int stream, int result, int number)
{
    char name[64];
    const char *s = stack_name(b->stack);
    snprintf(name, sizeof name, "%s.layers.%d.norm%d", stack_word(b->stack), b->layer, number);
    int sum = block_add(b, stream, result, "%s.%d.norm%d.in", s, b->layer, number);
    return block_norm(b, sum, EPS, dim_sym(n->d), name, "%s.%d.norm%d", s, b->layer, number);
}

static int attention(struct blocks *b, const struct names *n, int x, int from, bool causal,
                     const char *which)
{
    static const char *const parts[] = {"q", "k", "v", "out"};
    char names[4][64];
    const char *proj[4];
    for (int i = 0; i < 4; i++) {
        snprintf(names[i], sizeof names[i], "%s.layers.%d.%s.%s", stack_word(b->stack), b->layer,
                 which, parts[i]);
        proj[i] = names[i];
    }
    b->part = strcmp(which, "cross") == 0 ? PART_CROSS : PART_SELF;
    return block_attention(b, x, from, &n->heads, causal, which, proj);
}

static int mlp(struct blocks *b, const struct sizes *s, const struct names *n, int x)
{
    char in[64], out[64];
    snprintf(in, sizeof in, "%s.layers.%d.mlp.in", stack_word(b->stack), b->layer);
    snprintf(out, sizeof out, "%s.layers.%d.mlp.out", stack_word(b->stack), b->layer);
    b->part = PART_MLP;
    return block_mlp(b, x, s->act, (struct linear){dim_sym(n->f), dim_sym(n->d), s->bias, in},
                     (struct linear){dim_sym(n->d), dim_sym(n->f), s->bias, out});
}

/* One side, from its tokens to the result of its last layer. memory: what cross-attention reads, -1
 * = none. */
static int stack(struct blocks *b, enum stack which, const struct sizes *s, const struct names *n,
                 int memory)
{
    const char *name = stack_name(which);
    int norms = 1;
    b->stack = which;
    b->layer = -1;
    b->part = PART_EMBED;
    bool source = which == STACK_ENC;
    int table = plan_param(b->p, 2, dim_sym(n->v[which]), dim_sym(n->d), "%s.embed.weight",
                           stack_word(which));
    int embed = block_embed(b, table, (float)sqrt((double)s->d_model), source);
    int x = block_add(b, embed, block_pos(b, -1, n->d, source), "%s.0.resid_pre", name);
    for (int i = 0; i < s->layers[which] && !b->failed; i++, norms = 1) {
        b->layer = i;
        if (i > 0)
            block_alias(b, x, "%s.%d.resid_pre", name, i);
        x = close(b, n, x, attention(b, n, x, x, which == STACK_DEC, "self"), norms++);
        block_alias(b, x, "%s.%d.%s", name, i, memory >= 0 ? "resid_self" : "resid_mid");
        if (memory >= 0) {
            x = close(b, n, x, attention(b, n, x, memory, false, "cross"), norms++);
            block_alias(b, x, "%s.%d.resid_cross", name, i);
        }
        x = close(b, n, x, mlp(b, s, n, x), norms);
        block_alias(b, x, "%s.%d.resid_post", name, i);
    }
    block_alias(b, x, "%s.out", name);
    return x;
}

static void output(struct blocks *b, const struct names *n, int x)
{
    struct dim v = dim_sym(n->v[1]);
    int weight = plan_param(b->p, 2, v, dim_sym(n->d), "output.weight");
    block_output(b, x, weight, plan_param(b->p, 1, v, dim_const(1), "output.bias"));
}

static struct plan *transformer_build(const struct config *c, const struct weights *w,
                                      struct err *e)
{
    (void)w; /* nothing of it is optional */
    struct sizes s;
    if (!read_sizes(c, &s, e))
        return NULL;
    struct plan *p = plan_new("transformer");
    struct names n = declare(p, &s);
    struct blocks b = {.p = p, .e = e, .layer = -1};
    if (s.layers[0] > 0)
        p->enc_out = stack(&b, STACK_ENC, &s, &n, -1);
    if (s.layers[1] > 0)
        output(&b, &n, stack(&b, STACK_DEC, &s, &n, p->enc_out));
    if (b.failed) {
        plan_free(p);
        return NULL;
    }
    for (int i = 0; i < 2; i++) {
        p->layers[i] = (int)s.layers[i];
        p->heads[i] = s.layers[i] > 0 ? (int)s.heads : 0;
    }
    p->cross_heads = s.layers[0] > 0 ? p->heads[1] : 0;
    p->sym_vocab = n.v[s.layers[1] > 0];
    p->sym_stream = n.d;
    p->vocab_source = s.layers[0] > 0 ? s.vocab : 0;
    p->vocab_target = s.layers[1] > 0 ? s.target_vocab : 0;
    return p;
}

static bool transformer_rules(const struct config *c, const struct config *g, struct gen_rules *r,
                              struct err *e)
{
    const struct config *from = g != NULL && config_has(g, "eos_token_id") ? g : c;
    int64_t start, pad;
    *r = (struct gen_rules){.forced_eos = -1, .forced_bos = -1};
    if (!config_int_or(c, "decoder_start_token_id", 0, LIMIT_VOCAB - 1, 0, &start, e) ||
        !config_int_or(c, "pad_token_id", 0, LIMIT_VOCAB - 1, 0, &pad, e))
        return false;
    r->start = (int32_t)start;
    r->pad = (int32_t)pad;
    return config_ids(from, "eos_token_id", r->eos, GEN_MAX_IDS, &r->neos, e);
}

const struct family family_transformer = {"transformer", transformer_build, transformer_rules};
