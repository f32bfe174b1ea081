/* Writing .npy (format version 1.0): magic, a Python dictionary padded to 64 bytes, data. */
#include "internal.h"

void npy_header(struct str *out, const struct tensor *t)
{
    struct str dict = STR_INIT;
    str_add(&dict, "{'descr': '<f4', 'fortran_order': False, 'shape': (");
    for (int d = 0; d < t->ndim; d++)
        str_addf(&dict, "%s%lld", d ? ", " : "", (long long)t->shape[d]);
    str_add(&dict, t->ndim == 1 ? ",), }" : "), }"); /* (3) would be a number, (3,) is a tuple */
    while ((10 + dict.len + 1) % 64)
        str_addc(&dict, ' ');
    str_addc(&dict, '\n');
    str_addn(out, "\x93NUMPY\x01\x00", 8);
    str_addc(out, (char)(dict.len & 0xFF));
    str_addc(out, (char)(dict.len >> 8));
    str_addn(out, dict.s, dict.len);
    str_release(&dict);
}

bool save_npy(struct sink *s, const struct save_item *items, size_t n, const struct save_meta *meta,
              size_t nmeta, struct err *e)
{
    struct tensor t;
    (void)n, (void)meta, (void)nmeta; /* one tensor; the format has no room for remarks */
    if (!save_go(s, e) || !tensor_to_f32(&items[0].t, &t, e))
        return false;
    struct str h = STR_INIT;
    npy_header(&h, &t);
    sink_put(s, h.s, h.len);
    sink_put(s, t.data, (size_t)tensor_count(&t) * sizeof(float));
    str_release(&h);
    tensor_unref(&t);
    return true;
}
