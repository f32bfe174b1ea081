/* Memory: small allocations abort when memory is out, tensor-sized ones return NULL to the caller,
 * and every product of sizes is checked. */
#ifndef RASAD_BASE_MEM_H
#define RASAD_BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void *mem_alloc(size_t n);            /* never NULL; zeroed */
void *mem_realloc(void *p, size_t n); /* never NULL */
char *mem_strdup(const char *s);
char *mem_strndup(const char *s, size_t n);
char *mem_printf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* For what the user's model or text makes large: 64-byte aligned, not zeroed, NULL when it cannot
 * be had. Freed with free(). */
void *mem_try(size_t n);

/* *out = a * b or a + b; false on overflow. */
bool mem_mul(size_t a, size_t b, size_t *out);
bool mem_add(size_t a, size_t b, size_t *out);

/* Growable array: `struct item *v; size_t n, cap;` then ARRAY_PUSH(v, n, cap) = item; */
#define ARRAY_PUSH(v, n, cap)                                                                      \
    (*(((n) == (cap) ? (void)((v) = mem_grow((v), &(cap), sizeof *(v))) : (void)0), &(v)[(n)++]))
void *mem_grow(void *p, size_t *cap, size_t item);

#endif
