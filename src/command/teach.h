/* Lessons under way: values of the engine in their texts and answers, carrying out a step. */
#ifndef RASAD_COMMAND_TEACH_H
#define RASAD_COMMAND_TEACH_H

#include "command/command.h"

/* Where nothing else was typed. */
#define TEACH_SENTENCE "علی به مدرسه می‌رود"

/* ---- what a lesson may say (teach_value.c) --------------------------------------------------- */

/* A command of a lesson: one of the program's own, alone on its line, that writes no file, runs
 * nothing outside, and leads to no other lesson. Files under $examples are those that came with the
 * program. NULL + e: refused. The text is in the arena. */
const char *teach_command(struct session *s, struct arena *a, const char *line, struct err *e);
/* Carries it out; expressions of Lua are not there meanwhile. `out` is initialised by the caller. */
bool teach_run(struct session *s, const char *line, struct result *out, struct err *e);

/* "`COMMAND -> PATH`": the part of the command's data (data_path); the result owns what *out points
 * to. */
bool teach_data(struct session *s, const char *text, size_t n, struct result *result,
                const struct data **out, struct err *e);
/* Arithmetic with such values in it. */
bool teach_number(struct session *s, const char *text, double *out, struct err *e);
/* The text with each {EXPRESSION} replaced by its value; "{{" is a brace. */
bool teach_text(struct session *s, const char *text, struct str *out, struct err *e);
/* The error is about that line of the lesson's file. */
bool teach_at(const struct lesson *l, int line, struct err *e);
/* The question of a lesson at the end of the session's list, its answer worked out. */
bool teach_ask(struct session *s, const struct lesson *l, const struct lesson_question *q,
               struct err *e);

/* ---- walking (teach_step.c) ------------------------------------------------------------------ */

/* Begins a lesson, which the session owns from now on; `kept`: its progress is stored, and it goes
 * on where it was left. Shows nothing yet. */
void teach_begin(struct session *s, struct lesson *l, bool kept);
void teach_end(struct session *s);
/* Shows step `to` of the lesson under way: the commands of earlier steps are run again, without
 * their output, when they were not run just before. Past the last step: the end. */
bool teach_go(struct session *s, int to, struct result *out, struct err *e);
/* What comes after the questions that were asked: the rest of the step, else the next one. */
bool teach_next(struct session *s, struct result *out, struct err *e);
/* What an empty Enter does: that, or the open question again. */
bool teach_enter(struct session *s, struct result *out, struct err *e);
/* After the last answer: the rest of the step, or the line that says how to go on. */
bool teach_answered(struct session *s, struct result *out, struct err *e);
void teach_onward(struct session *s, struct result *out);
/* Every step once, its texts in all languages; nothing is shown. */
bool teach_check(struct session *s, struct lesson *l, struct err *e);

#endif
