/* For the tests of documents: sessions that ran, written to files and shown from them. What fails,
 * fails the test. */
#ifndef RASAD_TESTS_DOCUMENTS_H
#define RASAD_TESTS_DOCUMENTS_H

#include "session/session.h"

#define MARIAN "tests/golden/marian/swish-3h"
#define BERT "tests/golden/bert/full-3h"

extern char *document_path, *document_other; /* files of a folder of their own */
int documents_setup(void **state);
int documents_teardown(void **state);

struct session *document_opened(const char *model); /* with an input and max-new 4 */
struct session *document_ran(const char *model, enum search search);
void document_note(struct session *s, const char *text);
/* Writes all values that there are, or the one named. Returns how many. */
size_t document_write_to(struct session *s, const char *file, const char *only);
struct session *document_shown(const char *file);
void document_refused(bool ok, struct err *e, const char *words); /* e says the words; cleared */
/* The same sentence, place, best hypothesis and spellings. */
void document_same(struct session *a, struct session *b);

#endif
