/* y = x w^T + bias. Few rows of x: our own loops, bound by the reading of the weights. Many rows and
 * plain float32 weights: transposed weights, and OpenBLAS where the rows are long. Half-width
 * weights always take the loops for few rows, which widen each weight once for all rows. */
#include <cblas.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "k_ops.h"

enum {
    CHUNK_BYTES = 32 << 10, /* of weights: the least that is handed to a thread at a time */
    MOST_ROWS = 1024,       /* of x in one piece of work */
    ALIGN_ROWS = 16,        /* outputs of two threads in one cache line would slow both down */
};
static const double BLAS_WORK = 3e8; /* multiplications in one call: some milliseconds */

static int64_t clamp(int64_t v, int64_t low, int64_t high)
{
    return v < low ? low : v > high ? high : v;
}

/* Rows of the weight in a piece of work. */
static int64_t chunk_rows(int64_t n, int64_t row_bytes, int team)
{
    if (team == 1) /* only for the sake of interrupts */
        return clamp((1 << 20) / (row_bytes + 1), 64, n);
    int64_t rows = clamp(CHUNK_BYTES / (row_bytes + 1), 1, n / (4 * team) + 1);
    return (rows + ALIGN_ROWS - 1) / ALIGN_ROWS * ALIGN_ROWS;
}

struct product {
    float *y;
    int64_t ldy;
    const float *x;
    int64_t ldx;
    const struct k_weight *w;
    const float *bias;
    int64_t m;
};

static void own_piece(const void *work, int64_t from, int64_t to)
{
    const struct product *p = work;
    k_ops()->linear(p->y, p->ldy, p->x, p->ldx, p->w->data, p->w->cols, p->w->dtype, p->bias, p->m,
                    from, to, p->w->cols);
}

/* Rows of x instead of rows of w. */
static void own_rows(const void *work, int64_t from, int64_t to)
{
    const struct product *p = work;
    k_ops()->linear(p->y + from * p->ldy, p->ldy, p->x + from * p->ldx, p->ldx, p->w->data,
                    p->w->cols, p->w->dtype, p->bias, to - from, 0, p->w->rows, p->w->cols);
}

bool k_small(const struct k_weight *w)
{
    enum { SMALL_BYTES = 256 << 10 };
    return w->rows * w->cols * (int64_t)dtype_size(w->dtype) <= SMALL_BYTES;
}

static void own(const struct product *p)
{
    int64_t n = p->w->rows, k = p->w->cols, row_bytes = k * (int64_t)dtype_size(p->w->dtype);
    /* Rough times on one thread: 20 bytes, 40 multiplications a nanosecond. */
    double reading = (double)n * (double)row_bytes / 20;
    double work = (double)p->m * (double)n * (double)k / 40;
    int team = k_team(reading > work ? reading : work);
    if (team > 1 && k_small(p->w) && k_rows_team(p->m, 1) > 1)
        k_share_rows(p->m, 1, own_rows, p);
    else
        k_split(team, n, chunk_rows(n, row_bytes, team), own_piece, p);
}

enum { TURN_COLUMNS = 32 }; /* weight rows that are transposed at a time */

static void turned_piece(const void *work, int64_t from, int64_t to)
{
    const struct product *p = work;
    const struct k_ops *ops = k_ops();
    int64_t k = p->w->cols;
    float *turned = mem_realloc(NULL, (size_t)k * TURN_COLUMNS * sizeof *turned + 1);
    for (int64_t j = from; j < to; j += TURN_COLUMNS) {
        int64_t n = to - j < TURN_COLUMNS ? to - j : TURN_COLUMNS;
        ops->turn(turned, TURN_COLUMNS, (const float *)p->w->data + j * k, k, n, k);
        ops->mix(p->y + j, p->ldy, p->x, p->ldx, turned, TURN_COLUMNS, p->bias ? p->bias + j : NULL,
                 p->m, k, n);
    }
    free(turned);
}

static void turned_rows(const void *work, int64_t from, int64_t to)
{
    struct product p = *(const struct product *)work;
    p.x += from * p.ldx;
    p.y += from * p.ldy;
    p.m = to - from;
    turned_piece(&p, 0, p.w->rows);
}

/* So many rows that transposing the weights costs little beside what it saves: a vector then holds
 * outputs, whose sums end in themselves, and not parts of one sum. */
static void turned(const struct product *p)
{
    int64_t n = p->w->rows;
    int team = k_team((double)p->m * (double)n * (double)p->w->cols / 55);
    if (team > 1 && k_small(p->w) && k_rows_team(p->m, 1) > 1) {
        k_share_rows(p->m, 1, turned_rows, p);
        return;
    }
    int64_t step = clamp(n / (4 * team), 1, 4 * TURN_COLUMNS);
    k_split(team, n, (step + TURN_COLUMNS - 1) / TURN_COLUMNS * TURN_COLUMNS, turned_piece, p);
}

static void blas_piece(const void *work, int64_t from, int64_t to)
{
    const struct product *p = work;
    int64_t n = to - from, k = p->w->cols;
    const float *w = p->w->data;
    for (int64_t i = 0; p->bias && i < p->m; i++)
        memcpy(p->y + i * p->ldy + from, p->bias + from, (size_t)n * sizeof *p->y);
    /* OpenBLAS asks OpenMP how many threads to use: this one alone, on a team of one too. */
    int before = omp_get_max_threads();
    omp_set_num_threads(1);
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)p->m, (int)n, (int)k, 1, p->x,
                (int)p->ldx, w + from * k, (int)k, p->bias ? 1 : 0, p->y + from, (int)p->ldy);
    omp_set_num_threads(before);
}

static void blas(const struct product *p)
{
    int64_t n = p->w->rows;
    double per_row = (double)p->m * (double)p->w->cols; /* multiplications */
    int team = k_team((double)n * per_row / 40);
    int64_t most = clamp((int64_t)(BLAS_WORK / per_row), 64, 1 << 20);
    /* Wide pieces, as many for one thread as for the next: each piece packs x anew. */
    int64_t pieces = (n + most * team - 1) / (most * team) * team;
    int64_t rows = ((n + pieces - 1) / pieces + ALIGN_ROWS - 1) / ALIGN_ROWS * ALIGN_ROWS;
    k_split(team, n, rows, blas_piece, p);
}

/* May OpenBLAS have it: aligned floats, sizes that it can count in int. */
static bool plain(const struct k_weight *w, int64_t ldy, int64_t ldx)
{
    const int64_t most = INT32_MAX;
    return w->dtype == DT_F32 && (uintptr_t)w->data % sizeof(float) == 0 && w->cols <= most &&
           ldx <= most && ldy <= most;
}

void k_linear(float *y, int64_t ldy, const float *x, int64_t ldx, const struct k_weight *w,
              const struct k_weight *bias, int64_t m)
{
    if (m <= 0 || w->rows <= 0)
        return;
    const struct k_ops *ops = k_ops();
    float *take;
    const float *b = k_floats(bias, w->rows, &take);
    /* Very many rows in parts of one size, so that no piece of work takes long. */
    int64_t parts = (m + MOST_ROWS - 1) / MOST_ROWS;
    for (int64_t i = 0; parts > 0; parts--) {
        int64_t rows = (m - i) / parts;
        bool many = rows >= ops->blas_rows && w->cols >= ops->blas_columns && w->rows >= 32;
        struct product p = {y + i * ldy, ldy, x + i * ldx, ldx, w, b, rows};
        bool fits = plain(w, ldy, ldx);
        (fits && many ? blas : fits && rows >= ops->turn_rows ? turned : own)(&p);
        i += rows;
    }
    free(take);
}
