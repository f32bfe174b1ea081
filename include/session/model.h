/* A model as it lies on disk: configuration, plan, weights, tokenizers. Any of weights and
 * tokenizers may be missing: what does not need them still works. */
#ifndef RASAD_SESSION_MODEL_H
#define RASAD_SESSION_MODEL_H

#include "engine/gen.h"
#include "engine/plan.h"
#include "format/config.h"
#include "format/weights.h"
#include "token/tokenizer.h"

/* The modules of a sentence-transformers folder (modules.json); none in others. */
struct module_weights {
    char *folder;
    struct weights *w;
};
struct modules {
    struct config **items, **own; /* of modules.json; the config.json of each, NULL = none */
    int n;
    char
        *encoder; /* the encoder's folder in the model's own, "" = that itself; NULL = no modules */
    struct module_weights *weights;
    int nweights;
};

struct model {
    int refs;
    char *path, *name;           /* as given; last component of the folder */
    char *root;                  /* the folder that it was opened from, NULL = no folder */
    const struct family *family; /* NULL: a tokenizer file alone */
    struct config *config, *generation;
    struct plan *plan;        /* NULL: a tokenizer file alone */
    struct weights *weights;  /* NULL: none */
    struct tensor *params;    /* one for each parameter of the plan (data NULL = absent) */
    const char **param_names; /* the name that each has in the file */
    struct modules modules;
    int64_t max_tokens; /* a longer text is cut to so many, 0 = never */
    struct gen_rules rules;
    struct gen_options defaults;    /* what generation_config.json asks for */
    struct tokenizer *tokenizer[2]; /* by token_side; NULL: none */
    struct err
        tokenizer_error; /* why the folder's tokenizer files cannot be used; ERR_NONE = they can */
    char **notes;        /* things worth saying once: unexpected tensors and the like */
    size_t nnotes, notes_cap;
};

/* A folder or a single file (.safetensors with a config beside it, a tokenizer file). Errors:
 * ERR_FILE. */
bool model_open(const char *path, struct model **out, struct err *e);
/* From a configuration alone: no weights, no tokenizers. Takes `c` over, also when it fails. */
bool model_of_config(struct config *c, const char *name, struct model **out, struct err *e);
/* The same with all that a plan is built from, as a document tells it: all are taken over, also when
 * it fails; of the tensors the names and shapes count (NULL: there were no weights). */
struct model_parts {
    struct config *config, *generation;
    struct modules modules;
    struct weights *tensors;
};
bool model_of_parts(const struct model_parts *x, const char *name, struct model **out,
                    struct err *e);
struct model *model_ref(struct model *m); /* one more holder */
void model_free(struct model *m);         /* drops a reference; the last one frees */

/* Distinct parameters: those of the file when there are weights, else the plan's. */
int64_t model_parameters(const struct model *m);
size_t model_bytes(const struct model *m); /* of those that are in the file, in its types */
/* A fingerprint of the plan's shapes and of every weight, the same on every machine: 16 hexadecimal
 * digits. Reads all weights. */
void model_digest(const struct model *m, char out[17]);
/* Where the bundled models lie (beside the program, or installed): NULL when nowhere. The caller
 * frees. */
char *model_bundled(const char *name);
/* The same for other files of the examples: "words.fa.txt". */
char *example_file(const char *name);

#endif
