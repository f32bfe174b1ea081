/* What the commands that show values share: references with shapes, number formats, tensors as
 * tables and data. */
#ifndef RASAD_COMMAND_VALUES_H
#define RASAD_COMMAND_VALUES_H

#include "command/command.h"

/* The sites that the i-th argument of that name matches; the caret of an error goes under it. Freed
 * with free(). */
bool values_match(struct session *s, const struct args *a, const char *arg, int i,
                  struct site_ref **out, size_t *n, struct err *e);
const char *values_name(struct arena *a, const struct site_ref *r); /* as sites_text writes it */

/* The shape of a value as far as it follows from the plan: head and step taken off, symbols beside
 * sizes. */
struct value_shape {
    int ndim;
    struct dim dim[NODE_DIMS];
    char axis[NODE_DIMS][AXIS_NAME];
    int64_t size[NODE_DIMS]; /* -1: not known without a text, or a run */
    int64_t bytes;           /* as float32; -1: not known */
};
void values_shape(const struct plan *p, const struct site_ref *r, const struct binding *b,
                  struct value_shape *out);
/* Lists of axes and sizes; a size that is not known is null. */
void values_shape_data(struct result *out, struct data *to, const struct value_shape *v);
/* The heads of a value [B, H, pos, K] side by side, as W_O reads them: [B, pos, H*K]. */
void values_joined(const struct plan *p, int node, const struct binding *b,
                   struct value_shape *out);
/* Whether all sizes are known but their bytes are past 63 bits. */
bool values_overflow(const struct plan *p, const struct site_ref *r, const struct binding *b);

/* Sizes asked for by VALUES_SIZE_ARGS, on top of those of the session; --len gives both lengths. */
#define VALUES_LONGEST 100000000
#define VALUES_SIZE_ARG(option, text)                                                              \
    {                                                                                              \
        .name = (option), .kind = ARG_INT, .help = (text), .optional = true, .lo = 1,              \
        .hi = VALUES_LONGEST                                                                       \
    }
#define VALUES_SIZE_ARGS                                                                           \
    VALUES_SIZE_ARG("--batch", "sentences at once"),                                               \
        VALUES_SIZE_ARG("--len", "tokens of the source, and of the target"),                       \
        VALUES_SIZE_ARG("--target-len", "tokens of the target, if not as many")
struct binding values_binding(struct session *s, const struct args *a);

void values_axes(struct str *out, const struct tensor *t);         /* "[B=1, H=4, S=7, S'=7]" */
void values_symbols(struct str *out, const struct value_shape *v); /* "[B, H, S, S']" */
void values_both(struct str *out, const struct value_shape *v);    /* "[B=1, H=4, S, S']" */
void values_made_by(struct str *out, const struct plan *p,
                    int node); /* "softmax(scores)": the formula in short */
void values_sizes(struct str *out, const struct value_shape *v); /* "[1, 4, 7, ?]" */
void values_bytes(struct str *out, double n);                    /* "12.0 KiB" */
const char *values_bytes_text(struct arena *a, double n);
/* "1,049,600"; of what is past 63 bits (n INT64_MAX) the number d. */
const char *values_grouped(struct arena *a, double d, int64_t n);

/* How numbers are written: from the letters after '/' ("6.3f", "8f", "x") and the precision
 * setting. */
struct number_format {
    char fmt[16]; /* printf format of one double; "" = raw bits in hex */
    bool asked;   /* by letters, not by the settings alone */
};
/* `count`: the letters begin with a count ("8f" = 8 numbers; *count is set), else with a field
 * width. */
bool values_format(struct session *s, const char *letters, int64_t *count,
                   struct number_format *out, struct err *e);
void values_number(struct str *out, double v, const struct number_format *f);

/* site axes shape dtype data, as `print` gives them. */
void values_data(struct result *out, struct data *to, const char *name, const struct tensor *t);
/* Name, shape, statistics and corners. `r` (or NULL) tells which tokens the rows stand for;
 * `number`: $N, 0 = none. */
void values_draw(struct session *s, struct result *out, const char *name, const struct site_ref *r,
                 const struct tensor *t, int number, const struct number_format *f);
/* Records it in the value history when there is one: $N, else 0. */
int values_record(struct session *s, const struct tensor *t);

/* '*' any run, '?' one character, everything else itself. */
bool values_glob(const char *pattern, const char *text);
/* U+200C (ZWNJ) and the like, for each character of the bytes: "U+0643 U+064A". */
void values_codes(struct str *out, const char *s, size_t n);

#endif
