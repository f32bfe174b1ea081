/* Tensors: storage and its count of references, views, element access, copies. */
#include "tensor/tensor.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/mem.h"

/* A page that is touched for the first time costs microseconds, more than the row that is written to it.
 * So what is large asks for huge pages, and what is smaller gets its pages at once. Advice only. */
static void ready_pages(void *data, size_t bytes)
{
    enum { PAGE = 4 << 10, HUGE_PAGE = 2 << 20, LEAST = 32 << 10 };
    size_t unit = bytes >= 2 * (size_t)HUGE_PAGE ? HUGE_PAGE : PAGE;
    uintptr_t from = ((uintptr_t)data + unit - 1) / unit * unit;
    uintptr_t to = ((uintptr_t)data + bytes) / unit * unit;
    if (bytes < LEAST || from >= to)
        return;
    if (unit == HUGE_PAGE)
        madvise((void *)from, to - from, MADV_HUGEPAGE);
#ifdef MADV_POPULATE_WRITE
    else
        madvise((void *)from, to - from, MADV_POPULATE_WRITE);
#endif
}

#if defined __SANITIZE_ADDRESS__
enum { REUSE = false }; /* what is used after it was freed is to be found */
#else
enum { REUSE = true };
#endif

/* Memory of values that are gone, kept for the next ones: the system would take its pages back and
 * give them anew, a microsecond each, for every sentence. Only blocks that are worth it; the oldest
 * go first. Tensors are made and freed by one thread. */
enum { SPARES = 64, SPARE_LEAST = 32 << 10, SPARE_MOST = 4 << 20, SPARE_SUM = 16 << 20 };
static struct spare {
    void *data;
    size_t bytes;
} spares[SPARES];
static int nspares;
static size_t spare_sum;

static void *take_spare(int i)
{
    void *data = spares[i].data;
    spare_sum -= spares[i].bytes;
    nspares--;
    memmove(&spares[i], &spares[i + 1], (size_t)(nspares - i) * sizeof *spares);
    return data;
}

/* The data of a new storage; *bytes grows to what there is. Not so much that it would be a waste. */
static void *new_data(size_t *bytes)
{
    for (int i = nspares - 1; i >= 0; i--)
        if (spares[i].bytes >= *bytes && spares[i].bytes - *bytes <= *bytes / 4) {
            *bytes = spares[i].bytes;
            return take_spare(i);
        }
    void *data = mem_try(*bytes ? *bytes : 1);
    if (data)
        ready_pages(data, *bytes);
    return data;
}

static void free_data(void *data, size_t bytes)
{
    if (!REUSE || bytes < SPARE_LEAST || bytes > SPARE_MOST) {
        free(data);
        return;
    }
    while (nspares == SPARES || spare_sum + bytes > SPARE_SUM)
        free(take_spare(0));
    spares[nspares++] = (struct spare){data, bytes};
    spare_sum += bytes;
}

struct storage *storage_new(size_t bytes, const char *what, struct err *e)
{
    size_t room = bytes;
    void *data = new_data(&room);
    if (!data) {
        err_memory(e, bytes, what);
        return NULL;
    }
    struct storage *s = mem_alloc(sizeof *s);
    *s = (struct storage){.data = data, .bytes = bytes, .room = room, .refs = 1};
    return s;
}

struct storage *storage_of_mapping(struct mapping *m)
{
    struct storage *s = mem_alloc(sizeof *s);
    /* The pages are read-only; the struct has one data pointer for both kinds of storage. */
    *s = (struct storage){
        .data = (void *)(uintptr_t)m->data, .bytes = m->size, .refs = 1, .map = mapping_ref(m)};
    return s;
}

struct storage *storage_ref(struct storage *s)
{
    if (s)
        s->refs++;
    return s;
}

void storage_unref(struct storage *s)
{
    if (!s || --s->refs > 0)
        return;
    if (s->map)
        mapping_unref(s->map);
    else
        free_data(s->data, s->room);
    free(s);
}

/* Bytes of a tensor of that shape, or false: a negative size, too many axes, an overflow. */
static bool shape_bytes(enum dtype t, int ndim, const int64_t *shape, size_t *bytes)
{
    size_t n = dtype_size(t);
    if (ndim < 0 || ndim > TENSOR_DIMS || n == 0)
        return false;
    bool empty = false;
    for (int i = 0; i < ndim; i++) {
        if (shape[i] < 0)
            return false;
        empty |= shape[i] == 0;
        if (shape[i] > 0 && !mem_mul(n, (size_t)shape[i], &n))
            return false;
    }
    *bytes = empty ? 0 : n;
    return n <= PTRDIFF_MAX;
}

