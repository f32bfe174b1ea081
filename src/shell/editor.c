/* Readline behind its callback interface: keys and signals are waited for together. */
#include "editor.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "completion.h"
#include "signals.h"

/* Readline's functions have no argument of ours. */
static struct {
    struct shell *sh;
    char *line;
    bool done;
} state;

static void on_line(char *line)
{
    state.line = line;
    state.done = true;
    /* Here, or at the end of input the prompt would be printed once more. */
    rl_callback_handler_remove();
}

static void leave_modes(void)
{
    if (rl_deprep_term_function)
        rl_deprep_term_function();
    signals_editing(false);
}

static void enter_modes(void)
{
    signals_editing(true);
    if (rl_prep_term_function)
        rl_prep_term_function(1);
    rl_on_new_line();
    rl_forced_update_display();
}

/* Ctrl-X Ctrl-E: the line in the user's editor, back at the prompt afterwards. */
static int edit_line(int count, int key)
{
    (void)count, (void)key;
    struct str text = STR_INIT;
    struct err e = ERR_INIT;
    str_add(&text, rl_line_buffer);
    leave_modes();
    fputs("\n", rl_outstream);
    fflush(rl_outstream);
    if (editor_external(state.sh, &text, &e)) {
        rl_begin_undo_group();
        rl_delete_text(0, rl_end);
        rl_point = 0;
        rl_insert_text(text.s);
        rl_end_undo_group();
    } else if (e.kind != ERR_NONE) {
        shell_error(state.sh, NULL, NULL, &e);
    }
    str_release(&text);
    enter_modes();
    return 0;
}

bool editor_possible(void)
{
    const char *term = getenv("TERM");
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && term && *term &&
           strcmp(term, "dumb") != 0;
}

void editor_start(struct shell *sh)
{
    state.sh = sh;
    rl_readline_name = "rasad";
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_change_environment = 0; /* LINES and COLUMNS would outlive the size they tell */
    rl_outstream = stdout;
    using_history();
    completion_start(sh);
    /* Before inputrc is read, so that it has the last word. */
    rl_variable_bind("show-all-if-ambiguous", "on");
    rl_variable_bind("completion-ignore-case", "on");
    rl_variable_bind("enable-bracketed-paste", "on");
    rl_initialize();
    rl_bind_keyseq_if_unbound("\\C-x\\C-e", edit_line);
}

void editor_stop(void)
{
    completion_stop();
    clear_history();
}

void editor_remember(const char *entry)
{
    add_history(entry);
}

/* Ctrl-C: the line is left as it stands, marked, and forgotten. */
static void abandon(bool *empty)
{
    *empty = rl_end == 0;
    rl_callback_sigcleanup();
    rl_point = rl_end; /* the last row of a line that wraps */
    rl_redisplay();
    fputs("^C\n", rl_outstream);
    fflush(rl_outstream);
    rl_free_undo_list();
    rl_replace_line("", 1);
    rl_callback_handler_remove();
}

static void suspend(void)
{
    signals_suspend();
    leave_modes(); /* Readline does not know yet that it has left */
    rl_reset_screen_size();
    enter_modes();
}

/* True: the line is over by Ctrl-C. */
static bool answer_signals(bool *empty)
{
    struct arrivals a = signals_take();
    if (a.interrupt) {
        abandon(empty);
        return true;
    }
    if (a.resize)
        rl_resize_terminal();
    if (a.suspend)
        suspend();
    if (a.resume &&
        !a.suspend) { /* stopped from outside; the terminal's modes are those of others */
        leave_modes();
        enter_modes();
    }
    return false;
}

enum typed editor_read(const char *prompt, char **line, bool *empty)
{
    enum typed result = TYPED_LINE;
    signals_take();
    rl_reset_screen_size(); /* it may have changed while a command ran */
    state.line = NULL;
    state.done = false;
    *empty = false;
    signals_editing(true);
    rl_callback_handler_install(prompt, on_line);
    while (!state.done) {
        struct pollfd fds[2] = {{.fd = STDIN_FILENO, .events = POLLIN},
                                {.fd = signals_fd(), .events = POLLIN}};
        if (poll(fds, 2, -1) < 0 && errno != EINTR)
            break;
        if (fds[1].revents && answer_signals(empty)) {
            result = TYPED_INTERRUPT;
            break;
        }
        if (fds[0].revents)
            rl_callback_read_char();
    }
    signals_editing(false);
    if (result == TYPED_LINE && !state.line) {
        fputs("\n", rl_outstream);
        result = TYPED_END;
    }
    fflush(rl_outstream);
    *line = state.line;
    return result;
}
