/* Sites as users write them: globs, heads, decoder steps, slices, other tools' spellings.
 *
 *   enc.0.self.pattern     one value            dec.*.cross.pattern.h2@3   head 2 at decoder position 3
 *   dec.0-2.resid_*        globs and ranges      enc.0.mlp.post[0,2,5:9]    a slice in logical axes
 *   self.q, pattern, h3    relative to the selected frame
 *   blocks.3.attn.hook_pattern, model.encoder.layers.0.self_attn.q_proj    other spellings
 * Numbers may be Persian or Arabic-Indic digits. */
#ifndef RASAD_SESSION_SITES_H
#define RASAD_SESSION_SITES_H

#include "engine/plan.h"
#include "tensor/tensor.h"

struct named_run;
struct session;

#define SITE_SLICES NODE_DIMS

struct slice {
    bool all;         /* ':' or absent */
    bool one;         /* a single index: the axis is dropped */
    int64_t from, to; /* [from, to); negative counts from the end */
};

/* One value that was meant, and which part of it. */
struct site_ref {
    const char *name; /* canonical, without head, step and slice; lives as long as the plan */
    int node;         /* in the plan */
    bool result;      /* the derived "result": z of each head times its part of W_O */
    int head;         /* -1: all */
    int64_t step;     /* decoder position; -1: all */
    int nslices;
    struct slice slices[SITE_SLICES];
};

/* All values that match, in order of execution. A pattern without match is an error that says why
 * (no such layer: the range; this decoder has no cross-attention; did you mean). `*out` is freed
 * with free(). `relative`: names may be relative to the frame selected in the session. */
bool sites_match(struct session *s, const char *text, struct site_ref **out, size_t *n,
                 struct err *e);
/* Exactly one value, else an error. */
bool sites_one(struct session *s, const char *text, struct site_ref *out, struct err *e);
/* A part of the program to stop at or run to: a value ("enc.2.self.pattern": first = last = its
 * node), or a part ("enc.2.self", "enc.2", "dec": its first and last node). */
bool sites_span(struct session *s, const char *text, int *first, int *last, int64_t *step,
                struct err *e);

/* The tensor of a reference: head, step and slices applied (new reference). Values that were not
 * kept are computed again from what was. */
bool sites_tensor(struct session *s, const struct site_ref *r, struct tensor *out, struct err *e);
/* The same of a named run; NULL = the present one. */
bool sites_tensor_of(struct session *s, struct named_run *run, const struct site_ref *r,
                     struct tensor *out, struct err *e);
/* "dec.0.cross.pattern.h2@3" */
void sites_text(const struct site_ref *r, struct str *out);

/* Do names of sites begin with these n bytes, in some family if not in this one? "enc", "mlm" */
bool sites_stem(const char *word, size_t n);
/* Every spelling of a site, one a line: TransformerLens, Hugging Face module, Marian's own. */
void sites_spellings(const struct plan *p, int node, struct str *out);
/* Completion: the next components after the typed prefix, e.g. "enc.0." -> "self" "mlp" ... Strings
 * in the arena; `open` tells that more follows. */
size_t sites_complete(struct session *s, struct arena *a, const char *prefix, const char ***names,
                      bool **open);

#endif
