/* Monotonic time. */
#ifndef RASAD_BASE_CLOCK_H
#define RASAD_BASE_CLOCK_H

double clock_seconds(void);

#endif
