/* Figures: printed as they come, remembered for the table at the end. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "bench.h"

struct kept_figure {
    char *what;
    const char *unit;
    double value, target;
    enum goal goal;
};

static struct {
    struct kept_figure *v;
    size_t n, cap;
} all;

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double median(const double *v, int n)
{
    double *sorted = mem_alloc((size_t)n * sizeof *sorted);
    memcpy(sorted, v, (size_t)n * sizeof *sorted);
    qsort(sorted, (size_t)n, sizeof *sorted, by_value);
    double m = (sorted[n / 2] + sorted[(n - 1) / 2]) / 2;
    free(sorted);
    return m;
}

static bool reached(const struct kept_figure *f)
{
    return f->goal == NO_GOAL ||
           (f->goal == AT_LEAST ? f->value >= f->target : f->value <= f->target);
}

static void number(char *out, size_t size, double v, const char *unit)
{
    int digits = fabs(v) >= 100 ? 0 : fabs(v) >= 10 ? 1 : 2;
    snprintf(out, size, "%.*f %s", digits, v, unit);
}

static void print(const struct kept_figure *f)
{
    char value[32], target[40] = "";
    number(value, sizeof value, f->value, f->unit);
    if (f->goal != NO_GOAL) {
        memcpy(target, f->goal == AT_LEAST ? ">= " : "<= ", 3);
        number(target + 3, sizeof target - 3, f->target, f->unit);
    }
    printf("%-58s %13s %15s %s\n", f->what, value, target,
           f->goal == NO_GOAL ? ""
           : reached(f)       ? "yes"
                              : "NO");
}

void figure(const char *what, double value, const char *unit, enum goal goal, double target)
{
    struct kept_figure f = {mem_strdup(what), unit, value, target, goal};
    ARRAY_PUSH(all.v, all.n, all.cap) = f;
    printf("  ");
    print(&f);
    fflush(stdout);
}

void detail(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    printf("    ");
    vprintf(fmt, ap);
    printf("\n");
    va_end(ap);
    fflush(stdout);
}

int figures_table(void)
{
    int missed = 0;
    printf("\n  %-58s %13s %15s %s\n", "figure", "value", "target", "reached");
    for (size_t i = 0; i < all.n; i++) {
        printf("  ");
        print(&all.v[i]);
        missed += !reached(&all.v[i]);
        free(all.v[i].what);
    }
    free(all.v);
    memset(&all, 0, sizeof all);
    return missed;
}
