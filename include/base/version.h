/* The version of the program. */
#ifndef RASAD_BASE_VERSION_H
#define RASAD_BASE_VERSION_H

#define RASAD_VERSION "0.1.0"

#endif
