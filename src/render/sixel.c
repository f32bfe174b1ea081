/* Sixels: six rows a band, for each colour of a band a line of characters with a bit for each row
 * (DEC, "VT330/VT340 Programmer Reference", 1987, chapter 14). */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "pixels.h"

enum { REGISTERS = 256, BITS = 5, BINS = 1 << (3 * BITS), ROWS = 6 };

struct bin {
    int64_t count;
    int64_t sum[3];
    int reg; /* -1: not decided */
};
struct palette {
    struct bin *bins;
    unsigned char rgb[REGISTERS][3];
    int n;
};

static int bin_of(const unsigned char rgb[3])
{
    return rgb[0] >> (8 - BITS) << (2 * BITS) | rgb[1] >> (8 - BITS) << BITS | rgb[2] >> (8 - BITS);
}

static int by_count(const void *a, const void *b)
{
    const struct bin *x = *(struct bin *const *)a, *y = *(struct bin *const *)b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return x < y ? -1 : x > y;
}

static int nearest(const struct palette *p, const unsigned char rgb[3])
{
    int best = 0, least = INT32_MAX;
    for (int i = 0; i < p->n; i++) {
        int d = 0;
        for (int k = 0; k < 3; k++)
            d += (rgb[k] - p->rgb[i][k]) * (rgb[k] - p->rgb[i][k]);
        if (d < least) {
            least = d;
            best = i;
        }
    }
    return best;
}

/* The bins with most pixels get a register each, of their mean colour. */
static void palette_make(struct palette *p, const struct pixels *x)
{
    struct bin **order = mem_alloc(sizeof(struct bin *) * BINS);
    int used = 0;
    p->bins = mem_alloc(sizeof *p->bins * BINS);
    for (int64_t i = 0; i < x->w * x->h; i++) {
        struct bin *b = &p->bins[bin_of(x->rgb + 3 * i)];
        b->count++;
        for (int k = 0; k < 3; k++)
            b->sum[k] += x->rgb[3 * i + k];
    }
    for (int i = 0; i < BINS; i++)
        if (p->bins[i].count > 0)
            order[used++] = &p->bins[i];
    qsort(order, (size_t)used, sizeof(struct bin *), by_count);
    for (int i = 0; i < used; i++) {
        struct bin *b = order[i];
        unsigned char mean[3];
        for (int k = 0; k < 3; k++)
            mean[k] = (unsigned char)((b->sum[k] + b->count / 2) / b->count);
        if (i < REGISTERS) {
            memcpy(p->rgb[p->n], mean, 3);
            b->reg = p->n++;
        } else {
            b->reg = nearest(p, mean);
        }
    }
    free(order);
}

static void add_repeated(struct str *out, char c, int64_t n)
{
    if (n > 3)
        str_addf(out, "!%lld%c", (long long)n, c);
    else
        for (; n > 0; n--)
            str_addc(out, c);
}

/* One colour of a band: its register, then a character for each column; blanks at the end are left
 * out. */
static void add_color(struct str *out, int reg, const unsigned char *bits, int64_t w)
{
    while (w > 0 && bits[w - 1] == 0)
        w--;
    str_addf(out, "#%d", reg);
    for (int64_t x = 0; x < w;) {
        int64_t to = x;
        while (to < w && bits[to] == bits[x])
            to++;
        add_repeated(out, (char)('?' + bits[x]), to - x);
        x = to;
    }
}

static void add_band(struct str *out, const struct pixels *p, const struct palette *palette,
                     int64_t top, unsigned char *bits)
{
    bool seen[REGISTERS] = {false}, first = true;
    for (int64_t r = 0; r < ROWS && top + r < p->h; r++)
        for (int64_t x = 0; x < p->w; x++) {
            int reg = palette->bins[bin_of(p->rgb + 3 * ((top + r) * p->w + x))].reg;
            unsigned char *line = bits + (int64_t)reg * p->w;
            if (!seen[reg])
                memset(line, 0, (size_t)p->w);
            seen[reg] = true;
            line[x] |= (unsigned char)(1 << r);
        }
    for (int reg = 0; reg < palette->n; reg++) {
        if (!seen[reg])
            continue;
        if (!first)
            str_addc(out, '$');
        first = false;
        add_color(out, reg, bits + (int64_t)reg * p->w, p->w);
    }
    str_addc(out, '-');
}

void sixel_encode(struct str *out, const struct pixels *p)
{
    struct palette palette = {0};
    palette_make(&palette, p);
    unsigned char *bits = mem_alloc((size_t)p->w * REGISTERS);
    str_addf(out, "\033P0;1;0q\"1;1;%lld;%lld", (long long)p->w, (long long)p->h);
    for (int i = 0; i < palette.n; i++)
        str_addf(out, "#%d;2;%d;%d;%d", i, (palette.rgb[i][0] * 100 + 127) / 255,
                 (palette.rgb[i][1] * 100 + 127) / 255, (palette.rgb[i][2] * 100 + 127) / 255);
    for (int64_t top = 0; top < p->h; top += ROWS)
        add_band(out, p, &palette, top, bits);
    str_add(out, "\033\\");
    free(bits);
    free(palette.bins);
}
