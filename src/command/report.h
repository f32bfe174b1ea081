/* What commands of one group share: telling where the program stopped, and what was generated. */
#ifndef RASAD_COMMAND_REPORT_H
#define RASAD_COMMAND_REPORT_H

#include "command/command.h"

/* The lines and data of a stop; then the commands of a break and the displays. */
bool report_stop(struct session *s, enum ladder l, const struct stop *stop, struct result *out,
                 struct err *e);
/* ids, text, score, stopped (and beams) of the finished or interrupted generation, as `run` gives
 * them. `full`: also the line of numbers beside the text. */
bool report_generation(struct session *s, bool full, struct result *out, struct err *e);
/* What an encoder gave: its results with their sizes. */
void report_encoded(struct session *s, struct result *out);
/* "Ali goes to school" of target ids; NULL text (no tokenizer) leaves `text` empty and returns
 * false. */
bool report_text(struct session *s, const int32_t *ids, int64_t n, struct str *text);
/* "p 0.936  " on the line begun; small ones as 1.2e-05. */
void report_probability(double p, struct result *out);
/* Adds "stopped at" as a line, used by start and goto. */
void report_place(struct session *s, struct result *out);

#endif
