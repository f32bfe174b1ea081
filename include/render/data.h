/* Data: what a command returns to programs. A small tree of null, boolean, integer, number, string,
 * list, object and tensor; it becomes JSON under --json and a Lua value in a script. */
#ifndef RASAD_RENDER_DATA_H
#define RASAD_RENDER_DATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "tensor/tensor.h"

enum data_kind {
    DATA_NULL,
    DATA_BOOL,
    DATA_INT,
    DATA_NUM,
    DATA_STR,
    DATA_LIST,
    DATA_MAP,
    DATA_TENSOR
};

struct data {
    enum data_kind kind;
    const char *key; /* in an object */
    union {
        bool b;
        int64_t i;
        double d;
        struct {
            const char *s;
            size_t n;
        } str;
        struct tensor *t; /* in the arena; holds a reference until data_release */
    } u;
    struct data *first, *last, *next; /* members of a list or object; the next sibling */
};

/* All nodes and strings live in the arena; data_release drops the references of tensors. */
struct data *data_map(struct arena *a);
struct data *data_list(struct arena *a);
/* Adding to an object (key) or a list (key NULL). Strings are copied; a NULL string becomes null.
 * Keys of one object are the caller's to keep distinct. Trees are as deep as the commands make
 * them, never as deep as a file says. */
void data_add_null(struct arena *a, struct data *to, const char *key);
void data_add_bool(struct arena *a, struct data *to, const char *key, bool v);
void data_add_int(struct arena *a, struct data *to, const char *key, int64_t v);
void data_add_num(struct arena *a, struct data *to, const char *key, double v);
void data_add_str(struct arena *a, struct data *to, const char *key, const char *s);
void data_add_strn(struct arena *a, struct data *to, const char *key, const char *s, size_t n);
void data_add_tensor(struct arena *a, struct data *to, const char *key, const struct tensor *t);
struct data *data_add_map(struct arena *a, struct data *to, const char *key);
struct data *data_add_list(struct arena *a, struct data *to, const char *key);
/* Puts a tree that has no place yet into an object or list; both live in arenas that live as long. */
void data_attach(struct arena *a, struct data *to, const char *key, struct data *d);
const struct data *data_get(const struct data *map, const char *key); /* NULL: none */
/* The part of the data that a path names: "sites[0].shape", "rows[name=enc.0.self].total",
 * "data[0][2]" (a number of a tensor), "ids.length" (of a list); negative indices count from the
 * end. What is not there is an error that tells what is. */
bool data_path(struct arena *a, const struct data *d, const char *path, const struct data **out,
               struct err *e);
void data_release(struct data *d);

/* JSON on one line, no newline at the end. Numbers round-trip (%.9g for float tensors, %.17g for
 * doubles, integers exactly); infinities and NaN become the strings "inf" "-inf" "nan"; bytes that
 * are not UTF-8 become U+FFFD; controls of every kind are escaped. Tensors are nested as their
 * shape, row-major; rank 0 is a number. */
void data_json(struct str *out, const struct data *d);
void data_json_string(struct str *out, const char *s, size_t n); /* with its quotes */

#endif
