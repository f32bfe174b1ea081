/* Any bytes as a vocab.txt or a tokenizer.json; what opens must tokenize a text within bounds. */
#include <stdint.h>
#include <stdlib.h>

#include "token/wordpiece.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char text[] = " a the \xff [MASK]\u0639\u0644\u06cc\u200c\u0631 \u4e2d##a[CLS] "
                               "e\u0301\u0344 \ud55c \0! N W";
    const char *s = (const char *)data;
    struct err e = ERR_INIT;
    struct tokenizer t = {.wordpiece = size && *s == '{'
                                           ? wordpiece_parse_json("f", s, size, NULL, &e)
                                           : wordpiece_parse_lines("f", s, size, NULL, &e)};
    if (!t.wordpiece) {
        if (e.kind != ERR_FILE || !e.msg[0])
            abort();
        return 0;
    }
    struct encoding x;
    struct trace trace;
    struct str out = STR_INIT;
    if (!tokenizer_encode_pair(&t, text, sizeof text - 1, text, 9, &x, &e))
        abort();
    for (size_t i = 0; i < x.n; i++) {
        const struct token *k = &x.tokens[i];
        if (k->id < 0 || k->id >= tokenizer_size(&t) || k->end > (int64_t)sizeof text - 1 ||
            (k->start >= 0 && k->start >= k->end))
            abort();
        if (!tokenizer_decode(&t, &k->id, 1, &out, &e) && e.kind != ERR_COMMAND)
            abort();
    }
    encoding_release(&x);
    if (!tokenizer_trace(&t, text, sizeof text - 1, &trace, &e))
        abort();
    trace_release(&trace);
    str_release(&out);
    wordpiece_unref(t.wordpiece);
    return 0;
}
