/* record and replay: a session as a file, and the same commands run again beside it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "internal.h"
#include "record.h"

enum { PLAIN_WIDTH = 80 };

/* ---- record ---------------------------------------------------------------------------------- */

static void show_times(struct session *s, bool on)
{
    settings_set(&s->settings, "times", on ? "on" : "off", &(struct err)ERR_INIT);
}

static bool finish(struct shell *sh, struct result *out, struct err *e)
{
    if (sh->tees[TEE_RECORD].file.f == NULL)
        return err_set(e, ERR_COMMAND, "nothing is recorded; 'record FILE' begins");
    int64_t n = sh->recorded - 1; /* without this command itself */
    tee_close(sh, TEE_RECORD);
    show_times(sh->session, sh->timed);
    data_add_int(&out->arena, out->data, "commands", n);
    out_line(out, TONE_PLAIN, "recorded %lld command%s", (long long)n, n == 1 ? "" : "s");
    return true;
}

/* The file with its head. */
static bool begin_file(struct shell *sh, const char *path, int width, struct file_writer *f,
                       struct err *e)
{
    struct str head = STR_INIT;
    if (!file_create(f, path, e))
        return false;
    record_head(sh, width, &head);
    fwrite(head.s, 1, head.len, f->f);
    str_release(&head);
    return file_deliver(f, e);
}

static bool record_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct shell *sh = s->shell;
    const char *path = args_str(a, "file");
    if (sh == NULL)
        return err_set(e, ERR_COMMAND, "record works in the shell only");
    if (sh->contained) /* the end of the record that is replayed */
        return true;
    if (strcmp(path, "off") == 0)
        return finish(sh, out, e);
    struct file_writer f;
    int width = shell_style(sh, stdout).width;
    bool timed = s->settings.number[SET_TIMES] != 0;
    show_times(s, false);
    if (!begin_file(sh, path, width > 0 ? width : PLAIN_WIDTH, &f, e)) {
        show_times(s, timed);
        return args_blame(a, "file", 0, e);
    }
    if (s->gen != NULL) {
        session_note(s, "what was computed is dropped: a record begins before the first operation");
        session_kill(s);
    }
    if (sh->tees[TEE_RECORD].file.f == NULL)
        sh->timed = timed;
    tee_close(sh, TEE_RECORD);
    sh->tees[TEE_RECORD] = (struct tee){
        .file = f, .command = "record", .width = width > 0 ? width : PLAIN_WIDTH, .escaped = true};
    sh->recorded = 0;
    data_add_str(&out->arena, out->data, "file", path);
    return true;
}

static const struct arg record_args[] = {
    {.name = "file", .kind = ARG_FILE, .help = "the record; off: no more"},
    {0},
};

const struct command cmd_record = {
    .name = "record",
    .group = GROUP_EXPORT,
    .flags = CMD_SHELL,
    .args = record_args,
    .summary = "Write commands and what they print to a file that replay runs again",
    .help =
        "The file is text: how the session stands now, then each command after '> ' and what it "
        "printed. What was\n"
        "computed, Lua's variables and the value history are not part of it, so begin a record "
        "before the first run.\n"
        "Durations are left out of it (set times off).\n"
        "  record lesson.rec\n  record off\n  replay lesson.rec",
    .exec = record_exec,
};

/* ---- replay ---------------------------------------------------------------------------------- */

/* A session and a shell of its own, whose output goes to memory alone. */
struct stage {
    struct options options;
    struct shell shell;
    char *text; /* what was printed since the last command */
    size_t n;
};

/* The model that the record was made with: the open one, one of that name, or an error. */
static bool find_model(struct session *outer, struct session *s, const struct record *r,
                       struct err *e)
{
    char digest[17] = "";
    if (r->digest[0] == 0)
        return true;
    if (outer->model != NULL)
        model_digest(outer->model, digest);
    if (strcmp(digest, r->digest) == 0) {
        session_take(s, model_ref(outer->model));
        return true;
    }
    char *path = model_bundled(r->model);
    struct model *m = NULL;
    struct err spare = ERR_INIT;
    if (path != NULL && strchr(r->model, '/') == NULL && model_open(path, &m, &spare))
        model_digest(m, digest);
    free(path);
    if (m != NULL && strcmp(digest, r->digest) == 0) {
        session_take(s, m);
        return true;
    }
    model_free(m);
    err_set(e, ERR_COMMAND, "the record was made with the model %s (%s), which is not open",
            r->model, r->digest);
    return err_hint(e, "'model load' that model first");
}

