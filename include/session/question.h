/* Questions to the user that wait for an answer: those of a lesson, of quiz, of shapes --ask. One
 * list for all of them, which the command `answer` works through in order; who asks fills the list
 * and shows the first question. */
#ifndef RASAD_SESSION_QUESTION_H
#define RASAD_SESSION_QUESTION_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct session;

enum question_kind {
    QUESTION_NUMBER, /* a number or arithmetic; equal within the tolerance */
    QUESTION_SHAPE,  /* "[32, 2048, 1024]", "32x2048x1024" */
    QUESTION_SITE,   /* a value of the model, any spelling of its name */
    QUESTION_TOKEN,  /* a piece (its word mark may be left out) or its id */
    QUESTION_CHOICE, /* the number of one of `options`, or its text */
    QUESTION_WORD    /* one of `words`; case, yeh and kaf, half-spaces do not count */
};

enum { QUESTION_AXES = 8 };
struct question_axis {
    int64_t size;
    const char *name;    /* "S"; NULL = none */
    const char *meaning; /* "source length"; NULL = none */
};

/* All texts live in the list's arena: see questions_copy. Zero and NULL mean "none". */
struct question {
    enum question_kind kind;
    const char *ask;
    const char *rule; /* why the answer is what it is; told with a wrong or a given-up answer */
    const char *hint;
    int points; /* for a right answer at once; each wrong one and the hint cost one, 1 is left */
    double number, tolerance; /* of a number: |given - number| <= tolerance */
    int naxes;                /* of a shape */
    struct question_axis axes[QUESTION_AXES];
    const char *site; /* canonical, or what the shape is of */
    int64_t id;       /* of a token; -1: only the piece counts */
    const char **words;
    int nwords; /* of a word, a token (its pieces), a site */
    const char **options;
    int noptions, right; /* of a choice; right counts from 0 */
    /* More than the list can say of this wrong answer, added to `out` as one sentence (or nothing):
     * the rule of shapes that was broken. NULL = none. */
    void (*why)(struct session *s, const struct question *q, const char *given, struct str *out);
    void *ud; /* for why */
    int tag;  /* the asker's own number */
    /* Kept by the list. */
    int tries, earned;
    bool hinted, done, given_up;
};

struct questions {
    struct arena arena;
    struct question *list; /* in the arena */
    int n, cap;
    int now;          /* the one that is asked; n = none is left */
    const char *what; /* "quiz", "lesson", "shapes": whose they are; static */
    /* After each answer that settles a question (right or given up): who asked may note it. */
    void (*settled)(struct session *s, const struct question *q);
};

/* Forgets all questions and begins a list of `what`. */
struct questions *questions_begin(struct session *s, const char *what);
/* A new question at the end of the list, zeroed but for kind, points (3) and id (-1). The pointer
 * holds until the next one is added. */
struct question *questions_add(struct session *s, enum question_kind kind);
const char *questions_copy(struct session *s, const char *text); /* into the arena; NULL stays */
struct question *questions_now(struct session *s);               /* NULL: none is asked */
void questions_release(struct session *s);

enum verdict { ANSWER_RIGHT, ANSWER_WRONG, ANSWER_UNREADABLE };
/* Judges an answer to the present question. Wrong: why, in *say, and the try is counted.
 * Unreadable (no number where one is wanted, no such site): *say tells what is wanted; no try is
 * counted. Right: the points are given and the next question is asked (questions_now). */
enum verdict questions_answer(struct session *s, const char *text, struct str *say);
/* Gives up: the right answer and its rule in *say, no points, the next question is asked. */
void questions_give_up(struct session *s, struct str *say);
const char *questions_hint(struct session *s); /* of the present question, counted; NULL = none */
/* The right answer as a person would write it. */
void question_expected(const struct question *q, struct str *out);
void questions_points(const struct session *s, int *earned, int *most);
/* The sizes of a shape as people write it: "[32, 2048, 1024]", "32 x 2048 x 1024", "B=32, S=2048";
 * how many there are, -1: it is no shape. */
int question_sizes(const char *text, int64_t sizes[QUESTION_AXES]);
/* "1,234,567", "0.125": whole numbers grouped. */
void question_number(struct str *out, double v);

/* The text of the language that `set lang` chose. */
const char *session_says(const struct session *s, const char *english, const char *persian);

#endif
