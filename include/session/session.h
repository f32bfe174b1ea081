/* The session: what the user has open (model, source, run, breaks, interventions, settings), and
 * the questions that commands and Lua ask of it. It never prints and never exits. */
#ifndef RASAD_SESSION_SESSION_H
#define RASAD_SESSION_SESSION_H

#include "engine/gen.h"
#include "format/save.h"
#include "session/corpus.h"
#include "session/lesson.h"
#include "session/model.h"
#include "session/question.h"
#include "session/settings.h"
#include "session/sites.h"
#include "words/w2v.h"

/* ---- what is open ---------------------------------------------------------------------------- */

struct source {
    char *text; /* as typed, direction marks stripped; NULL when ids were given */
    size_t len;
    struct encoding coding; /* of the text: tokens, spans, changes */
    int32_t *ids;           /* what the encoder gets */
    int32_t *segments;      /* of which text each is, where there are two; NULL = all 0 */
    char *pair;             /* the second of two texts, NULL = there is one */
    size_t pair_len;
    int64_t n;
};

/* A break stops at a value (once it is there) or at a part (before its first operation); a watch
 * stops when the value of an expression changes. */
struct stop_point {
    int number;
    bool watch, temporary, enabled;
    char *spec;      /* site as typed; of a watch, the expression */
    char *condition; /* Lua, or NULL */
    int first, last; /* nodes (see sites_span) */
    bool *nodes;     /* [nnodes] the values it stops at; NULL for a watch */
    bool part;
    int64_t step; /* decoder position, -1 = any */
    int64_t hits, ignore;
    char **commands; /* to run at the stop */
    size_t ncommands, commands_cap;
    bool site; /* watch: of one cell of a site, not of an expression */
    double last_value;
    bool has_last;
    char *why; /* watch: why it had no value when last looked at */
};
struct display {
    int number;
    bool enabled;
    char *text; /* a command line, or a site or expression for print */
};

/* A change to the computation that stays until it is undone. */
struct intervention {
    char *text; /* "dec.5.cross.h1 zero" */
    struct observer observer;
    bool *nodes;  /* [nnodes] what it changes */
    int head;     /* -1 all */
    int64_t step; /* -1 all */
    /* New rows in place: value as observers get it; returns false + e to stop the run. */
    bool (*apply)(struct intervention *v, struct tensor *value, int node, int64_t first,
                  struct err *e);
    void (*release)(struct intervention *v);
    bool looks; /* may change nothing (a hook of a script): the account does not mind */
    /* Set by apply where nothing was meant in these rows (another step): not counted as changed. */
    bool idle;
    size_t holders; /* named runs that need it too, to compute their values again */
    void *ud;
};

/* A fresh pass over the tokens of a run, for values that the run itself does not hold. */
struct replay {
    struct run *run;            /* NULL = none */
    int64_t end;                /* how many decoder tokens it went over */
    bool *nodes;                /* [nnodes] which values it holds */
    struct observer *observers; /* copies of those of the changes */
};

/* A run as it was when it was given a name: it shares what was computed then. */
struct named_run {
    char *name;
    char *text;           /* the changes in force, one a line; "" = none */
    struct source source; /* no coding */
    struct gen *gen;
    struct intervention **changes; /* those in force */
    size_t nchanges;
    bool hooked; /* a script changed it: what is not kept cannot be computed again */
    bool shown;  /* a document's: what it does not hold cannot be computed again */
    struct replay replay;
};

enum frame_level { FRAME_OP, FRAME_PART, FRAME_LAYER, FRAME_STACK, FRAME_GENERATION, FRAME_COUNT };

struct document; /* format/document.h: what is open read-only */
struct result;   /* render/view.h: only passed through here */

