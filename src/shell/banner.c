/* The greeting: the program, the model and how to get help. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "prompt.h"
#include "shell/version.h"

static int64_t size_of(const struct plan *p, const char *symbol)
{
    for (int i = 0; i < p->nsymbols; i++)
        if (strcmp(p->symbols[i].name, symbol) == 0)
            return p->symbols[i].size;
    return -1;
}

static void add_size(struct str *out, const char *name, int64_t size)
{
    if (size >= 0)
        str_addf(out, ", %s %lld", name, (long long)size);
}

/* How much is told of a model; the most that fits on one line is. */
enum detail { SIZES, KIND, FILTER, HEAD_WIDTH };

static void add_plan(struct str *out, const struct plan *p, enum detail detail)
{
    int enc = p->layers[STACK_ENC], dec = p->layers[STACK_DEC];
    if (enc > 0 && dec > 0)
        str_addf(out, "%s%d+%d layers", detail >= KIND ? "encoder-decoder " : "", enc, dec);
    else
        str_addf(out, "%s %d layers", enc > 0 ? "encoder" : "decoder", enc + dec);
    int first = p->heads[enc > 0 ? STACK_ENC : STACK_DEC],
        second = p->heads[dec > 0 ? STACK_DEC : STACK_ENC];
    if (first == second)
        str_addf(out, ", %d heads", first);
    else
        str_addf(out, ", %d+%d heads", first, second);
    add_size(out, "d_model", size_of(p, "D"));
    if (detail >= HEAD_WIDTH)
        add_size(out, "d_head", size_of(p, "K"));
    if (detail >= FILTER)
        add_size(out, "d_ff", size_of(p, "F"));
    add_size(out, "vocab", p->vocab_target > 0 ? p->vocab_target : p->vocab_source);
}

/* Once for each user: a marker in the state folder remembers that it was said. */
static void hint_setup(struct shell *sh)
{
    bool uncertain = false;
    if (sh->session->settings.number[SET_BIDI] != 0 || !isatty(STDOUT_FILENO))
        return;
    term_bidi_mode(true, &uncertain);
    char *marker = uncertain ? path_state("setup-hint") : NULL;
    int fd = marker ? open(marker, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) : -1;
    free(marker);
    if (fd < 0)
        return;
    close(fd);
    shell_say(sh, "hint: this terminal may or may not turn Persian text itself; 'setup' finds out");
}

static void greeting(const struct model *m, enum detail detail, struct str *line)
{
    str_add(line, "rasad " RASAD_VERSION "  ");
    if (m) {
        str_add_visible(line, m->name, strlen(m->name));
        str_add(line, ": ");
    }
    if (m && m->plan)
        add_plan(line, m->plan, detail);
    else
        str_add(line, m ? "tokenizer alone" : "no model; 'model load PATH' opens one");
    str_add(line, ".  ? for help");
}

void banner_show(struct shell *sh)
{
    struct style s = shell_style(sh, stderr);
    struct str line = STR_INIT;
    if (sh->options->quiet)
        return;
    for (int detail = HEAD_WIDTH; detail >= SIZES; detail--) {
        str_clear(&line);
        greeting(sh->session->model, (enum detail)detail, &line);
        if (s.width <= 0 || term_text_width(line.s, line.len, &s) <= s.width)
            break;
    }
    shell_say(sh, "%s", line.s);
    str_release(&line);
    hint_setup(sh);
}
