/* Lessons: plain text files that a teacher writes (examples/lessons/README.md tells how), read into
 * steps of text, commands and questions, in one or both languages. Nothing is run here. */
#ifndef RASAD_SESSION_LESSON_H
#define RASAD_SESSION_LESSON_H

#include "session/question.h"

enum lesson_language { LESSON_EN, LESSON_FA, LESSON_LANGUAGES };

/* A text in the languages of the lesson; NULL where it has none. */
struct lesson_text {
    const char *in[LESSON_LANGUAGES];
    int line; /* of its first language */
};

struct lesson_question {
    enum question_kind kind;
    struct lesson_text ask, rule, hint;
    const char *answer; /* an expression, a site, words with '|' between them */
    const char *within; /* tolerance of a number: an expression; NULL = none */
    int answer_line, within_line;
    int points;
    struct lesson_text *options;
    int noptions, right; /* right: -1 as long as none is */
};

enum lesson_part { LESSON_TEXT, LESSON_RUN, LESSON_ASK };
struct lesson_item {
    enum lesson_part part;
    int line;
    struct lesson_text text;
    const char *command;
    struct lesson_question *question;
};

struct lesson_step {
    struct lesson_text title;
    int line;
    bool fresh; /* needs nothing of the steps before it */
    struct lesson_item *items;
    int nitems, cap;
    int first_question, nquestions; /* first_question: among those of the lesson */
};

struct lesson {
    struct arena arena;
    const char *path; /* as messages call it */
    char name[40];    /* of the file, without its number and ending */
    struct lesson_text title;
    struct lesson_step *steps;
    int nsteps, cap, nquestions;
};

/* Reads a lesson from its bytes. What is wrong is told with file and line: an unknown keyword, a
 * text without its translation, a question without an answer or a rule, bytes that are not UTF-8.
 * Freed with lesson_free. NULL + e. */
struct lesson *lesson_parse(const char *path, const char *text, size_t n, struct err *e);
struct lesson *lesson_read(const char *path, struct err *e);
void lesson_free(struct lesson *l);

/* The text in that language, else in the one that it has. */
const char *lesson_in(const struct lesson_text *t, enum lesson_language lang);
enum lesson_language lesson_language(const struct session *s); /* as `set lang` says */
void lesson_name(const char *path, char name[40]); /* "x/3-positions.lesson": "positions" */

/* ---- progress -------------------------------------------------------------------------------- */

/* How far the user came, in ${XDG_STATE_HOME:-~/.local/state}/rasad/lessons/NAME. */
struct progress {
    int step;    /* the step that comes next; nsteps: done */
    int *earned; /* [n] points of each question, -1: not answered */
    int n;
};
/* That of a lesson; nothing stored, or for another number of questions: the beginning. A file that is
 * damaged is told in *damaged (a path, freed by the caller; NULL = it is not) and counts as nothing. */
void progress_read(const struct lesson *l, struct progress *p, char **damaged);
/* Writes it as a whole or not at all. False + e: it cannot be kept. */
bool progress_write(const struct lesson *l, const struct progress *p, struct err *e);
void progress_release(struct progress *p);
void progress_points(const struct lesson *l, const struct progress *p, int *earned, int *most);

/* ---- under way ------------------------------------------------------------------------------- */

/* The lesson that the session is in (session.lesson; NULL = none). */
struct lesson_walk {
    struct lesson *lesson;
    struct progress progress;
    int step;  /* the one that is shown; -1: none yet */
    int item;  /* of the step: what comes after the questions that are asked now */
    bool all;  /* questions that have been answered are asked, too */
    bool kept; /* the progress is stored */
};
void lesson_walk_free(struct lesson_walk *w);

#endif
