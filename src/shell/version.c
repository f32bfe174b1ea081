/* Versions of the program and of the libraries that are in it. */
#include "shell/version.h"

#include <stdio.h>

#include <jansson.h>
#include <readline/readline.h>
#include <utf8proc.h>

#include "tensor/kernels.h"

void version_text(struct str *out)
{
    str_add(out, "rasad " RASAD_VERSION "\n");
    str_addf(out, "kernels %s, readline %s, jansson %s, utf8proc %s (Unicode %s)\n", k_isa(),
             rl_library_version, jansson_version_str(), utf8proc_version(),
             utf8proc_unicode_version());
    str_add(out, "License GPL-3.0-or-later.\n");
}