struct tensor tensor_borrow(enum dtype t, int ndim, const int64_t *shape, const void *data)
{
    assert(ndim >= 0 && ndim <= TENSOR_DIMS);
    struct tensor r = {.dtype = t, .ndim = ndim, .data = (void *)(uintptr_t)data};
    int64_t step = 1;
    for (int i = ndim - 1; i >= 0; i--) {
        r.shape[i] = shape[i];
        r.stride[i] = step;
        step *= shape[i] > 0 ? shape[i] : 1;
    }
    return r;
}

bool tensor_new(struct tensor *out, enum dtype t, int ndim, const int64_t *shape, const char *what,
                struct err *e)
{
    size_t bytes;
    if (!shape_bytes(t, ndim, shape, &bytes))
        return err_set(e, ERR_COMMAND, "%s: no tensor can have this shape (%d axes, %s)", what,
                       ndim, dtype_name(t));
    struct storage *s = storage_new(bytes, what, e);
    if (!s)
        return false;
    *out = tensor_borrow(t, ndim, shape, s->data);
    out->st = s;
    return true;
}

struct tensor tensor_ref(const struct tensor *t)
{
    storage_ref(t->st);
    return *t;
}

void tensor_unref(struct tensor *t)
{
    storage_unref(t->st);
    *t = (struct tensor){0};
}

void tensor_set_axes(struct tensor *t, const char *const *names)
{
    for (int i = 0; i < t->ndim; i++) {
        size_t n = strnlen(names[i], AXIS_NAME - 1);
        memcpy(t->axis[i], names[i], n);
        memset(t->axis[i] + n, 0, AXIS_NAME - n);
    }
}

void shape_text(struct str *out, int ndim, const int64_t *shape)
{
    str_addc(out, '[');
    for (int i = 0; i < ndim; i++)
        str_addf(out, "%s%lld", i > 0 ? ", " : "", (long long)shape[i]);
    str_addc(out, ']');
}

int64_t tensor_count(const struct tensor *t)
{
    int64_t n = 1;
    for (int i = 0; i < t->ndim; i++)
        n *= t->shape[i];
    return n;
}

bool tensor_contiguous(const struct tensor *t)
{
    if (tensor_count(t) == 0)
        return true;
    int64_t step = 1;
    for (int i = t->ndim - 1; i >= 0; i--) {
        if (t->shape[i] > 1 && t->stride[i] != step)
            return false;
        step *= t->shape[i];
    }
    return true;
}

static const unsigned char *at(const struct tensor *t, int64_t element)
{
    return (const unsigned char *)t->data + element * (int64_t)dtype_size(t->dtype);
}

double tensor_get(const struct tensor *t, const int64_t *index)
{
    int64_t offset = 0;
    for (int i = 0; i < t->ndim; i++) {
        assert(index[i] >= 0 && index[i] < t->shape[i]);
        offset += index[i] * t->stride[i];
    }
    return dtype_load(t->dtype, at(t, offset));
}

float *tensor_f32(const struct tensor *t)
{
    assert(t->dtype == DT_F32);
    return t->data;
}

struct tensor tensor_index(const struct tensor *t, int axis, int64_t i)
{
    assert(axis >= 0 && axis < t->ndim && i >= 0 && i < t->shape[axis]);
    struct tensor r = *t;
    r.data = (void *)(uintptr_t)at(t, i * t->stride[axis]);
    r.ndim--;
    for (int d = axis; d < r.ndim; d++) {
        r.shape[d] = t->shape[d + 1];
        r.stride[d] = t->stride[d + 1];
        memcpy(r.axis[d], t->axis[d + 1], AXIS_NAME);
    }
    r.shape[r.ndim] = r.stride[r.ndim] = 0;
    memset(r.axis[r.ndim], 0, AXIS_NAME);
    return r;
}

struct tensor tensor_slice(const struct tensor *t, int axis, int64_t from, int64_t to)
{
    assert(axis >= 0 && axis < t->ndim && from >= 0 && from <= to && to <= t->shape[axis]);
    struct tensor r = *t;
    r.data = (void *)(uintptr_t)at(t, from * t->stride[axis]);
    r.shape[axis] = to - from;
    return r;
}

struct tensor tensor_permute(const struct tensor *t, const int *order)
{
    struct tensor r = *t;
    for (int i = 0; i < t->ndim; i++) {
        assert(order[i] >= 0 && order[i] < t->ndim);
        r.shape[i] = t->shape[order[i]];
        r.stride[i] = t->stride[order[i]];
        memcpy(r.axis[i], t->axis[order[i]], AXIS_NAME);
    }
    return r;
}

int tensor_axis(const struct tensor *t, const char *name)
{
    for (int i = 0; i < t->ndim; i++)
        if (t->axis[i][0] && strcmp(t->axis[i], name) == 0)
            return i;
    return -1;
}

