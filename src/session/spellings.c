/* What other tools call our sites: TransformerLens, Hugging Face modules, Marian. '#' stands for
 * the layer, '+' for the layer counted from one. A site of ours may have several spellings; the
 * first is the one printed. */
#include "spellings.h"

#include <ctype.h>
#include <string.h>

/* Whose spelling, and of which family alone (NULL: of all). */
enum tool { TL, HF, MN, HB };
static const struct {
    const char *name, *family;
} tools[] = {
    [TL] = {"TransformerLens", NULL},
    [HF] = {"Hugging Face", "marian"},
    [MN] = {"Marian", "marian"},
    [HB] = {"Hugging Face", "bert"},
};

struct spelling {
    const char *ours, *theirs;
    enum tool tool;
};

static const struct spelling table[] = {
#define ATTENTION(ours, tl, tl3, hf, mn)                                                           \
    {ours ".q", tl ".hook_q", TL}, {ours ".q", tl3 ".hook_q", TL}, {ours ".q", hf ".q_proj", HF},  \
        {ours ".q", mn "_Wq", MN}, {ours ".k", tl ".hook_k", TL}, {ours ".k", tl3 ".hook_k", TL},  \
        {ours ".k", hf ".k_proj", HF}, {ours ".k", mn "_Wk", MN}, {ours ".v", tl ".hook_v", TL},   \
        {ours ".v", tl3 ".hook_v", TL}, {ours ".v", hf ".v_proj", HF}, {ours ".v", mn "_Wv", MN},  \
        {ours ".scores", tl ".hook_attn_scores", TL},                                              \
        {ours ".scores", tl3 ".hook_attn_scores", TL}, {ours ".pattern", tl ".hook_pattern", TL},  \
        {ours ".pattern", tl3 ".hook_pattern", TL}, {ours ".z", tl ".hook_z", TL},                 \
        {ours ".z", tl3 ".hook_z", TL}, {ours ".result", tl ".hook_result", TL},                   \
        {ours ".out", hf ".out_proj", HF},                                                         \
    {                                                                                              \
        ours ".out", mn "_Wo", MN                                                                  \
    }
    ATTENTION("enc.#.self", "encoder.#.attn", "encoder_blocks.#.attn",
              "model.encoder.layers.#.self_attn", "encoder_l+_self"),
    ATTENTION("enc.#.self", "blocks.#.attn", "blocks.#.self_attn", "encoder.layers.#.self_attn",
              "encoder_l+_self"),
    ATTENTION("dec.#.self", "decoder.#.attn", "decoder_blocks.#.self_attn",
              "model.decoder.layers.#.self_attn", "decoder_l+_self"),
    ATTENTION("dec.#.self", "decoder.#.self_attn", "decoder_blocks.#.attn",
              "decoder.layers.#.self_attn", "decoder_l+_self"),
    ATTENTION("dec.#.cross", "decoder.#.cross_attn", "decoder_blocks.#.cross_attn",
              "model.decoder.layers.#.encoder_attn", "decoder_l+_context"),
    ATTENTION("dec.#.cross", "decoder.#.encoder_attn", "decoder_blocks.#.encoder_attn",
              "decoder.layers.#.encoder_attn", "decoder_l+_context"),
#define STREAM(ours, tl, tl3, hf)                                                                  \
    {ours ".resid_pre", tl ".hook_resid_pre", TL}, {ours ".resid_pre", tl3 ".hook_in", TL},        \
        {ours ".resid_post", tl ".hook_resid_post", TL},                                           \
        {ours ".resid_post", tl3 ".hook_out", TL}, {ours ".resid_post", hf, HF},                   \
        {ours ".mlp.pre", tl ".mlp.hook_pre", TL}, {ours ".mlp.pre", tl3 ".mlp.hook_pre", TL},     \
        {ours ".mlp.pre", hf ".fc1", HF}, {ours ".mlp.post", tl ".mlp.hook_post", TL},             \
        {ours ".mlp.post", hf ".activation_fn", HF}, {ours ".mlp.out", tl ".hook_mlp_out", TL},    \
        {ours ".mlp.out", hf ".fc2", HF},                                                          \
    {                                                                                              \
        ours ".norm1", hf ".self_attn_layer_norm", HF                                              \
    }
    STREAM("enc.#", "encoder.#", "encoder_blocks.#", "model.encoder.layers.#"),
    STREAM("enc.#", "blocks.#", "blocks.#", "encoder.layers.#"),
    STREAM("dec.#", "decoder.#", "decoder_blocks.#", "model.decoder.layers.#"),
    {"enc.#.resid_mid", "encoder.#.hook_resid_mid", TL},
    {"enc.#.resid_mid", "blocks.#.hook_resid_mid", TL},
    {"enc.#.self.out", "encoder.#.hook_attn_out", TL},
    {"enc.#.self.out", "blocks.#.hook_attn_out", TL},
    {"enc.#.norm2", "model.encoder.layers.#.final_layer_norm", HF},
    {"enc.#.mlp.pre", "encoder_l+_ffn_W1", MN},
    {"enc.#.mlp.out", "encoder_l+_ffn_W2", MN},
    {"dec.#.resid_self", "decoder.#.hook_resid_mid", TL},
    {"dec.#.resid_cross", "decoder.#.hook_resid_mid_cross", TL},
    {"dec.#.self.out", "decoder.#.hook_attn_out", TL},
    {"dec.#.cross.out", "decoder.#.hook_cross_attn_out", TL},
    {"dec.#.norm2", "model.decoder.layers.#.encoder_attn_layer_norm", HF},
    {"dec.#.norm3", "model.decoder.layers.#.final_layer_norm", HF},
    {"dec.#.mlp.pre", "decoder_l+_ffn_W1", MN},
    {"dec.#.mlp.out", "decoder_l+_ffn_W2", MN},
    {"enc.#.self.pattern", "encoder_attentions[#]", HF},
    {"dec.#.self.pattern", "decoder_attentions[#]", HF},
    {"dec.#.cross.pattern", "cross_attentions[#]", HF},
    {"enc.#.resid_pre", "encoder_hidden_states[#]", HF},
    {"dec.#.resid_pre", "decoder_hidden_states[#]", HF},
    {"enc.embed", "hook_embed", TL},
    {"enc.pos", "hook_pos_embed", TL},
    {"enc.embed", "model.encoder.embed_tokens", HF},
    {"enc.pos", "model.encoder.embed_positions", HF},
    {"dec.embed", "model.decoder.embed_tokens", HF},
    {"dec.pos", "model.decoder.embed_positions", HF},
    {"enc.out", "model.encoder", HF},
    {"enc.out", "encoder_last_hidden_state", HF},
    {"dec.out", "model.decoder", HF},
    {"logits", "lm_head", HF},
#define BERT_LAYER(stem)                                                                           \
    {"enc.#.self.q", stem "encoder.layer.#.attention.self.query", HB},                             \
        {"enc.#.self.k", stem "encoder.layer.#.attention.self.key", HB},                           \
        {"enc.#.self.v", stem "encoder.layer.#.attention.self.value", HB},                         \
        {"enc.#.self.out", stem "encoder.layer.#.attention.output.dense", HB},                     \
        {"enc.#.norm1", stem "encoder.layer.#.attention.output.LayerNorm", HB},                    \
        {"enc.#.mlp.pre", stem "encoder.layer.#.intermediate.dense", HB},                          \
        {"enc.#.mlp.post", stem "encoder.layer.#.intermediate", HB},                               \
        {"enc.#.mlp.out", stem "encoder.layer.#.output.dense", HB},                                \
        {"enc.#.norm2", stem "encoder.layer.#.output.LayerNorm", HB},                              \
        {"enc.#.resid_post", stem "encoder.layer.#", HB},                                          \
        {"enc.embed", stem "embeddings.word_embeddings", HB},                                      \
        {"enc.segment", stem "embeddings.token_type_embeddings", HB},                              \
        {"enc.pos", stem "embeddings.position_embeddings", HB},                                    \
        {"enc.norm", stem "embeddings.LayerNorm", HB}, {"enc.out", stem "encoder", HB},            \
        {"pooled.pre", stem "pooler.dense", HB},                                                   \
    {                                                                                              \
        "pooled", stem "pooler", HB                                                                \
    }
    BERT_LAYER("bert."),
    BERT_LAYER(""),
    {"pooled", "pooler_output", HB},
    {"enc.out", "last_hidden_state", HB},
    {"enc.#.resid_pre", "hidden_states[#]", HB},
    {"enc.#.self.pattern", "attentions[#]", HB},
    {"mlm.pre", "cls.predictions.transform.dense", HB},
    {"mlm.norm", "cls.predictions.transform.LayerNorm", HB},
    {"mlm.logits", "cls.predictions.decoder", HB},
    {"mlm.logits", "prediction_logits", HB},
    {"nsp.logits", "cls.seq_relationship", HB},
    {"nsp.logits", "seq_relationship_logits", HB},
};
#define ROWS (sizeof table / sizeof *table)

