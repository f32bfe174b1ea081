/* Subjects of `plot`. To add one: src/command/plot_NAME.c with a `const struct plot_subject plot_NAME`,
 * and PLOT(NAME) in include/command/plots.def. Options of all subjects stand in cmd_plot.c. */
#ifndef RASAD_COMMAND_PLOT_H
#define RASAD_COMMAND_PLOT_H

#include "command/command.h"

struct plot_subject {
    const char *name, *summary;
    const char *const *options; /* names of the options that it takes, NULL-terminated */
    bool (*exec)(struct session *s, const struct args *a, struct result *out, struct err *e);
};

/* "64..8192", "64-8192", "64": whole numbers, the first not larger than the second, both in
 * [1, most]. */
bool plot_range(const char *text, int64_t most, int64_t *from, int64_t *to, struct err *e);
/* Whole numbers from `from` to `to` in about n equal steps of their logarithm, each once; the list
 * has room for n + 1. Returns how many. */
int plot_steps(int64_t from, int64_t to, int n, int64_t *out);

#endif
