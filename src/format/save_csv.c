/* Writing .csv: one line for each innermost row. Axes of size 1 are dropped; where more than two
 * are left, a line begins with the indices of its row. */
#include "internal.h"

bool save_csv(struct sink *s, const struct save_item *items, size_t n, const struct save_meta *meta,
              size_t nmeta, struct err *e)
{
    struct tensor t;
    int64_t shape[TENSOR_DIMS + 1];
    int64_t at[TENSOR_DIMS + 1] = {0}, rows = 1;
    int dims = 0;
    (void)n, (void)meta, (void)nmeta; /* one tensor; the format has no room for remarks */
    if (!tensor_to_f32(&items[0].t, &t, e))
        return false;
    for (int d = 0; d < t.ndim; d++)
        if (t.shape[d] != 1)
            shape[dims++] = t.shape[d];
    if (dims == 0)
        shape[dims++] = 1;
    int64_t width = shape[dims - 1];
    for (int d = 0; d + 1 < dims; d++)
        rows *= shape[d];
    const float *p = tensor_f32(&t);
    bool ok = true;
    for (int64_t r = 0; r < rows && width > 0 && (ok = save_go(s, e)); r++) {
        char index[32];
        for (int d = 0; dims > 2 && d + 1 < dims; d++) {
            snprintf(index, sizeof index, "%lld,", (long long)at[d]);
            sink_text(s, index);
        }
        for (int64_t i = 0; i < width; i++) {
            sink_text(s, i ? "," : "");
            sink_number(s, *p++);
        }
        sink_text(s, "\n");
        for (int d = dims - 2; d >= 0 && ++at[d] == shape[d]; d--)
            at[d] = 0;
    }
    tensor_unref(&t);
    return ok;
}
