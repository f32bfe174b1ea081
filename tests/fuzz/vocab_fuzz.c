/* Any bytes as a vocab.json; whatever is taken must be found again. */
#include <stdint.h>
#include <stdlib.h>

#include "token/internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err e = ERR_INIT;
    struct vocab *v = vocab_parse("vocab.json", (const char *)data, size, &e);
    if (!v) {
        if (e.kind != ERR_FILE || !e.msg[0])
            abort();
        return 0;
    }
    size_t count = 0;
    for (int32_t id = 0; id < v->size; id++) {
        if (!v->by[id].s)
            continue;
        count++;
        if (v->by[id].s[v->by[id].n] != '\0' || names_find(&v->ids, v->by[id].s, v->by[id].n) != id)
            abort();
    }
    if (count != v->ids.n || !v->by[v->size - 1].s)
        abort();
    vocab_unref(v);
    return 0;
}
