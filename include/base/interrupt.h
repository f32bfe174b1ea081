/* Whether the user asked to stop: global, because a signal handler sets it; long loops poll it. */
#ifndef RASAD_BASE_INTERRUPT_H
#define RASAD_BASE_INTERRUPT_H

#include <signal.h>
#include <stdbool.h>

extern volatile sig_atomic_t interrupt_flag;

static inline bool interrupted(void)
{
    return interrupt_flag != 0;
}

#endif
