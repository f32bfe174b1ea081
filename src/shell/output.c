/* Writing: results to standard output, a file or a pipe; notes and errors to standard error. */
#include <errno.h>
#include <langinfo.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/utf8.h"
#include "script/script.h"
#include "shell/internal.h"

static int columns_of(int fd)
{
    struct winsize w;
    int64_t n;
    if (isatty(fd) && ioctl(fd, TIOCGWINSZ, &w) == 0 && w.ws_col > 0)
        return w.ws_col < 20 ? 20 : w.ws_col;
    const char *env = getenv("COLUMNS");
    if (env && str_int(env, 20, 10000, &n))
        return (int)n;
    return isatty(fd) ? 80 : 0; /* a pipe or file has room for everything */
}

struct style shell_style(const struct shell *sh, FILE *f)
{
    const struct settings *t = &sh->session->settings;
    const char *color = sh->options->color;
    struct style s;
    style_init(&s);
    /* A buffer in memory has no descriptor: it goes to a pipe. */
    int fd = fileno(f);
    bool uncertain;
    s.tty = fd >= 0 && isatty(fd);
    s.color =
        term_color_depth(fd, color && strcmp(color, "auto") != 0 ? color : t->text[SET_COLOR]);
    s.unicode = t->number[SET_UNICODE] == 0 ? !s.tty || strcmp(nl_langinfo(CODESET), "UTF-8") == 0
                                            : t->number[SET_UNICODE] == 1;
    static const enum bidi_mode bidi[] = {BIDI_OFF, BIDI_TERMINAL, BIDI_VISUAL, BIDI_OFF};
    s.bidi = !s.tty                     ? BIDI_OFF
             : t->number[SET_BIDI] == 0 ? term_bidi_mode(true, &uncertain)
                                        : bidi[t->number[SET_BIDI]];
    s.shaping = t->number[SET_SHAPING] != 0;
    s.large = t->number[SET_PRESENTER] != 0;
    s.axis_rtl = t->number[SET_AXIS] == 1;
    s.persian_digits = t->number[SET_DIGITS] == 1;
    s.cells = (enum cells_mode)t->number[SET_CELLS];
    s.map = (enum colormap)t->number[SET_COLORMAP];
    s.mode = t->number[SET_MODE] <= MODE_TSV ? (enum table_mode)t->number[SET_MODE] : MODE_PLAIN;
    s.width = t->number[SET_WIDTH] > 0 ? (int)t->number[SET_WIDTH] : columns_of(fd);
    /* The default spares a screen; what reads a pipe wants every row. */
    bool asked = s.tty || strcmp(t->text[SET_ROWS], setting_table[SET_ROWS].otherwise) != 0;
    s.rows = asked && t->number[SET_ROWS] > 0 ? (int)t->number[SET_ROWS] : 0;
    s.precision = (int)t->number[SET_PRECISION];
    shell_style_pixels(sh, &s, fd);
    return s;
}

/* ---- standard output ------------------------------------------------------------------------- */

bool shell_flush(struct shell *sh)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    if (errno == EPIPE) {
        /* Nobody reads any more: end as the default action of SIGPIPE would have it. */
        signal(SIGPIPE, SIG_DFL);
        raise(SIGPIPE);
    }
    if (!sh->status) {
        fprintf(stderr, "error: cannot write to standard output: %s\n", strerror(errno));
        sh->status = ERR_COMMAND;
    }
    clearerr(stdout);
    sh->quitting = true;
    return false;
}

void shell_file_lost(struct shell *sh, const char *command, struct err *e)
{
    progress_erase(sh);
    fprintf(stderr, "error: %s; '%s' is off now\n", e->msg, command);
    if (e->hint[0])
        fprintf(stderr, "  %s\n", e->hint);
    err_clear(e);
    if (!sh->status)
        sh->status = ERR_COMMAND;
    sh->quitting = sh->quitting || !(sh->interactive || shell_keeps_going(sh));
}

static void check_output(struct shell *sh)
{
    struct err e = ERR_INIT;
    bool sink = sh->sink == sh->output.f;
    if (sh->output.f == NULL || file_deliver(&sh->output, &e))
        return;
    if (sink)
        sh->sink = stdout;
    shell_file_lost(sh, "output", &e);
}

static void write_data(struct shell *sh, const char *text, size_t n)
{
    progress_erase(sh);
    if (sh->mute && sh->sink == stdout)
        return;
    /* Pixels are no text for a pager. What comes from outside has no escape codes. */
    bool text_only = !memmem(text, n, "\033P", 2) && !memmem(text, n, "\033_G", 3) &&
                     !memmem(text, n, "\033]1337", 6);
    if (text_only && sh->sink == stdout && sh->page && sh->interactive && sh->page(sh, text, n))
        return;
    fwrite(text, 1, n, sh->sink);
    if (sh->sink == stdout)
        shell_flush(sh);
    else if (sh->output.f != NULL && sh->sink == sh->output.f)
        check_output(sh);
}

