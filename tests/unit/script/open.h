/* A session with a tiny model and Lua, for the tests of the script layer. */
#ifndef TEST_SCRIPT_OPEN_H
#define TEST_SCRIPT_OPEN_H

#include "script/internal.h"

#define MODEL "tests/golden/marian/swish-3h"

/* The session with the model open; aborts when it is not there. */
struct session *open_session(void);
/* Runs text as a line of the prompt; what it shows is dropped. */
bool run_text(struct script *sc, const char *text, struct err *e);
/* Sets the interrupt flag after that many milliseconds; waits for nothing. */
void interrupt_after(int ms);
void interrupt_clear(void);

#endif
