/* A list of tokens with their probabilities: as a table and as data. */
#include "candidates.h"

#include <math.h>

void candidates_show(struct session *s, enum token_side side, const struct candidate_token *c,
                     int from, int n, const char *const *fates, struct result *out, struct data *to)
{
    struct arena *a = &out->arena;
    bool any = false;
    for (int i = from; fates != NULL && i < n; i++)
        any = any || *fates[i] != 0;
    struct table *t =
        out_table(out, any ? "#> id> p> log_p> | | piece*" : "#> id> p> log_p> | piece*");
    struct data *list = data_add_list(a, to, "candidates");
    for (int i = from; i < n; i++) {
        char buf[24];
        double p = exp(c[i].logp);
        const char *piece = session_piece(s, side, c[i].id, buf);
        struct cell *x = table_row(out, t);
        *x++ = cell_int(i + 1);
        *x++ = cell_int(c[i].id);
        *x++ = cell_num(p, p < 0.0005 ? "%.1e" : "%.3f");
        *x++ = cell_num(c[i].logp, "%.3f");
        *x++ = cell_bar(exp(c[i].logp - c[0].logp));
        if (any)
            *x++ = cell_str(out, fates[i]);
        *x = cell_str(out, piece);
        struct data *d = data_add_map(a, list, NULL);
        data_add_int(a, d, "rank", i + 1);
        data_add_int(a, d, "id", c[i].id);
        data_add_str(a, d, "piece", piece);
        data_add_num(a, d, "p", p);
        data_add_num(a, d, "logp", c[i].logp);
        if (fates != NULL && *fates[i] != 0)
            data_add_bool(a, d, fates[i], true);
    }
}
