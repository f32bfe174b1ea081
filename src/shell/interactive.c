/* The prompt on a terminal that cannot edit lines. */
#include <stdlib.h>

#include "base/interrupt.h"
#include "shell/internal.h"

int shell_interactive(struct shell *sh)
{
    struct str input = STR_INIT;
    char *line = NULL;
    size_t cap = 0;
    sh->interactive = true;
    sh->status = 0;
    while (!sh->quitting) {
        fputs(input.len ? "> " : sh->session->settings.text[SET_PROMPT], stdout);
        fflush(stdout);
        ssize_t n = getline(&line, &cap, stdin);
        if (n < 0)
            break;
        if (n > 0 && line[n - 1] == '\n')
            line[--n] = '\0';
        if (input.len)
            str_addc(&input, '\n');
        str_add(&input, line);
        interrupt_flag = 0;
        if (shell_incomplete(sh, input.s))
            continue;
        shell_line(sh, input.s, NULL);
        str_clear(&input);
    }
    sh->interactive = false;
    sh->status = 0;
    free(line);
    str_release(&input);
    return shell_status(sh);
}
