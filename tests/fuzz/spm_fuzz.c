/* Any bytes as a SentencePiece model; what opens must tokenize a text and give ids back as text. */
#include <stdint.h>
#include <stdlib.h>

#include "token/internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char text[] = " a the \xff\xe2\x96\x81 \u0639\u0644\u06cc\u200c\u0631 <0x41></s>\n"
                               "e\u0301\ufdfa\uff21 \0!";
    struct err e = ERR_INIT;
    struct tokenizer t = {.spm = spm_parse(data, size, &e)};
    if (!t.spm) {
        if (e.kind != ERR_FILE || !e.msg[0])
            abort();
        return 0;
    }
    struct encoding x;
    struct lattice l;
    struct str out = STR_INIT;
    if (tokenizer_encode(&t, text, sizeof text - 1, true, &x, &e)) {
        for (size_t i = 0; i < x.n; i++)
            if (x.tokens[i].id < 0 || x.tokens[i].id >= tokenizer_size(&t) ||
                x.tokens[i].start < 0 || x.tokens[i].end < x.tokens[i].start ||
                x.tokens[i].end > (int64_t)sizeof text - 1)
                abort();
        encoding_release(&x);
    } else if (e.kind != ERR_COMMAND) {
        abort();
    }
    if (tokenizer_lattice(&t, text, sizeof text - 1, 3, &l, &e))
        lattice_release(&l);
    for (int32_t id = 0; id < 300 && id < tokenizer_size(&t); id++)
        if (!tokenizer_decode(&t, &id, 1, &out, &e) && e.kind != ERR_COMMAND)
            abort();
    str_release(&out);
    spm_free(t.spm);
    return 0;
}
