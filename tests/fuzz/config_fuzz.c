/* Any bytes as a config.json, asked for values of every type. */
#include <stdint.h>
#include <stdlib.h>

#include "format/config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const keys[] = {"a", "d_model", "eos_token_id", "architectures", "x"};
    struct err e = ERR_INIT;
    struct config *c;
    if (!config_parse((const char *)data, size, "config.json", &c, &e)) {
        if (e.kind != ERR_FILE || !e.msg[0])
            abort();
        return 0;
    }
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        int64_t n = 0;
        double x = 0;
        int32_t ids[8];
        int count = 0;
        bool b;
        const char *s;
        if (config_int(c, keys[i], -5, 1000, &n, &e) && (n < -5 || n > 1000))
            abort();
        if (config_double_or(c, keys[i], -1, 1, 0, &x, &e) && !(x >= -1 && x <= 1))
            abort();
        if (config_ids(c, keys[i], ids, 8, &count, &e) && (count < 0 || count > 8))
            abort();
        if (config_str(c, keys[i], &s, &e) && !s)
            abort();
        config_int_or(c, keys[i], INT64_MIN, INT64_MAX, 0, &n, &e);
        config_bool_or(c, keys[i], false, &b, &e);
        config_str_or(c, keys[i], NULL, &s, &e);
    }
    config_free(c);
    return 0;
}
