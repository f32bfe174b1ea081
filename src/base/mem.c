/* Memory: allocations that end the program when none is left, large ones that do not, and checked
 * sums and products of sizes. */
#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Nothing sensible can be done without a few bytes; the status is the one promised for this. */
static _Noreturn void out_of_memory(size_t n)
{
    fprintf(stderr, "rasad: out of memory (%zu bytes)\n", n);
    exit(4);
}

void *mem_alloc(size_t n)
{
    void *p = calloc(1, n ? n : 1);
    if (!p)
        out_of_memory(n);
    return p;
}

void *mem_realloc(void *p, size_t n)
{
    void *q = realloc(p, n ? n : 1);
    if (!q)
        out_of_memory(n);
    return q;
}

char *mem_strndup(const char *s, size_t n)
{
    if (n == SIZE_MAX)
        out_of_memory(n);
    char *copy = malloc(n + 1);
    if (!copy)
        out_of_memory(n);
    if (n)
        memcpy(copy, s, n);
    copy[n] = '\0';
    return copy;
}

char *mem_strdup(const char *s)
{
    return mem_strndup(s, strlen(s));
}

char *mem_printf(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    char *s = NULL;
    if (vasprintf(&s, fmt, ap) < 0)
        out_of_memory(0);
    va_end(ap);
    return s;
}

void *mem_try(size_t n)
{
    enum { ALIGN = 64 };
    if (n > SIZE_MAX - ALIGN)
        return NULL;
    size_t whole = (n + ALIGN - 1) / ALIGN * ALIGN;
    return aligned_alloc(ALIGN, whole ? whole : ALIGN);
}

bool mem_mul(size_t a, size_t b, size_t *out)
{
    return !__builtin_mul_overflow(a, b, out);
}

bool mem_add(size_t a, size_t b, size_t *out)
{
    return !__builtin_add_overflow(a, b, out);
}

void *mem_grow(void *p, size_t *cap, size_t item)
{
    size_t more, bytes;
    if (!mem_add(*cap, *cap / 2 + 8, &more) || !mem_mul(more, item, &bytes))
        out_of_memory(SIZE_MAX);
    *cap = more;
    return mem_realloc(p, bytes);
}
