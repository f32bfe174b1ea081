/* Arena: blocks of zeroed memory that grow with use and are freed together. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { FIRST_BLOCK = 4096, LAST_BLOCK = 1 << 20 };

struct arena_block {
    struct arena_block *next;
    size_t used, size;
    max_align_t data[];
};

static struct arena_block *block_new(size_t size)
{
    size_t bytes;
    if (!mem_add(size, sizeof(struct arena_block), &bytes))
        bytes = SIZE_MAX; /* which mem_alloc refuses */
    struct arena_block *b = mem_alloc(bytes);
    b->size = size;
    return b;
}

void *arena_alloc(struct arena *a, size_t n)
{
    const size_t align = _Alignof(max_align_t);
    size_t need = n > SIZE_MAX - align ? SIZE_MAX : (n + align - 1) / align * align;
    struct arena_block *b = a->head;
    if (!b || need > b->size - b->used) {
        size_t size = !b ? FIRST_BLOCK : b->size < LAST_BLOCK ? b->size * 2 : LAST_BLOCK;
        struct arena_block *fresh = block_new(need > size / 2 ? need : size);
        if (b && need > size / 2) { /* a block of its own; the current one stays in use */
            fresh->next = b->next;
            b->next = fresh;
        } else {
            fresh->next = b;
            a->head = fresh;
        }
        b = fresh;
    }
    void *p = (char *)b->data + b->used;
    b->used += need;
    return p;
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
    char *copy = arena_alloc(a, n == SIZE_MAX ? n : n + 1);
    if (n)
        memcpy(copy, s, n);
    return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
    return arena_strndup(a, s, strlen(s));
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    char usual[128]; /* what most texts fit in: they are written once */
    int n = vsnprintf(usual, sizeof usual, fmt, ap);
    va_end(ap);
    char *s = arena_alloc(a, n < 0 ? 1 : (size_t)n + 1);
    if (n > 0 && (size_t)n < sizeof usual)
        memcpy(s, usual, (size_t)n);
    else if (n > 0)
        vsnprintf(s, (size_t)n + 1, fmt, again);
    va_end(again);
    return s;
}

void arena_adopt(struct arena *a, struct arena *from)
{
    struct arena_block **last = &a->head;
    while (*last)
        last = &(*last)->next;
    *last = from->head;
    from->head = NULL;
}

void arena_release(struct arena *a)
{
    while (a->head) {
        struct arena_block *b = a->head;
        a->head = b->next;
        free(b);
    }
}
