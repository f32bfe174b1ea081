/* Shared by the files that draw for terminals. */
#ifndef RASAD_RENDER_INTERNAL_H
#define RASAD_RENDER_INTERNAL_H

#include "render/term.h"

#define TERM_RESET "\033[0m"

/* Outside text with stand-ins for what cannot be seen or must not reach a terminal. A joiner
 * (ZWNJ, ZWJ) between two letters or inside an emoji is at its work and stays. */
void term_visible(struct str *out, const char *s, size_t n);

/* Logical, visible text as this stream wants it: guards, reordering, shaping. */
void term_bidi(struct str *out, const char *s, size_t n, const struct style *st);

/* Our own numbers, with the digits of the settings. */
void term_digits(struct str *out, const char *s, const struct style *st);
void term_number(struct str *out, double v, const char *fmt, const struct style *st);

/* Opens a tone; returns true when something was written, and term_untone is due. */
bool term_tone(struct str *out, enum tone t, const struct style *st);
void term_untone(struct str *out, bool opened);

/* Ends the line begun at `start`: no blanks before the newline, a reset when the line has codes. */
void term_end_line(struct str *out, size_t start);
void term_spaces(struct str *out, int n);
/* Words of one tone, as term_words. */
void term_text_line(struct str *out, const char *s, enum tone tone, const struct style *st);

/* A line of words, broken between words where a terminal ends. */
void term_words(struct str *out, const struct span *spans, int n, const struct style *st);

void term_paragraph(struct str *out, const struct paragraph *p, const struct style *st);
/* A line of a paragraph of that direction, visible text in which LRI and PDI (U+2066, U+2069) stand
 * round runs that go from left to right in any case. They are not written. */
#define TEXT_LRI "\xE2\x81\xA6"
#define TEXT_PDI "\xE2\x81\xA9"
/* Anything that is moved: right-to-left letters, Arabic-Indic numbers. */
bool term_needs_bidi(const char *s, size_t n);
void term_directed(struct str *out, const char *s, size_t n, bool rtl, const struct style *st);

void term_table(struct str *out, const struct table *t, const struct style *st);
/* The value of a full bar. */
double bars_most(const struct bars *b);
void term_bars(struct str *out, const struct bars *b, const struct style *st);
void term_plot(struct str *out, const struct plot *p, const struct style *st);
/* Curves as rows and columns of numbers, for the md, csv and tsv modes. */
void term_plot_table(struct str *out, const struct plot *p, const struct style *st);
/* A view as pixels in the way that the style names; false: it cannot be done, nothing is added. */
bool term_pixels(struct str *out, const struct view *v, const struct style *st);
void term_heat(struct str *out, const struct heat *h, const struct style *st);
/* Heat maps as rows and columns of numbers, for the md, csv and tsv modes. */
void term_heat_table(struct str *out, const struct heat *h, const struct style *st);

#endif