/* What the layers above lend to this one. */
struct session_hooks {
    void *ud; /* the session itself: its `script` and `shell` are what the layers above have */
    /* A Lua expression as a truth value or a number (conditions, watches). */
    bool (*eval_bool)(void *ud, const char *expr, bool *out, struct err *e);
    bool (*eval_number)(void *ud, const char *expr, double *out, struct err *e);
    /* A Lua expression as a value, drawn and as data; for print. */
    bool (*eval_value)(void *ud, const char *expr, struct result *out, struct err *e);
    /* Records a printed tensor in the value history; returns its number ($N), 0 = not recorded. */
    int (*record)(void *ud, const struct tensor *t);
    /* Something worth saying that is not data (goes to standard error). */
    void (*note)(void *ud, const char *text);
    /* Lets the user change a text in an editor. */
    bool (*edit)(void *ud, struct str *text, struct err *e);
    /* What is to be seen before the command under way is done (slow). */
    void (*show)(void *ud, const struct result *r);
    /* Long work: fraction 0..1, done: erase. */
    void (*progress)(void *ud, const char *what, double fraction, bool done);
};

struct session {
    struct model *model;
    struct document *document; /* the model is a document's: no weights, read-only; else NULL */
    struct source source;
    int32_t *prefix; /* without the start token */
    int64_t nprefix;
    struct gen *gen; /* the present run, NULL before start */
    struct replay replay;
    struct gen_options search; /* greedy, beam, sample: what run and emit use */
    enum keep keep;
    enum frame_level frame;
    struct settings settings;
    struct stop_point *stops;
    size_t nstops, stops_cap;
    struct display *displays;
    size_t ndisplays, displays_cap;
    bool measured;  /* set by what prints times that it measured: no two runs print the same */
    uint64_t *told; /* notes of session_note_once, with the text they are about */
    size_t ntold, told_cap;
    char **notes; /* of the user, for reports */
    size_t nnotes, notes_cap;
    char **lines; /* that were typed; of a document those typed before it was written */
    size_t nlines, lines_cap;
    double slow;     /* seconds between the sub-layers of run and continue, 0 = none */
    int next_number; /* of breaks and watches */
    int next_display;
    int64_t topk_next; /* rank at which a repeated topk goes on */
    struct intervention **interventions;
    size_t ninterventions, interventions_cap;
    struct named_run *runs;
    size_t nruns, runs_cap;
    struct session_hooks hooks;
    struct questions questions; /* those that wait for an answer */
    struct w2v *words;          /* word vectors, NULL = none */
    struct lesson_walk *lesson; /* the lesson under way, NULL = none */
    struct corpus *corpus;      /* the file whose sentences are walked, NULL = none */
    int64_t next_cell;          /* where a repeated `x` goes on, in cells of its tensor */
    int next_listed;            /* where a repeated `list` goes on: a node */
    uint64_t drawn;             /* how often questions were drawn: the next ones are others */
    void *user;                 /* aliases and commands made at run time, of the command layer */
    void *script;               /* the Lua state's owner, for the commands of that layer */
    void *shell;                /* the shell's state, for the commands of that layer */
};

