/* The flag that a signal handler sets and that loops poll. */
#include "base/interrupt.h"

volatile sig_atomic_t interrupt_flag;
