/* A small terminal screen: bytes in, text lines out. It knows what Readline and rasad send to an
 * xterm (cursor movement, erasing, insertion, scrolling, colours, which it drops), no more. */
#ifndef TESTS_SCREEN_H
#define TESTS_SCREEN_H

#include <stddef.h>

enum { SCREEN_CELL = 24 }; /* bytes of one character with its combining marks, NUL included */

struct screen {
    int rows, cols, row, col;
    int saved_row, saved_col;
    char (*cell)[SCREEN_CELL]; /* rows x cols; "" under the right half of a wide character */
    char *scrolled;            /* the lines that left at the top, each ended by a newline */
    size_t scrolled_len;
    char *plain; /* all that was printed, without escape sequences and backspaced or not */
    size_t plain_len;
    size_t cuts;    /* escape sequences that are not known: 0 in a good test */
    char held[128]; /* an unfinished sequence or character */
    int held_len;
    int last_row, last_col; /* where the last character went, for combining marks */
    int wrap;               /* the cursor is past the last column; the next character wraps */
};

void screen_init(struct screen *s, int rows, int cols);
void screen_release(struct screen *s);
void screen_write(struct screen *s, const char *bytes, size_t n);
void screen_resize(struct screen *s, int rows, int cols); /* keeps the upper left part */

/* One line as shown, without trailing blanks; the caller frees it. */
char *screen_line(const struct screen *s, int row);
/* What scrolled away and what is shown, lines ended by newlines, trailing blank lines left out; the
 * caller frees it. */
char *screen_text(const struct screen *s);

#endif