static void rewind_text(struct stage *g)
{
    fflush(g->shell.tees[TEE_RECORD].file.f);
    rewind(g->shell.tees[TEE_RECORD].file.f);
    g->shell.tees[TEE_RECORD].inside = false;
}

static bool open_stage(struct stage *g, const struct shell *outer, const struct record *r,
                       struct err *e)
{
    g->options = (struct options){.keep_going = true, .quiet = false, .color = "never"};
    struct session *s = session_new();
    shell_init(&g->shell, s, &g->options);
    g->shell.mute = g->shell.contained = true;
    FILE *f = open_memstream(&g->text, &g->n);
    if (f == NULL)
        return err_memory(e, 0, "a replay");
    g->shell.tees[TEE_RECORD] = (struct tee){.file.f = f, .command = "replay", .width = r->width};
    if (!shell_open_lua(&g->shell, e) || !find_model(outer->session, s, r, e))
        return false;
    bool ok = shell_text(&g->shell, r->setup, strlen(r->setup), NULL);
    return ok || err_set(e, ERR_COMMAND,
                         "the state at the beginning of the record cannot be made: %.300s",
                         (fflush(f), g->text));
}

static void close_stage(struct stage *g)
{
    struct session *s = g->shell.session;
    shell_release(&g->shell);
    session_free(s);
    free(g->text);
}

static void pause_for(double seconds)
{
    double until = clock_seconds() + seconds;
    while (!interrupted() && clock_seconds() < until) {
        struct timespec t = {0, 20000000};
        nanosleep(&t, NULL);
    }
}

/* One input of a record, which may take the lines of the steps after it (a block). */
struct replay_at {
    const struct record *r;
    size_t next;
    char *repeat; /* what Enter does again */
};

static char *next_input(struct stage *g, struct replay_at *at, const struct record_step **last)
{
    struct str text = STR_INIT;
    do {
        *last = &at->r->steps[at->next++];
        if (text.len > 0)
            str_addc(&text, '\n');
        str_add(&text, (*last)->input);
    } while (at->next < at->r->n && (*last)->expected[0] == 0 && text.len > 0 &&
             shell_incomplete(&g->shell, text.s));
    return str_detach(&text);
}

/* Runs it; *varies: what it prints is not compared. */
static void run_input(struct stage *g, struct replay_at *at, const char *text, bool *varies)
{
    const struct command *last = NULL;
    struct session *s = g->shell.session;
    s->measured = false;
    rewind_text(g);
    g->shell.depth++; /* the commands themselves are not part of what is compared */
    if (text[strspn(text, " \t")] == 0) {
        if (at->repeat != NULL)
            shell_repeat(&g->shell, at->repeat);
    } else {
        shell_line(&g->shell, text, &last);
        free(at->repeat);
        at->repeat = last != NULL && (last->flags & CMD_REPEATS) ? mem_strdup(text) : NULL;
    }
    g->shell.depth--;
    fflush(g->shell.tees[TEE_RECORD].file.f);
    g->text[g->n] = 0;
    *varies = (last != NULL && (last->flags & CMD_VARIES)) || s->measured || text[0] == '!';
}

static void show_step(struct shell *sh, const char *input, const char *printed, double slow)
{
    struct result out;
    result_init(&out);
    out_begin(&out);
    out_span(&out, TONE_DIM, "> ");
    out_span(&out, TONE_STRONG, "%s", input);
    for (const char *p = printed; *p != 0;) {
        size_t n = strcspn(p, "\n");
        out_line(&out, TONE_PLAIN, "%s", out_strn(&out, p, n));
        p += n + (p[n] == '\n');
    }
    shell_result(sh, "replay", &out, 0);
    result_release(&out);
    pause_for(slow);
}

static bool differs(const char *path, const struct record_step *step, struct line_pair *p,
                    struct err *e)
{
    int lines = 1;
    for (const char *q = step->input; *q != 0; q++)
        lines += *q == '\n';
    err_set(e, ERR_COMMAND, "%s:%d: '%.120s' printed something else", path,
            step->line + lines + p->line, step->input);
    err_hint(e, "recorded '%.200s', now '%.200s'", p->expected, p->got);
    free(p->expected);
    free(p->got);
    return false;
}

struct tally {
    int64_t commands, compared;
    double tolerance;
};