/* Walks all rows (the last axis) of one or two tensors of one shape in logical order. */
struct walk {
    int64_t index[TENSOR_DIMS];
    int64_t rows, n, a, b; /* rows left, length of a row, offsets of the row in elements */
};

static struct walk walk_start(const struct tensor *t)
{
    struct walk w = {.n = t->ndim ? t->shape[t->ndim - 1] : 1, .rows = 1};
    for (int i = 0; i < t->ndim - 1; i++)
        w.rows *= t->shape[i];
    if (w.n == 0)
        w.rows = 0;
    return w;
}

static void walk_next(struct walk *w, const struct tensor *ta, const struct tensor *tb)
{
    w->rows--;
    for (int i = ta->ndim - 2; i >= 0; i--) {
        w->a += ta->stride[i];
        w->b += tb->stride[i];
        if (++w->index[i] < ta->shape[i])
            return;
        w->a -= ta->stride[i] * ta->shape[i];
        w->b -= tb->stride[i] * ta->shape[i];
        w->index[i] = 0;
    }
}

static int64_t last_stride(const struct tensor *t)
{
    return t->ndim ? t->stride[t->ndim - 1] : 1;
}

static void copy_all(struct tensor *dst, const struct tensor *src)
{
    int64_t sd = last_stride(dst), ss = last_stride(src);
    bool plain = src->dtype == DT_F32 && sd == 1 && ss == 1;
    for (struct walk w = walk_start(src); w.rows > 0; walk_next(&w, src, dst)) {
        float *to = (float *)dst->data + w.b;
        const unsigned char *from = at(src, w.a);
        int64_t step = ss * (int64_t)dtype_size(src->dtype);
        if (plain) {
            memmove(to, from, (size_t)w.n * sizeof *to);
            continue;
        }
        for (int64_t j = 0; j < w.n; j++)
            to[j * sd] = (float)dtype_load(src->dtype, from + j * step);
    }
}

bool tensor_to_f32(const struct tensor *t, struct tensor *out, struct err *e)
{
    struct tensor r;
    if (!tensor_new(&r, DT_F32, t->ndim, t->shape, "a float32 copy", e))
        return false;
    memcpy(r.axis, t->axis, sizeof r.axis);
    copy_all(&r, t);
    *out = r;
    return true;
}

bool tensor_copy(struct tensor *dst, const struct tensor *src, struct err *e)
{
    assert(dst->dtype == DT_F32);
    if (dst->ndim != src->ndim)
        return err_set(e, ERR_COMMAND, "cannot copy a tensor of %d axes into one of %d", src->ndim,
                       dst->ndim);
    for (int i = 0; i < dst->ndim; i++)
        if (dst->shape[i] != src->shape[i])
            return err_set(e, ERR_COMMAND, "cannot copy: axis %d has %lld elements, not %lld", i,
                           (long long)src->shape[i], (long long)dst->shape[i]);
    copy_all(dst, src);
    return true;
}

void tensor_scale(const struct tensor *t, float factor)
{
    int64_t at[TENSOR_DIMS] = {0};
    for (int64_t k = tensor_count(t); k > 0; k--) {
        int64_t offset = 0;
        for (int i = 0; i < t->ndim; i++)
            offset += at[i] * t->stride[i];
        float *x = (float *)t->data + offset;
        *x = factor == 0 ? 0 : *x * factor;
        for (int i = t->ndim - 1; i >= 0 && ++at[i] == t->shape[i]; i--)
            at[i] = 0;
    }
}

void tensor_stats(const struct tensor *t, struct tensor_stats *out)
{
    struct tensor_stats s = {.count = tensor_count(t), .min = INFINITY, .max = -INFINITY};
    int64_t step = last_stride(t), finite = 0;
    double sum = 0, squares = 0, off = 0, off2 = 0;
    bool first = true;
    double origin = 0; /* some element: sums of differences from it do not cancel */
    for (struct walk w = walk_start(t); w.rows > 0; walk_next(&w, t, t)) {
        for (int64_t j = 0; j < w.n; j++) {
            double v = dtype_load(t->dtype, at(t, w.a + j * step));
            if (!isfinite(v)) {
                s.nan += isnan(v) != 0;
                s.inf += isinf(v) != 0;
                continue;
            }
            if (first)
                origin = v;
            first = false;
            finite++;
            sum += v;
            squares += v * v;
            off += v - origin;
            off2 += (v - origin) * (v - origin);
            if (v < s.min)
                s.min = v;
            if (v > s.max)
                s.max = v;
        }
    }
    if (finite == 0) {
        s.mean = s.sd = s.min = s.max = NAN;
    } else {
        double shift = off / (double)finite, var = off2 / (double)finite - shift * shift;
        s.mean = sum / (double)finite;
        s.sd = var > 0 ? sqrt(var) : 0;
    }
    s.norm = sqrt(squares);
    *out = s;
}