bool shell_json(const struct shell *sh)
{
    return sh->options->json || strcmp(sh->session->settings.text[SET_MODE], "json") == 0;
}

static void json_head(struct str *out, const char *command, bool ok)
{
    str_add(out, "{\"command\": ");
    data_json_string(out, command, strlen(command));
    str_addf(out, ", \"ok\": %s", ok ? "true" : "false");
}

static void json_object(struct str *out, const char *command, const struct data *d, double seconds)
{
    struct str data = STR_INIT;
    json_head(out, command, true);
    str_addf(out, ", \"ms\": %.3f", 1000 * seconds);
    data_json(&data, d);
    if (d->first)
        str_addf(out, ", %s", data.s + 1);
    else
        str_addc(out, '}');
    str_addc(out, '\n');
    str_release(&data);
}

/* Members of the data after those of every object; what only people were given becomes a text. A
 * list of objects is one line each. */
static void json_result(struct shell *sh, struct str *out, const char *command, struct result *r,
                        double seconds)
{
    if (r->data->kind == DATA_LIST) {
        for (const struct data *d = r->data->first; d; d = d->next)
            json_object(out, command, d, seconds);
        return;
    }
    if (!r->data->first && r->first) {
        struct str text = STR_INIT;
        struct style s;
        style_init(&s);
        s.rows = shell_style(sh, stdout).rows;
        term_result(&text, r, &s);
        data_add_strn(&r->arena, r->data, "text", text.s, text.len);
        str_release(&text);
    }
    json_object(out, command, r->data, seconds);
}

void shell_show(struct shell *sh, const struct result *r)
{
    struct str text = STR_INIT;
    struct style s = shell_style(sh, sh->sink);
    if (!shell_json(sh) && r->first)
        term_result(&text, r, &s);
    if (text.len)
        write_data(sh, text.s, text.len);
    fflush(sh->sink);
    str_release(&text);
}

void shell_result(struct shell *sh, const char *command, struct result *r, double seconds)
{
    struct str text = STR_INIT;
    if (shell_json(sh)) {
        if (sh->printed.len > 0 && r->data->kind == DATA_MAP)
            data_add_strn(&r->arena, r->data, "output", sh->printed.s, sh->printed.len);
        str_clear(&sh->printed);
        json_result(sh, &text, command, r, seconds);
    } else if (r->first) {
        shell_find_pixels(sh, r);
        struct style s = shell_style(sh, sh->sink);
        str_add(&text, s.large ? "\n" : "");
        term_result(&text, r, &s);
        str_add(&text, s.large ? "\n" : "");
    }
    if (text.len)
        write_data(sh, text.s, text.len);
    /* Standard output has one object for each command, also when the data went elsewhere. */
    if (sh->options->json && !sh->mute && sh->sink != stdout && !sh->output.f) {
        str_clear(&text);
        json_head(&text, command, true);
        str_addf(&text, ", \"ms\": %.3f}\n", 1000 * seconds);
        fwrite(text.s, 1, text.len, stdout);
        shell_flush(sh);
    }
    str_release(&text);
    tee_result(sh, r);
    const struct settings *t = &sh->session->settings;
    if (t->number[SET_TIMING] && !t->number[SET_PRESENTER])
        shell_say(sh, "time: %.3f ms", 1000 * seconds);
}

/* ---- standard error -------------------------------------------------------------------------- */

/* A line of text that may hold anything, as this stream may see it. */
static void add_words(struct str *out, const char *before, const char *text, const struct style *s)
{
    struct span spans[] = {{TONE_PLAIN, before}, {TONE_PLAIN, text}};
    struct view line = {.kind = VIEW_LINE, .u.line = {spans, 2}};
    term_view(out, &line, s);
}

/* `aloud`: on standard error too, not in the tees alone. */
static void say_text(struct shell *sh, const char *before, const char *text, bool aloud)
{
    tee_line(sh, before, text);
    if (!aloud || sh->mute)
        return;
    struct style s = shell_style(sh, stderr);
    struct str out = STR_INIT;
    add_words(&out, before, text, &s);
    progress_erase(sh);
    shell_flush(sh);
    fwrite(out.s, 1, out.len, stderr);
    str_release(&out);
}

void shell_say(struct shell *sh, const char *fmt, ...)
{
    struct str text = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vaddf(&text, fmt, ap);
    va_end(ap);
    say_text(sh, "", text.s, true);
    str_release(&text);
}

void shell_note(struct shell *sh, const char *text)
{
    say_text(sh, "note: ", text,
             !sh->options->quiet && !sh->session->settings.number[SET_PRESENTER]);
}

/* ---- errors ---------------------------------------------------------------------------------- */

enum { LINE_SHOWN = 400 }; /* bytes; longer lines are not repeated under the error */

