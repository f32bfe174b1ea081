/* Pictures: a large heat map as PNG. */
#include <math.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "bench.h"
#include "render/picture.h"

/* Like attention over a long text: each row has a few peaks over a floor that is never quite flat. */
static void fill(float *v, int64_t n)
{
    uint32_t seed = 7;
    for (int64_t r = 0; r < n; r++)
        for (int64_t c = 0; c < n; c++) {
            seed = seed * 1664525 + 1013904223;
            double away = fabs((double)(r - c)), floor = (double)(seed >> 8) / (1 << 24);
            v[r * n + c] = (float)(0.05 * floor + 0.9 * exp(-away / 40));
        }
}

static double milliseconds(const struct result *r, size_t *bytes)
{
    struct str png = STR_INIT;
    struct style st;
    struct err e = ERR_INIT;
    style_init(&st);
    double began = clock_seconds();
    bool ok = picture_png(&png, r->first, NULL, &st, NULL, &e);
    double seconds = clock_seconds() - began;
    *bytes = png.len;
    str_release(&png);
    if (!ok)
        detail("no picture: %s", e.msg);
    return ok ? 1e3 * seconds : NAN;
}

void bench_picture(const struct bench *b)
{
    enum { N = 2048, MOST = 64 };
    float *v = mem_alloc(sizeof *v * N * N);
    struct result r;
    double ms[MOST];
    size_t bytes = 0;
    int rounds = b->rounds < MOST ? b->rounds : MOST;
    fill(v, N);
    result_init(&r);
    out_heat(&r, 1)->panels[0].t = tensor_borrow(DT_F32, 2, (int64_t[]){N, N}, v);
    milliseconds(&r, &bytes); /* fonts are found */
    for (int i = 0; i < rounds; i++)
        ms[i] = milliseconds(&r, &bytes);
    double middle = median(ms, rounds);
    if (!isnan(middle))
        figure("a map of 2,048 x 2,048 as PNG", middle, "ms", AT_MOST, 150);
    detail("%.1f MiB, noise over a smooth map", (double)bytes / (1 << 20));
    result_release(&r);
    free(v);
}
