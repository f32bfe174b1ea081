/* Models filled with random numbers: what speed needs to be measured on, and nothing more. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "bench.h"
#include "family/family.h"

const struct made made_usual = {512, 6, 8, 2048, 58101, DT_F32};
const struct made made_tiny = {8, 6, 2, 8, 16, DT_F32};

static bool write_config(const char *path, const struct made *m, struct err *e)
{
    struct file_writer w;
    if (!file_create(&w, path, e))
        return false;
    long long d = m->d_model, l = m->layers, h = m->heads, f = m->filter, v = m->vocab;
    fprintf(w.f,
            "{\"model_type\": \"marian\", \"d_model\": %lld, \"encoder_layers\": %lld, "
            "\"decoder_layers\": %lld,\n"
            " \"encoder_attention_heads\": %lld, \"decoder_attention_heads\": %lld, "
            "\"encoder_ffn_dim\": %lld,\n"
            " \"decoder_ffn_dim\": %lld, \"vocab_size\": %lld, \"decoder_vocab_size\": %lld,\n"
            " \"max_position_embeddings\": 512, \"activation_function\": \"swish\", "
            "\"scale_embedding\": true,\n"
            " \"share_encoder_decoder_embeddings\": true, \"tie_word_embeddings\": true, "
            "\"eos_token_id\": 0,\n"
            " \"pad_token_id\": %lld, \"decoder_start_token_id\": %lld, \"max_length\": 512}\n",
            d, l, l, h, h, f, f, v, v, v - 1, v - 1);
    return file_commit(&w, e);
}

static uint32_t next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (uint32_t)(*state >> 32);
}

/* Values that keep activations near 1: matrices of variance 1 / inputs, norms near 1, small
 * biases. */
static void fill(FILE *f, const struct param *p, const int64_t shape[2], enum dtype t,
                 uint64_t *state)
{
    enum { RUN = 1 << 16 };
    float *x = mem_alloc(RUN * sizeof *x);
    uint16_t *half = mem_alloc(RUN * sizeof *half);
    int64_t n = shape[0] * (p->ndim == 2 ? shape[1] : 1);
    bool matrix = p->ndim == 2 && shape[0] > 1;
    float base = strstr(p->name, "norm.weight") != NULL ? 1 : 0;
    float scale = (matrix ? sqrtf(3.0f / (float)shape[1]) : 0.05f) * 0x1p-31f;
    while (n > 0) {
        int64_t k = n < RUN ? n : RUN;
        for (int64_t i = 0; i < k; i++)
            x[i] = base + (float)(int32_t)next(state) * scale;
        for (int64_t i = 0; i < k && t == DT_F16; i++)
            half[i] = float_to_half(x[i]);
        fwrite(t == DT_F16 ? (const void *)half : x, dtype_size(t), (size_t)k, f);
        n -= k;
    }
    free(x);
    free(half);
}

static void header(const struct plan *p, enum dtype t, struct str *h)
{
    const struct binding none = {1, 1, 1};
    long long at = 0;
    str_addc(h, '{');
    for (int i = 0; i < p->nparams; i++) {
        const struct param *q = &p->params[i];
        if (q->formula)
            continue;
        long long a = dim_size(p, q->shape[0], &none),
                  b = q->ndim == 2 ? dim_size(p, q->shape[1], &none) : 1;
        str_addf(h, "%s\"%s\":{\"dtype\":\"%s\",\"shape\":[%lld", h->len > 1 ? "," : "", q->name,
                 dtype_safetensors(t), a);
        if (q->ndim == 2)
            str_addf(h, ",%lld", b);
        str_addf(h, "],\"data_offsets\":[%lld,%lld]}", at, at + a * b * (long long)dtype_size(t));
        at += a * b * (long long)dtype_size(t);
    }
    str_addc(h, '}');
    while (h->len % 64 != 56) /* so that the data are aligned to 64 bytes */
        str_addc(h, ' ');
}

static bool write_weights(const char *path, const struct plan *p, enum dtype t, struct err *e)
{
    const struct binding none = {1, 1, 1};
    struct file_writer w;
    if (!file_create(&w, path, e))
        return false;
    struct str h = STR_INIT;
    header(p, t, &h);
    uint64_t length = h.len,
             state = 88172645463325252u; /* little-endian machines only, as the program */
    fwrite(&length, sizeof length, 1, w.f);
    fwrite(h.s, 1, h.len, w.f);
    str_release(&h);
    for (int i = 0; i < p->nparams; i++) {
        const struct param *q = &p->params[i];
        const int64_t shape[2] = {dim_size(p, q->shape[0], &none),
                                  q->ndim == 2 ? dim_size(p, q->shape[1], &none) : 1};
        if (!q->formula)
            fill(w.f, q, shape, t, &state);
    }
    return file_commit(&w, e);
}

bool made_write(const char *dir, const struct made *m, struct err *e)
{
    char *config = path_join(dir, "config.json"), *weights = path_join(dir, "model.safetensors");
    struct config *c = NULL;
    struct plan *p = NULL;
    bool ok = write_config(config, m, e) && config_open(config, &c, e);
    const struct family *f = ok ? family_find(c, e) : NULL;
    p = f != NULL ? f->build(c, NULL, e) : NULL;
    ok = p != NULL && write_weights(weights, p, m->dtype, e);
    plan_free(p);
    config_free(c);
    free(config);
    free(weights);
    return ok;
}
