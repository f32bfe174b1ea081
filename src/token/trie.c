/* Trie over bytes. All edges lie in one hash table keyed by (node, byte): a vocabulary of any size
 * is built in one pass over its bytes, and a step costs about one look at memory. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "internal.h"

struct trie_edge {
    uint32_t key; /* node << 8 | byte */
    uint32_t to;  /* 0: free, since no edge leads to the root */
};

enum { MOST_NODES = 1 << 24 };

static uint32_t place(const struct trie *t, uint32_t key)
{
    uint64_t h = key * UINT64_C(0x9E3779B97F4A7C15);
    return (uint32_t)(h >> 32) & (t->slots - 1);
}

static struct trie_edge *find(const struct trie *t, uint32_t key)
{
    for (uint32_t i = place(t, key);; i = (i + 1) & (t->slots - 1)) {
        struct trie_edge *edge = &t->edges[i];
        if (edge->to == 0 || edge->key == key)
            return edge;
    }
}

void trie_init(struct trie *t, size_t keys)
{
    /* About three nodes a key are what vocabularies of subwords come to. */
    size_t slots = 64;
    while (slots < 6 * keys && slots < 2 * (size_t)MOST_NODES)
        slots *= 2;
    *t = (struct trie){.slots = (uint32_t)slots, .nodes = 1, .cap = (uint32_t)(slots / 2)};
    t->edges = mem_alloc(slots * sizeof *t->edges);
    t->values = mem_realloc(NULL, t->cap * sizeof *t->values);
    t->values[0] = -1;
}

void trie_release(struct trie *t)
{
    free(t->edges);
    free(t->values);
    *t = (struct trie){0};
}

static void grow(struct trie *t)
{
    struct trie old = *t;
    t->slots *= 2;
    t->cap = t->slots / 2;
    t->edges = mem_alloc((size_t)t->slots * sizeof *t->edges);
    t->values = mem_realloc(t->values, (size_t)t->cap * sizeof *t->values);
    for (uint32_t i = 0; i < old.slots; i++)
        if (old.edges[i].to)
            *find(t, old.edges[i].key) = old.edges[i];
    free(old.edges);
}

int trie_add(struct trie *t, const char *key, size_t n, int32_t value)
{
    uint32_t node = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t label = node << 8 | (unsigned char)key[i];
        struct trie_edge *edge = find(t, label);
        if (!edge->to) {
            if (t->nodes >= MOST_NODES)
                return -2;
            if (t->nodes == t->cap) { /* keeps the table at most half full */
                grow(t);
                edge = find(t, label);
            }
            *edge = (struct trie_edge){.key = label, .to = t->nodes};
            t->values[t->nodes++] = -1;
        }
        node = edge->to;
    }
    if (t->values[node] >= 0)
        return -1;
    t->values[node] = value;
    return 0;
}

uint32_t trie_step(const struct trie *t, uint32_t node, unsigned char byte)
{
    return find(t, node << 8 | byte)->to;
}