/* The line of the text that holds the column, and the column in it. */
static const char *line_of(const char *text, int *column, size_t *n)
{
    const char *from = text, *nl;
    while ((nl = strchr(from, '\n')) != NULL && nl - text < *column)
        from = nl + 1;
    *column -= (int)(from - text);
    *n = strcspn(from, "\n");
    if ((size_t)*column > *n)
        *column = (int)*n;
    return from;
}

static void add_caret(struct str *out, const char *line, size_t n, const struct err *e, int column,
                      const struct style *s)
{
    size_t length = (size_t)e->length < n - (size_t)column ? (size_t)e->length : n - (size_t)column;
    str_add(out, "  ");
    term_text(out, line, n, s);
    str_add(out, "\n  ");
    str_repeat(out, " ", term_text_width(line, (size_t)column, s));
    int cells = term_text_width(line + column, length, s);
    str_addc(out, '^');
    str_repeat(out, "~", cells > 1 ? cells - 1 : 0);
    str_addc(out, '\n');
}

/* A caret cannot be placed where the terminal turns text round: the character is told instead. */
static void add_character(struct str *out, const char *line, size_t n, int column)
{
    size_t at = utf8_count(line, (size_t)column);
    int32_t cp = -1;
    if ((size_t)column < n)
        utf8_decode(line + column, n - (size_t)column, &cp);
    if (cp >= 0)
        str_addf(out, "  at character %zu (U+%04X)\n", at + 1, (unsigned)cp);
    else
        str_addf(out, "  at character %zu\n", at + 1);
}

static void add_place(struct str *out, const char *text, const struct err *e, const struct style *s)
{
    int column = e->column;
    size_t n;
    const char *line = line_of(text, &column, &n);
    struct str plain = STR_INIT;
    for (size_t i = 0; i < n; i++)
        str_addc(&plain, line[i] == '\t' ? ' ' : line[i]);
    /* The word itself counts as well: it stands elsewhere when it is turned round. */
    size_t end = (size_t)column + (size_t)(e->length > 0 ? e->length : 0);
    if (utf8_has_rtl(plain.s, end < n ? end : n) || n > LINE_SHOWN)
        add_character(out, plain.s, n, column);
    else
        add_caret(out, plain.s, n, e, column, s);
    str_release(&plain);
}

static void add_position(struct str *out, const struct origin *o, const char *text,
                         const struct err *e)
{
    str_add_visible(out, o->file, strlen(o->file));
    int line = o->line, column = e->column;
    if (text && column >= 0) {
        for (const char *p = text; p < text + column && *p; p++)
            line += *p == '\n';
        size_t n;
        const char *from = line_of(text, &column, &n);
        str_addf(out, ":%d:%zu: ", line, utf8_count(from, (size_t)column) + 1);
    } else {
        str_addf(out, ":%d: ", line);
    }
}

static void add_error(struct str *out, const char *text, const struct style *s)
{
    struct span spans[] = {{TONE_ERROR, "error:"}, {TONE_PLAIN, " "}, {TONE_PLAIN, text}};
    struct view line = {.kind = VIEW_LINE, .u.line = {spans, 3}};
    term_view(out, &line, s);
}

static void human_error(struct shell *sh, const char *text, const struct err *e)
{
    struct style s = shell_style(sh, stderr);
    const struct origin *o = sh->origin;
    bool from_file = o && o->file, located = text && e->column >= 0;
    struct str out = STR_INIT;
    if (from_file && !o->shown)
        add_position(&out, o, text, e);
    add_error(&out, e->msg, &s);
    if (located && (from_file || s.tty))
        add_place(&out, text, e, &s);
    if (e->hint[0]) {
        add_words(&out, "  ", e->hint, &s);
    }
    if (sh->session->script) {
        str_add(&out, script_detail(sh->session->script));
        script_forget_detail(sh->session->script);
    }
    progress_erase(sh);
    shell_flush(sh);
    if (!sh->mute)
        fwrite(out.s, 1, out.len, stderr);
    tee_line(sh, "error: ", e->msg);
    str_release(&out);
}

void shell_error(struct shell *sh, const char *command, const char *text, const struct err *e)
{
    int status = e->kind == ERR_USAGE || e->kind == ERR_NONE ? ERR_COMMAND : (int)e->kind;
    if (!sh->status || status == ERR_INTERRUPT)
        sh->status = status;
    if (command && sh->options->json) {
        struct str out = STR_INIT;
        json_head(&out, command, false);
        str_add(&out, ", \"error\": {\"message\": ");
        data_json_string(&out, e->msg, strlen(e->msg));
        str_add(&out, ", \"hint\": ");
        data_json_string(&out, e->hint, strlen(e->hint));
        str_addc(&out, '}');
        if (sh->printed.len > 0) {
            str_add(&out, ", \"output\": ");
            data_json_string(&out, sh->printed.s, sh->printed.len);
        }
        str_clear(&sh->printed);
        str_add(&out, "}\n");
        progress_erase(sh);
        fwrite(out.s, 1, out.len, stdout);
        str_release(&out);
    }
    if (!e->told)
        human_error(sh, text, e);
}
