/* Tab: Readline asks for matches and for their display. */
#include "completion.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <readline/readline.h>

#include "base/utf8.h"
#include "script/script.h"
#include "signals.h"

enum {
    ASK_ABOVE = 200,    /* so many candidates are shown only when wanted */
    DESCRIBED_FROM = 60 /* columns */
};

/* Readline's functions have no argument of ours. The candidates of the last Tab stay for their
 * display. */
static struct {
    struct shell *sh;
    struct arena arena;
    struct candidate *list;
    size_t n;
    int word;    /* where in the line they begin */
    size_t nlua; /* so many of them, the first, are Lua's */
} state;

/* ---- matches --------------------------------------------------------------------------------- */

/* Where Lua begins in the line; -1 = nowhere. *alone: there is nothing but Lua. */
static int lua_from(const char *line, int point, bool *alone)
{
    struct script *sc = state.sh->session->script;
    int at = (int)strspn(line, " \t"), used;
    *alone = true;
    if (!sc)
        return -1;
    if (script_mode(sc))
        return 0;
    if (line[at] == '=')
        return at + 1;
    struct err spare = ERR_INIT;
    const struct command *c = command_find(state.sh->session, line + at, &used, &spare);
    *alone = c && strcmp(c->name, "lua") == 0;
    if (!c || at + used >= point)
        return -1;
    for (const struct arg *a = c->args; a && a->name; a++)
        if (a->name[0] != '-')
            return a->kind == ARG_LUA ? at + used : -1;
    return -1;
}

/* Adds candidates for a word that begins at `word`; those of the list begin at state.word, or
 * earlier after this. */
static void add_candidates(const char *line, int word, const struct candidate *list, size_t n)
{
    if (n == 0)
        return;
    int first = state.n == 0 || word < state.word ? word : state.word;
    struct candidate *all = arena_alloc(&state.arena, (state.n + n) * sizeof *all);
    for (size_t i = 0; i < state.n + n; i++) {
        bool old = i < state.n;
        all[i] = old ? state.list[i] : list[i - state.n];
        int from = old ? state.word : word;
        if (from > first)
            all[i].text =
                arena_printf(&state.arena, "%.*s%s", from - first, line + first, all[i].text);
    }
    state.list = all;
    state.n += n;
    state.word = first;
}

/* Names of sites are values of Lua, too: they are shown as sites. */
static void drop_doubles(void)
{
    size_t kept = 0, nlua = state.nlua;
    for (size_t i = 0; i < state.n; i++) {
        bool twice = false;
        for (size_t k = nlua; i < nlua && k < state.n; k++) /* not moved yet: kept <= i < nlua */
            twice |= strcmp(state.list[i].text, state.list[k].text) == 0;
        state.nlua -= twice;
        if (!twice)
            state.list[kept++] = state.list[i];
    }
    state.n = kept;
}

/* Candidates for the word that ends at point, into the state. */
static void find_candidates(const char *line, int point)
{
    bool alone;
    int from = lua_from(line, point, &alone), word = point;
    size_t n = 0, start = 0;
    arena_release(&state.arena);
    state.list = NULL;
    state.n = state.nlua = 0;
    state.word = point;
    if (from >= 0 && from <= point) {
        const struct candidate *lua =
            script_complete(state.sh->session->script, &state.arena, line + from,
                            (size_t)(point - from), &start, &n);
        add_candidates(line, from + (int)start, lua, n);
    }
    state.nlua = state.n;
    if (from >= 0 && alone)
        return;
    const struct candidate *list =
        command_complete(state.sh->session, &state.arena, line, point, &word, &n);
    add_candidates(line, word, list, n);
    drop_doubles();
}

/* Bytes that all candidates begin with, whole characters only. */
static size_t common(void)
{
    const char *first = state.list[0].text;
    size_t n = strlen(first);
    for (size_t i = 1; i < state.n; i++) {
        size_t k = 0;
        while (k < n && state.list[i].text[k] == first[k])
            k++;
        n = k;
    }
    while (n > 0 && ((unsigned char)first[n] & 0xC0) == 0x80)
        n--;
    return n;
}

/* What Readline shall put in place of its word, given one for ours: the two begin at different
 * places. */
static char *replacement(const char *line, int theirs, int ours, const char *text, size_t n)
{
    struct str out = STR_INIT;
    if (ours > theirs)
        str_addn(&out, line + theirs, (size_t)(ours - theirs));
    size_t skip = ours < theirs ? (size_t)(theirs - ours) : 0;
    if (skip < n)
        str_addn(&out, text + skip, n - skip);
    char *s = strdup(out.s); /* Readline frees it */
    str_release(&out);
    return s;
}

/* More belongs to the word: after an inner site a dot leads to it, a folder ends with its own
 * sign. */
static void append_open(const char *text)
{
    size_t n = strlen(text);
    if (n > 0 && !strchr("./\"", text[n - 1]) && state.nlua == 0)
        rl_completion_append_character = '.';
    else
        rl_completion_suppress_append = 1;
}