struct session *session_new(void);
void session_free(struct session *s);
void session_note(struct session *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The same, but what was told of a text before is not told again. */
void session_note_once(struct session *s, const char *of, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

bool session_open(struct session *s, const char *path,
                  struct err *e);                      /* replaces the model; drops runs */
void session_take(struct session *s, struct model *m); /* the same with one that is made already */
void session_close(struct session *s);

/* ---- documents ------------------------------------------------------------------------------- */

/* Values as a document holds them: named by site, those of named runs "RUN/SITE". */
struct document_values {
    struct arena arena;
    struct save_item *v;
    size_t n, cap;
    size_t missing; /* asked for, but not computed */
};
/* The values of the nodes wanted [nnodes] of all runs, as far as each was computed. */
bool session_document_values(struct session *s, const bool *wanted, struct document_values *out,
                             struct err *e);
void document_values_release(struct document_values *x); /* also after an error */
/* Writes the input, the runs, the lines and the notes as a document with these values. commands:
 * what makes the session again; axes: JSON. Errors: those of document_write. */
bool session_write_document(struct session *s, const char *path, const struct document_values *x,
                            const char *axes, const char *commands, struct err *e);
/* Opens a document read-only, in place of the model: what was computed can be looked at. When it
 * fails, what was open stays. */
bool session_open_document(struct session *s, const char *path, struct err *e);
/* The lines of a document become the session's; its notes are added to those that are there. */
void session_take_words(struct session *s, const struct document *d);
/* Adds runs of a document, with the values that it holds, to the named ones: those that have a name
 * there, or (`as`) its present one under this name. digest: that of its model. Errors: nothing was
 * run, or its model has other values than the one open. */
bool session_borrow_runs(struct session *s, const char *path, const char *as, char digest[17],
                         struct err *e);
void session_typed(struct session *s, const char *line); /* the last 10000 are kept */

/* ---- input ----------------------------------------------------------------------------------- */

/* Strips direction marks (and says so in a note), tokenizes, checks the model's limit. Drops the
 * run. */
bool session_text(struct session *s, const char *text, size_t n, struct err *e);
/* A sentence encoder reads no more than its limit (model->max_tokens): what is too much is left out
 * before the special token at the end, and a note says so. */
void session_cut(struct session *s, struct encoding *x);
/* Two texts as one input, each token with its segment, for models that know segments. */
bool session_pair(struct session *s, const char *a, size_t na, const char *b, size_t nb,
                  struct err *e);
bool session_ids(struct session *s, const int32_t *ids, int64_t n, struct err *e);
/* The same with the segment of each; NULL = all 0. */
bool session_ids_segments(struct session *s, const int32_t *ids, const int32_t *segments, int64_t n,
                          struct err *e);
bool session_prefix_text(struct session *s, const char *text, size_t n, struct err *e);
bool session_prefix_ids(struct session *s, const int32_t *ids, int64_t n, struct err *e);
void session_prefix_clear(struct session *s);
void session_kill(struct session *s); /* drops the run */
/* The source as a run takes it: a batch of one. */
struct run_input source_input(const struct source *x);
/* Piece of a token id of the source or target side; "<id>" when the model has no tokenizer. Made
 * safe for printing by the renderer, not here. */
const char *session_piece(struct session *s, enum token_side side, int32_t id, char buf[24]);
/* Tokens of an axis of positions: source ids or decoder tokens so far. */
const int32_t *session_tokens(struct session *s, enum token_side side, int64_t *n);
/* The token of the source that stands for a missing one; -1: none is known. */
int32_t session_mask(const struct session *s);
/* Ids of the target as a text; NULL: there is no tokenizer, or the document does not say. */
const char *session_decode(struct session *s, const int32_t *ids, int64_t n, struct arena *a);

/* ---- running --------------------------------------------------------------------------------- */

enum ladder { STEP_OP, STEP_PART, STEP_LAYER, STEP_STACK, STEP_EMIT, STEP_ALL };

enum stop_reason {
    STOP_MOVED,    /* the asked number of steps is done */
    STOP_BREAK,    /* a break or watch: `number` */
    STOP_TARGET,   /* until: the site is reached */
    STOP_END,      /* the generation is over */
    STOP_BEGIN,    /* going back: the beginning */
    STOP_INTERRUPT /* Ctrl-C; the position is consistent */
};
const char *stop_reason_name(enum stop_reason r); /* "moved" "break" "target" "end" ... */
struct stop {
    enum stop_reason reason;
    int number;
    struct place from, to;
    int64_t emitted; /* tokens chosen on the way */
    int last_node;   /* the operation just done, -1 = none */
    double seconds;
    double old_value, new_value; /* of a watch */
};

/* Stands before the first operation; nothing is computed. Says in a note what keeping will take
 * when the limit does not allow everything. */
bool session_start(struct session *s, struct err *e);
/* The same with options of its own, as session_run takes them. */
bool session_begin(struct session *s, const struct gen_options *o, enum keep keep, struct err *e);
/* One pass over source, start token and prefix; nothing is generated. */
bool session_forward(struct session *s, struct err *e);
/* The same, or in a document the pass that was made. */
bool session_encode(struct session *s, struct err *e);
/* From the start to the end (or a break). */
bool session_run(struct session *s, const struct gen_options *o, enum keep keep, struct stop *out,
                 struct err *e);
/* Forward by `count` steps of the ladder; stops at breaks. Starts when nothing was. At the end of the
 * generation it fails when a change matched or changed nothing (session_account). */
bool session_step(struct session *s, enum ladder l, int64_t count, struct stop *out, struct err *e);
/* Runs until the site (a value: until it is there; a part: until before it). */
bool session_until(struct session *s, const char *spec, struct stop *out, struct err *e);
bool session_back(struct session *s, enum ladder l, int64_t count, struct stop *out, struct err *e);
bool session_goto(struct session *s, const char *spec, struct stop *out, struct err *e);
/* Takes this token at the pending choice (or at the last one made). */
bool session_choose(struct session *s, int32_t id, struct err *e);

/* ---- where ----------------------------------------------------------------------------------- */

/* The operation that comes next, or at the end the last one done; -1 when there is no run. */
int session_node(const struct session *s);
/* The decoder position under way. */
int64_t session_position(const struct session *s);
/* One line of the frame list: "enc.2.self", "layer 2 of 6" ...; false past the outermost. */
bool session_frame(const struct session *s, enum frame_level level, struct str *name,
                   struct str *about);
/* The prefix of sites of the selected frame: "enc.2.self", "enc.2", "enc"; "" = all. */
void session_frame_prefix(const struct session *s, struct str *out);

/* ---- stops, displays, interventions ---------------------------------------------------------- */

bool session_break(struct session *s, const char *spec, bool temporary, const char *condition,
                   int *number, struct err *e);
bool session_watch(struct session *s, const char *expr, int *number, struct err *e);
/* By its number; 0 is the one made last (files of commands cannot know the numbers). */
struct stop_point *session_stop_point(struct session *s, int64_t number, struct err *e);
bool session_delete(struct session *s, int64_t number, struct err *e); /* break, watch */
/* Takes ownership. Values computed after the present place count as untrue; earlier ones stay. */
bool session_intervene(struct session *s, struct intervention *v, struct err *e);
bool session_undo(struct session *s, size_t n, struct err *e);                 /* the last n */
bool session_remove(struct session *s, struct intervention *v, struct err *e); /* this one, freed */
/* After a run: an error when an intervention matched or changed nothing. */
bool session_account(struct session *s, struct err *e);

/* ---- values ---------------------------------------------------------------------------------- */

/* The value of a node: kept, or computed again by a fresh pass over the same tokens. New
 * reference. */
bool session_value(struct session *s, int node, struct tensor *out, struct err *e);
/* One number of a value recomputed from its operands, in double precision (see run_cell); operands
 * that were not kept are computed again. index: logical, all axes. */
bool session_cell(struct session *s, int node, const int64_t *index, double *out, struct str *log,
                  struct err *e);
struct binding session_binding(const struct session *s); /* sizes now; S and T 0 when unknown */

/* ---- named runs ------------------------------------------------------------------------------ */

/* Gives the present run a name; it goes on by itself and the named one stays as it is. One of that
 * name is replaced. Names: letters, digits, '-' and '_', no name of a value. */
bool session_save_run(struct session *s, const char *name, struct err *e);
bool session_drop_run(struct session *s, const char *name, struct err *e);
/* NULL + e: no such. Valid until runs are saved or dropped. */
struct named_run *session_named(struct session *s, const char *name, struct err *e);
/* As session_value, of a named run; NULL = the present one. */
bool session_run_value(struct session *s, struct named_run *r, int node, struct tensor *out,
                       struct err *e);
/* Makes the values of these nodes ready together: those that are not held are computed in one
 * pass. */
bool session_run_prepare(struct session *s, struct named_run *r, const int *nodes, int n,
                         struct err *e);
/* Bytes of values that the run holds, those shared with other runs included. */
int64_t session_run_bytes(const struct session *s, const struct named_run *r);

#endif
