/* Shared by the files of the session. */
#ifndef RASAD_SESSION_INTERNAL_H
#define RASAD_SESSION_INTERNAL_H

#include "session/session.h"

/* Drops the values computed again on demand: tokens or interventions changed. */
void session_drop_replay(struct session *s);
void replay_drop(struct replay *p);
void source_release(struct source *x);
void document_close(struct session *s);
int32_t *ids_copy(const int32_t *ids, int64_t n); /* NULL of NULL */
void named_run_release(struct named_run *r);
char *changes_text(const struct session *s); /* those in force, one a line; the caller frees */
void named_run_put(struct session *s, struct named_run *r); /* takes it over; replaces its name */
/* Whether a stop point holds at the operation just done or at the place reached; fills `out`.
 * Conditions that fail to evaluate are errors. */
bool stops_check(struct session *s, int done, struct place from, struct place to, struct stop *out,
                 bool *hit, struct err *e);
void stop_point_release(struct stop_point *b);
void intervention_free(struct intervention *v);
/* How many decoder positions lie before the pass, and with it. */
int64_t pass_start(const struct gen *g, int64_t pass);
int64_t pass_end(const struct gen *g, int64_t pass);

/* ---- sentence encoders (modules.c) ----------------------------------------------------------- */

/* Empty where the folder has no modules.json. Released with modules_release, also after an error. */
bool modules_open(const char *dir, struct modules *m, struct err *e);
void modules_release(struct modules *m);
/* The modules with their configurations as a JSON list, to make them again from; NULL: none. The
 * caller frees. */
char *modules_json(const struct modules *m);
bool modules_parse(const char *json, struct modules *m, struct err *e);
/* Appends the modules after the encoder to the plan, opens their weights (dir NULL: none are
 * there). */
bool modules_build(struct modules *m, struct plan *p, const char *dir, struct err *e);
/* max_seq_length (0 = none) and do_lower_case of the encoder's folder. */
bool modules_limit(const char *dir, int64_t *limit, bool *lower, struct err *e);
/* Does the folder name a prompt that goes before every text? */
bool modules_prompt(const char *dir, bool *has, struct err *e);
const struct weight *modules_weight(const struct modules *m, const char *name); /* NULL: none */

/* ---- names of sites (sites_why.c) ------------------------------------------------------------ */

/* What stands after a prefix in names of sites: "self, mlp, norm1". NULL-terminated, in the arena;
 * *open (or NULL) tells of each whether more follows it. */
const char **sites_children(const struct plan *p, const char *prefix, struct arena *a, bool **open);
int sites_heads(const struct plan *p, int node); /* 0: it has none */
/* Is the word a layer that "enc" or "dec" lacks? Then e says which there are. */
bool sites_layer_range(const struct plan *p, const char *prefix, const char *word, struct err *e);
/* Nothing matches `path` (typed as `text`): e says where it goes wrong. Returns false. */
bool sites_explain_miss(const struct plan *p, const char *text, const char *path, struct err *e);

#endif
