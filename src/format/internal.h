/* Shared inside the format layer: a strict JSON reader for tables of tensors, the shape of an open
 * set of weights, and the sink that the writers of save.h print to. */
#ifndef RASAD_FORMAT_INTERNAL_H
#define RASAD_FORMAT_INTERNAL_H

#include <stdio.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/map.h"
#include "base/str.h"
#include "format/save.h"
#include "format/weights.h"

/* Text of a file made fit for a message: visible, in one piece and not longer than this. Use it as
 * an argument: err_set(e, ERR_FILE, "tensor \"%s\" ...", shown(name, len).s) */
struct shown {
    char s[192];
};
struct shown shown(const char *s, size_t n);
struct shown shown_path(const char *path); /* keeps the end, where the file's name is */

/* scan.c: reads JSON piece by piece without building a tree. The text must be valid UTF-8. After
 * the first mistake `why` says what is wrong, `at` where, and every further call returns false. */
struct slice {
    const char *s; /* not NUL-terminated; valid until the next scan_string when it had escapes */
    size_t n;
};
struct scan {
    const char *text;
    size_t n, at;
    const char *why;
    struct str decoded; /* the last string that had escapes */
};
struct scan scan_make(const char *text, size_t n);
void scan_release(struct scan *s);
char scan_peek(struct scan *s);         /* the next byte after white space; 0 at the end */
bool scan_open(struct scan *s, char c); /* takes '{' or '[' */
/* In a list or object closed by `close`: true when one more element follows (its comma is taken),
 * false when `close` was taken or the text is wrong. *first is true before the first element. */
bool scan_more(struct scan *s, char close, bool *first);
bool scan_key(struct scan *s, struct slice *out);    /* a string and its ':' */
bool scan_string(struct scan *s, struct slice *out); /* U+0000 in it is refused */
bool scan_u64(struct scan *s, uint64_t *out);        /* a plain non-negative integer */
bool scan_skip(struct scan *s);                      /* any one value */
bool scan_end(struct scan *s);                       /* nothing but white space is left */
bool slice_is(struct slice a, const char *word);

/* An open set of weights. Items lie in the order of the headers; `order` is that of the data. */
struct shard {
    char *path;
    struct storage *st;
    size_t first; /* index of its first item */
};
struct weights {
    struct arena arena; /* names and metadata */
    struct weight *items;
    size_t n, cap;
    size_t *order; /* indices of items */
    size_t norder, caporder;
    struct map by_name; /* -> index in items */
    struct shard *shards;
    size_t nshards, capshards;
    struct save_meta *meta;
    size_t nmeta, capmeta;
    size_t bytes;
    char *note;
};
/* Adds the tensors of one .safetensors file (a new shard). On failure w may hold some of them and
 * can only be freed. */
bool safetensors_read(struct weights *w, const char *path, struct err *e);
/* The same for every file that an index lists. */
bool index_read(struct weights *w, const char *path, struct err *e);
const struct shard *weights_shard(const struct weights *w, size_t item);

/* What a writer of save.c prints to. The first failure is kept and the rest goes nowhere. */
struct sink {
    FILE *f;
    int failed;     /* errno of the first failure */
    uint64_t bytes; /* written so far */
};
void sink_put(struct sink *s, const void *p, size_t n);
void sink_text(struct sink *s, const char *text);
void sink_number(struct sink *s, float x); /* shortest of 9 digits that reads back; inf, nan */
void sink_u16(struct sink *s, unsigned v); /* little endian */
void sink_u32(struct sink *s, uint32_t v);
/* A JSON string with its quotes; bytes that are not UTF-8 become U+FFFD. */
void json_quote(struct str *out, const char *s);
/* False (ERR_INTERRUPT) when the user asked to stop, or when the sink has failed. */
bool save_go(const struct sink *s, struct err *e);

typedef bool save_fn(struct sink *s, const struct save_item *items, size_t n,
                     const struct save_meta *meta, size_t nmeta, struct err *e);
save_fn save_safetensors, save_npz, save_npy, save_json, save_csv;
/* The header of an .npy file of a float32 array, padded to 64 bytes. */
void npy_header(struct str *out, const struct tensor *t);

#endif
