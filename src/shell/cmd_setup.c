/* setup: asks what no program can find out, who turns right-to-left text on this terminal. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "editor.h"
#include "prompt.h"

static const char word[] = "سلام";

static void add_sample(struct str *out, int number, enum bidi_mode mode, struct style s)
{
    s.bidi = mode;
    str_addf(out, "  %d  ", number);
    term_text(out, word, strlen(word), &s);
    str_addc(out, '\n');
}

/* The answer 1, 2, or 0: none of them. */
static int ask(void)
{
    char *line = NULL;
    bool empty;
    enum typed t = plain_read("1, 2, or Enter for neither: ", &line, &empty);
    int answer =
        t == TYPED_LINE && (line[0] == '1' || line[0] == '2') && !line[1] ? line[0] - '0' : 0;
    free(line);
    return answer;
}

/* The init file, its folder made. NULL: there is no home. */
static char *init_path(void)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    if ((!config || !*config) && (!home || !*home))
        return NULL;
    char *base = config && *config ? mem_strdup(config) : mem_printf("%s/.config", home);
    char *folder = mem_printf("%s/rasad", base), *path = mem_printf("%s/init.rasad", folder);
    mkdir(base, 0700);
    mkdir(folder, 0700);
    free(base);
    free(folder);
    return path;
}

static bool keep(struct shell *sh, const char *value, struct result *out, struct err *e)
{
    char *path = init_path();
    bool ok = true;
    if (path && sh->confirm(sh, "For later sessions as well? (y/N) ")) {
        int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
        char *line = mem_printf("set bidi %s\n", value);
        ok = fd >= 0 ? file_add(fd, path, line, strlen(line), e)
                     : err_set(e, ERR_COMMAND, "cannot write '%.200s': %s", path, strerror(errno));
        if (fd >= 0)
            close(fd);
        free(line);
        if (ok)
            out_line(out, TONE_PLAIN, "added 'set bidi %s' to %s", value, path);
    }
    free(path);
    return ok;
}

static bool setup_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct shell *sh = s->shell;
    (void)a;
    if (!prompt_of(s, "setup", e))
        return false;
    struct style style = shell_style(sh, stdout);
    if (!style.tty)
        return err_set(e, ERR_COMMAND, "setup needs a terminal to ask on");
    struct str text = STR_INIT;
    str_add(&text, "A Persian word, written in two ways:\n");
    add_sample(&text, 1, BIDI_TERMINAL, style);
    add_sample(&text, 2, BIDI_VISUAL, style);
    str_add(&text, "In which one do the letters join, with the toothed one at the right end?\n");
    fputs(text.s, stdout);
    str_release(&text);
    static const char *const values[] = {"off", "terminal", "visual"};
    const char *value = values[ask()];
    if (!settings_set(&s->settings, "bidi", value, e))
        return false;
    data_add_str(&out->arena, out->data, "bidi", value);
    out_line(out, TONE_PLAIN, "bidi is %s now%s", value,
             value == values[0] ? ": letters stand from left to right, in the order they are spoken"
                                : "");
    return keep(sh, value, out, e);
}

const struct command cmd_setup = {
    .name = "setup",
    .group = GROUP_SETTINGS,
    .flags = CMD_SHELL,
    .summary = "Find out how this terminal shows Persian",
    .help =
        "Shows a Persian word in two ways and asks which one reads right; the answer becomes the\n"
        "setting 'bidi' and, when wanted, a line of your init file.\n",
    .exec = setup_exec,
};
