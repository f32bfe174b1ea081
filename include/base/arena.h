/* Arena: memory for what dies together (a plan, a configuration, a vocabulary, one command's
 * result). */
#ifndef RASAD_BASE_ARENA_H
#define RASAD_BASE_ARENA_H

#include <stddef.h>

struct arena_block;
struct arena {
    struct arena_block *head;
};

#define ARENA_INIT                                                                                 \
    {                                                                                              \
        0                                                                                          \
    }

void *arena_alloc(struct arena *a, size_t n); /* zeroed, aligned for any type, never NULL */
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* `from` is empty afterwards; what was in it lives as long as `a`. */
void arena_adopt(struct arena *a, struct arena *from);
void arena_release(struct arena *a); /* frees everything; the arena may be used again */

#endif