static char **matches(const char *text, int start, int end)
{
    rl_attempted_completion_over = 1;
    rl_completion_suppress_append = 0;
    rl_completion_append_character = ' ';
    rl_sort_completion_matches = 0;
    rl_ignore_completion_duplicates = 0;
    find_candidates(rl_line_buffer, end);
    int word = state.word;
    if (state.n == 0)
        return NULL;
    char **list = malloc((state.n + 2) * sizeof *list);
    if (!list)
        return NULL;
    size_t k = 0, n = common(), typed = (size_t)(end - word);
    if (state.n > 1) {
        /* Less in common than was typed: other letter case; what was typed stays. */
        list[k++] = n >= typed ? replacement(rl_line_buffer, start, word, state.list[0].text, n)
                               : strdup(text);
    } else if (state.list[0].open) {
        append_open(state.list[0].text);
    }
    for (size_t i = 0; i < state.n; i++)
        list[k++] = replacement(rl_line_buffer, start, word, state.list[i].text,
                                strlen(state.list[i].text));
    list[k] = NULL;
    return list;
}

/* ---- display --------------------------------------------------------------------------------- */

/* The next key; 0: Ctrl-C was pressed, which is left for the editor to answer. */
static int read_key(void)
{
    struct pollfd fds[2] = {{.fd = STDIN_FILENO, .events = POLLIN},
                            {.fd = signals_fd(), .events = POLLIN}};
    fflush(rl_outstream);
    while (poll(fds, 2, -1) <= 0)
        ;
    return fds[1].revents ? 0 : rl_read_key();
}

/* Wait at the foot of a full screen: lines to show next, 0 = enough. Any other key ends the list
 * and counts as typed. */
static int more(int screen)
{
    fputs("--More--", rl_outstream);
    int key = read_key();
    fputs("\r\033[K", rl_outstream);
    if (key == ' ' || key == '\t' || key == 'y')
        return screen;
    if (key == '\r' || key == '\n')
        return 1;
    if (key && key != 'q' && key != 'n' && key != 0x7F)
        rl_stuff_char(key);
    return 0;
}

static bool wanted(void)
{
    if (state.n <= ASK_ABOVE)
        return true;
    fprintf(rl_outstream, "all %zu? (y or n)", state.n);
    int key = read_key();
    fputs("\n", rl_outstream);
    return key == 'y' || key == 'Y' || key == ' ' || key == '\t';
}

static int widest(size_t *of)
{
    int width = 0;
    for (size_t i = 0; i < state.n; i++) {
        int w = utf8_width(state.list[i].text, strlen(state.list[i].text));
        if (w > width) {
            width = w;
            *of = i;
        }
    }
    return width;
}

/* One candidate a line: name, description. */
static void add_described(struct str *out, const struct candidate *c, int width, int cols,
                          const struct style *s)
{
    str_add(out, "  ");
    term_text(out, c->text, strlen(c->text), s);
    if (c->about && *c->about) {
        int gap = width - utf8_width(c->text, strlen(c->text)), left = cols - 1 - width - 6;
        str_repeat(out, " ", gap);
        str_add(out, s->color != COLOR_NONE ? "\033[2m  -- " : "  -- ");
        term_text_fit(out, c->about, strlen(c->about), left, s);
        if (s->color != COLOR_NONE)
            str_add(out, "\033[0m");
    }
    str_addc(out, '\n');
}

/* A line of names alone, column by column as ls does. */
static void add_names(struct str *out, size_t row, size_t rows, int width, const struct style *s)
{
    for (size_t i = row; i < state.n; i += rows) {
        const char *text = state.list[i].text;
        term_text(out, text, strlen(text), s);
        if (i + rows < state.n)
            str_repeat(out, " ", width + 2 - utf8_width(text, strlen(text)));
    }
    str_addc(out, '\n');
}

static void display(char **list, int count, int longest)
{
    (void)list, (void)count, (void)longest;
    int lines, cols;
    rl_get_screen_size(&lines, &cols);
    size_t wide = 0;
    int width = state.n ? widest(&wide) : 0;
    bool about = false;
    for (size_t i = 0; i < state.n; i++)
        about |= state.list[i].about && *state.list[i].about;
    bool described = about && cols >= DESCRIBED_FROM && width < cols - 20;
    size_t per_line = described || width + 2 > cols ? 1 : (size_t)((cols + 1) / (width + 2));
    size_t rows = (state.n + per_line - 1) / per_line;
    struct style s = shell_style(state.sh, rl_outstream);
    fputs("\n", rl_outstream);
    int left = lines > 2 ? lines - 1 : 1;
    bool show = wanted();
    for (size_t i = 0; show && i < rows; i++) {
        if (left == 0 && (left = more(lines > 2 ? lines - 2 : 1)) == 0)
            break;
        struct str line = STR_INIT;
        if (described)
            add_described(&line, &state.list[i], width, cols, &s);
        else
            add_names(&line, i, rows, width, &s);
        fputs(line.s, rl_outstream);
        str_release(&line);
        left--;
    }
    rl_forced_update_display();
}

/* ---- life ------------------------------------------------------------------------------------ */

void completion_start(struct shell *sh)
{
    static const char breaks[] = " \t";
    state.sh = sh;
    rl_attempted_completion_function = matches;
    rl_completion_display_matches_hook = display;
    rl_completer_word_break_characters = breaks;
    rl_completer_quote_characters = "";
    rl_filename_quoting_desired = 0;
}

void completion_stop(void)
{
    arena_release(&state.arena);
    state.list = NULL;
    state.n = 0;
}