static bool run_all_steps(struct shell *sh, struct stage *g, const char *path,
                          const struct record *r, double slow, struct tally *t, struct err *e)
{
    struct replay_at at = {.r = r};
    bool ok = true;
    while (ok && at.next < r->n && !g->shell.quitting) {
        const struct record_step *step;
        struct line_pair first;
        bool varies;
        char *input = next_input(g, &at, &step);
        run_input(g, &at, input, &varies);
        t->commands++;
        t->compared += !varies;
        if (slow >= 0)
            show_step(sh, input, g->text, slow);
        if (interrupted())
            ok = err_set(e, ERR_INTERRUPT, "interrupted at line %d of the record", step->line);
        else if (!varies && !record_agrees(step->expected, g->text, t->tolerance, &first))
            ok = differs(path, step, &first, e);
        free(input);
    }
    free(at.repeat);
    return ok;
}

/* Exact where the machine is the same; the difference that is allowed elsewhere, or as asked. */
static double tolerance_of(struct session *s, const struct args *a, const struct record *r)
{
    const double usual = 1e-3;
    char here[80];
    record_machine(here);
    double otherwise = strcmp(here, r->machine) == 0 ? 0 : usual;
    double t = args_num(a, "--tolerance", otherwise);
    if (otherwise > 0)
        session_note(s, "recorded on %s, here %s: numbers may differ by %g of their size",
                     r->machine[0] != 0 ? r->machine : "another machine", here, t);
    return t;
}

static bool replay_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct shell *sh = s->shell;
    const char *path = args_str(a, "file");
    double slow = args_num(a, "--slow", -1);
    struct record r;
    if (sh == NULL)
        return err_set(e, ERR_COMMAND, "replay works in the shell only");
    if (sh->contained)
        return err_set(e, ERR_COMMAND, "a record cannot replay another");
    if (args_has(a, "--slow") && !(slow >= 0 && slow <= 3600)) {
        err_set(e, ERR_COMMAND, "--slow is a pause of 0 to 3600 seconds");
        return args_blame(a, "--slow", 0, e);
    }
    double tolerance = args_num(a, "--tolerance", 0);
    if (!(tolerance >= 0 && tolerance <= 1)) {
        err_set(e, ERR_COMMAND, "--tolerance is a part of a number, from 0 to 1");
        return args_blame(a, "--tolerance", 0, e);
    }
    if (!record_read(path, &r, e))
        return args_blame(a, "file", 0, e);
    struct stage g = {0};
    struct tally t = {.tolerance = tolerance_of(s, a, &r)};
    bool ok = open_stage(&g, sh, &r, e) && run_all_steps(sh, &g, path, &r, slow, &t, e);
    close_stage(&g);
    record_release(&r);
    data_add_str(&out->arena, out->data, "file", path);
    data_add_int(&out->arena, out->data, "commands", t.commands);
    data_add_int(&out->arena, out->data, "compared", t.compared);
    data_add_num(&out->arena, out->data, "tolerance", t.tolerance);
    if (!ok)
        return false;
    out_line(out, TONE_GOOD, "%lld command%s, all as recorded%s", (long long)t.commands,
             t.commands == 1 ? "" : "s", t.tolerance > 0 ? " within the tolerance" : "");
    if (t.compared < t.commands)
        out_line(out, TONE_PLAIN, "%lld of them print times and the like: not compared",
                 (long long)(t.commands - t.compared));
    return true;
}

static const struct arg replay_args[] = {
    {.name = "file", .kind = ARG_FILE, .help = "a record"},
    {.name = "--slow", .kind = ARG_NUM, .help = "show each command, and wait so many seconds"},
    {.name = "--tolerance", .kind = ARG_NUM, .help = "part of a number that it may differ by"},
    {0},
};

const struct command cmd_replay = {
    .name = "replay",
    .group = GROUP_EXPORT,
    .flags = CMD_SHELL,
    .args = replay_args,
    .summary = "Run a record again and show the first difference",
    .help =
        "The commands run in a session of their own; the present one is not touched. On a machine "
        "like that of the\n"
        "record (instruction set, threads, version) what they print must be the same byte for "
        "byte, elsewhere numbers\n"
        "within a tolerance. Programs of the system ('!', '| program') are not run: records come "
        "from others. Files\n"
        "that its commands write are written again.\n"
        "  replay lesson.rec\n  replay lesson.rec --slow 2",
    .exec = replay_exec,
};
