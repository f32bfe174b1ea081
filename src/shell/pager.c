/* Whether a text needs the pager, and which. */
#include "pager.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "internal.h"

enum { PAGER_AUTO, PAGER_OFF, PAGER_ALWAYS };

/* The shell command; NULL: none is wanted. */
static const char *program(void)
{
    static const char *const names[] = {"RASAD_PAGER", "PAGER"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value) /* empty means none; it is not passed over */
            return value[strspn(value, " \t")] ? value : NULL;
    }
    return "command -v less >/dev/null || exit 127; less";
}

static void screen_size(int *rows, int *cols)
{
    struct winsize w;
    bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0;
    int64_t n;
    const char *lines = getenv("LINES"), *columns = getenv("COLUMNS");
    *rows = known && w.ws_row > 0 ? w.ws_row : lines && str_int(lines, 2, 10000, &n) ? (int)n : 24;
    *cols = known && w.ws_col > 0                       ? w.ws_col
            : columns && str_int(columns, 2, 10000, &n) ? (int)n
                                                        : 80;
}

/* Bytes of an escape sequence at s (CSI ... letter), 0 = none. */
static size_t escape(const char *s, size_t n)
{
    if (n < 2 || s[0] != '\033' || s[1] != '[')
        return 0;
    size_t i = 2;
    while (i < n && ((unsigned char)s[i] < 0x40 || (unsigned char)s[i] > 0x7E))
        i++;
    return i < n ? i + 1 : n;
}

static int width_of(const char *line, size_t n)
{
    int width = 0;
    for (size_t i = 0; i < n;) {
        size_t skip = escape(line + i, n - i), k = i + skip;
        while (k < n && line[k] != '\033')
            k++;
        width += utf8_width(line + i + skip, k - i - skip);
        i = k > i ? k : i + 1;
    }
    return width;
}

/* Rows that the text takes on the screen, and its widest line. */
static void measure(const char *text, size_t n, int cols, size_t *rows, int *widest)
{
    *rows = 0;
    *widest = 0;
    for (const char *p = text, *end = text + n; p < end;) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        size_t len = (size_t)((nl ? nl : end) - p);
        int width = width_of(p, len);
        *rows += width > cols ? (size_t)((width + cols - 1) / cols) : 1;
        if (width > *widest)
            *widest = width;
        p += len + 1;
    }
}

static bool needed(struct shell *sh, const char *text, size_t n)
{
    int64_t when = sh->session->settings.number[SET_PAGER];
    const char *term = getenv("TERM");
    if (when == PAGER_OFF || !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || !term || !*term ||
        strcmp(term, "dumb") == 0 || shell_json(sh))
        return false;
    int rows, cols, widest;
    size_t taken;
    screen_size(&rows, &cols);
    measure(text, n, cols, &taken, &widest);
    bool boxes = sh->session->settings.number[SET_MODE] == MODE_BOX;
    return when == PAGER_ALWAYS || taken > (size_t)(rows - 1) || (boxes && widest > cols);
}

bool pager_show(struct shell *sh, const char *text, size_t n)
{
    const char *pager = program();
    if (!pager || !needed(sh, text, n))
        return false;
    /* less: quit when it fits, keep colours, cut long lines, leave the screen as it is. */
    bool plain = !getenv("LESS");
    char *command = mem_printf(
        "%s%s", plain ? "LESS=FRSX LESSCHARSET=utf-8; export LESS LESSCHARSET; " : "", pager);
    int status = 0;
    struct err ignored = ERR_INIT;
    bool ran = shell_system(sh, command, text, n, &status, &ignored);
    free(command);
    /* The shell says by 126 and 127 that there is no such program. */
    return ran && !(WIFEXITED(status) && WEXITSTATUS(status) >= 126);
}
