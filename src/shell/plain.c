/* Lines from a terminal as it is: for those that Readline does not know, and for yes-or-no
 * questions. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "editor.h"
#include "signals.h"

/* A byte of standard input; -1: the end, -2: Ctrl-C. Not buffered, so that Readline and the
 * programs that are run later find what is left. */
static int next_byte(void)
{
    for (;;) {
        struct pollfd fds[2] = {{.fd = STDIN_FILENO, .events = POLLIN},
                                {.fd = signals_fd(), .events = POLLIN}};
        if (poll(fds, 2, -1) < 0 && errno != EINTR)
            return -1;
        if (fds[1].revents && signals_take().interrupt)
            return -2;
        if (!fds[0].revents)
            continue;
        unsigned char c;
        ssize_t n = read(STDIN_FILENO, &c, 1);
        if (n == 1)
            return c;
        if (n == 0 || errno != EINTR)
            return -1;
    }
}

enum typed plain_read(const char *prompt, char **line, bool *empty)
{
    struct str text = STR_INIT;
    FILE *to = isatty(STDOUT_FILENO) ? stdout : stderr; /* data goes to a file: only data */
    fputs(prompt, to);
    fflush(to);
    int c;
    while ((c = next_byte()) >= 0 && c != '\n')
        if (c != 0)
            str_addc(&text, (char)c);
    *empty = text.len == 0;
    *line = NULL;
    if (c == -2 || (c == -1 && text.len == 0)) {
        fputs("\n", to);
        str_release(&text);
        return c == -2 ? TYPED_INTERRUPT : TYPED_END;
    }
    *line = str_detach(&text);
    return TYPED_LINE;
}