/* Reads digits at *s as the number that the pattern wants; all places of a name must agree. */
static bool number_at(const char **s, int shift, int *layer)
{
    int n = 0;
    const char *from = *s;
    while (isdigit((unsigned char)**s) && n < 100000)
        n = n * 10 + *(*s)++ - '0';
    n -= shift;
    if (*s == from || n < 0 || (*layer >= 0 && *layer != n))
        return false;
    *layer = n;
    return true;
}

static bool matches(const char *pattern, const char *text, int *layer)
{
    *layer = -1;
    for (; *pattern != 0; pattern++) {
        if (*pattern == '#' || *pattern == '+') {
            if (!number_at(&text, *pattern == '+', layer))
                return false;
        } else if (*text++ != *pattern) {
            return false;
        }
    }
    return *text == 0;
}

static void fill(struct str *out, const char *pattern, int layer)
{
    for (; *pattern != 0; pattern++) {
        if (*pattern == '#' || *pattern == '+')
            str_addf(out, "%d", layer + (*pattern == '+'));
        else
            str_addc(out, *pattern);
    }
}

bool spelling_ours(const char *text, struct str *out)
{
    for (size_t i = 0; i < ROWS; i++) {
        int layer;
        if (!matches(table[i].theirs, text, &layer))
            continue;
        fill(out, table[i].ours, layer);
        return true;
    }
    return false;
}

void spelling_theirs(const char *site, const char *family, struct str *out)
{
    for (size_t i = 0; i < ROWS; i++) {
        int layer;
        const char *only = tools[table[i].tool].family;
        if ((only != NULL && strcmp(only, family) != 0) || !matches(table[i].ours, site, &layer))
            continue;
        struct str line = STR_INIT;
        str_addf(&line, "%-16s ", tools[table[i].tool].name);
        fill(&line, table[i].theirs, layer);
        str_addc(&line, '\n');
        if (strstr(out->s, line.s) == NULL) /* two rows of the table may agree in a name */
            str_add(out, line.s);
        str_release(&line);
    }
}
