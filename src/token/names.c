/* Spellings to ids: a hash table of eight bytes a slot, whose keys are the spellings that the owner
 * keeps by id. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "internal.h"

struct name_slot {
    uint32_t hash;
    uint32_t id; /* plus 1; 0: free */
};

static size_t slots_for(size_t names)
{
    size_t slots = 16;
    while (slots / 2 < names)
        slots *= 2;
    return slots;
}

void names_init(struct names *t, size_t expected, size_t stride)
{
    *t = (struct names){.cap = slots_for(expected), .stride = stride};
    t->slots = mem_alloc(t->cap * sizeof *t->slots);
}

void names_release(struct names *t)
{
    free(t->slots);
    *t = (struct names){0};
}

static const struct spelling *spelling_of(const struct names *t, uint32_t id)
{
    return (const struct spelling *)((const char *)t->items + (size_t)id * t->stride);
}

/* Seeded by the address of the table, which its owner does not move. */
static uint32_t hash_of(const struct names *t, const char *s, size_t n)
{
    return (uint32_t)hash_bytes(hash_seed(t), s, n);
}

static struct name_slot *find(const struct names *t, uint32_t hash, const char *s, size_t n)
{
    size_t mask = t->cap - 1;
    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        struct name_slot *slot = &t->slots[i];
        if (slot->id == 0)
            return slot;
        if (slot->hash != hash)
            continue;
        const struct spelling *have = spelling_of(t, slot->id - 1);
        if (have->n == n && memcmp(have->s, s, n) == 0)
            return slot;
    }
}

static void grow(struct names *t)
{
    struct names old = *t;
    t->cap *= 2;
    t->slots = mem_alloc(t->cap * sizeof *t->slots);
    for (size_t i = 0; i < old.cap; i++) {
        struct name_slot slot = old.slots[i];
        size_t at = slot.hash & (t->cap - 1);
        if (!slot.id)
            continue;
        while (t->slots[at].id)
            at = (at + 1) & (t->cap - 1);
        t->slots[at] = slot;
    }
    free(old.slots);
}

bool names_add(struct names *t, int32_t id)
{
    if (t->n >= t->cap / 2)
        grow(t);
    const struct spelling *new = spelling_of(t, (uint32_t)id);
    uint32_t hash = hash_of(t, new->s, new->n);
    struct name_slot *slot = find(t, hash, new->s, new->n);
    if (slot->id)
        return false;
    *slot = (struct name_slot){hash, (uint32_t)id + 1};
    t->n++;
    return true;
}

int32_t names_find(const struct names *t, const char *s, size_t n)
{
    return t->n ? (int32_t)find(t, hash_of(t, s, n), s, n)->id - 1 : -1;
}
