/* Questions about shapes: reading an answer, and saying what is wrong with it. */
#ifndef RASAD_SESSION_QUESTION_SHAPE_H
#define RASAD_SESSION_QUESTION_SHAPE_H

#include "session/question.h"

void question_shape_write(const struct question *q, struct str *out); /* "[B=32, S=2048, D=1024]" */
enum verdict question_shape_judge(struct session *s, const struct question *q, const char *text,
                                  struct str *say);

#endif
