/* teach: the lessons, walking through one, checking and beginning a file. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "teach.h"
#include "teach_files.h"

/* ---- the list -------------------------------------------------------------------------------- */

static void list_row(struct session *s, const char *path, struct table *t, struct data *list,
                     struct result *out)
{
    struct err e = ERR_INIT;
    struct lesson *l = lesson_read(path, &e);
    struct data *d = data_add_map(&out->arena, list, NULL);
    char name[40];
    lesson_name(path, name);
    struct cell *row = table_row(out, t);
    const char *file = strrchr(path, '/') + 1;
    long number = strtol(file, NULL, 10);
    row[1] = cell_int(number);
    row[2] = cell_str(out, name);
    data_add_int(&out->arena, d, "number", number);
    data_add_str(&out->arena, d, "name", name);
    data_add_str(&out->arena, d, "path", path);
    if (!l) { /* one that is broken does not hide the others */
        row[6] = cell_str(out, e.msg);
        data_add_str(&out->arena, d, "error", e.msg);
        return;
    }
    struct progress p;
    char *damaged;
    int earned, most;
    progress_read(l, &p, &damaged);
    free(damaged);
    progress_points(l, &p, &earned, &most);
    const char *title = lesson_in(&l->title, lesson_language(s));
    bool open = s->lesson && strcmp(s->lesson->lesson->path, path) == 0, done = p.step == l->nsteps;
    row[0] = cell_str(out, open ? "*" : "");
    row[3] = cell_int(l->nsteps);
    row[4] = cell_str(out, done ? "done" : "");
    if (!done && (p.step > 0 || open))
        row[4] = cell_str(out, arena_printf(&out->arena, "step %d", p.step + 1));
    row[5] = cell_str(out, arena_printf(&out->arena, "%d/%d", earned, most));
    row[6] = cell_str(out, title);
    data_add_str(&out->arena, d, "title", title);
    data_add_int(&out->arena, d, "steps", l->nsteps);
    data_add_int(&out->arena, d, "step", done ? l->nsteps : p.step + 1);
    data_add_bool(&out->arena, d, "done", done);
    data_add_int(&out->arena, d, "points", earned);
    data_add_int(&out->arena, d, "most", most);
    progress_release(&p);
    lesson_free(l);
}

static bool list_lessons(struct session *s, struct result *out, struct err *e)
{
    struct lesson_files f;
    if (!lesson_files_find(&f, e))
        return false;
    struct data *list = data_add_list(&out->arena, out->data, "lessons");
    struct table *t = out_table(out, "_ #> lesson steps> at points> title*");
    for (size_t i = 0; i < f.n; i++)
        list_row(s, f.paths[i], t, list, out);
    lesson_files_release(&f);
    if (s->lesson)
        teach_onward(s, out);
    else
        out_paragraph(
            out, TONE_DIM, 0,
            session_says(
                s, "`teach LESSON` begins one, or goes on where it was left",
                "`teach LESSON` درسی را آغاز می‌کند یا از همان‌جا "
                "ادامه "
                "می‌دهد"));
    return true;
}

/* ---- files ----------------------------------------------------------------------------------- */

static bool check_file(const char *path, struct result *out, struct err *e)
{
    struct lesson *l = lesson_read(path, e);
    if (!l)
        return false;
    struct session *fresh = session_new();
    char *model = model_bundled("fa-en");
    bool ok = (!model || (session_open(fresh, model, e) &&
                          session_text(fresh, TEACH_SENTENCE, strlen(TEACH_SENTENCE), e))) &&
              teach_check(fresh, l, e);
    free(model);
    command_release(fresh);
    session_free(fresh);
    if (ok) {
        out_line(out, TONE_GOOD, "%s: %d steps, %d questions, no mistakes", path, l->nsteps,
                 l->nquestions);
        data_add_int(&out->arena, out->data, "steps", l->nsteps);
        data_add_int(&out->arena, out->data, "questions", l->nquestions);
    }
    lesson_free(l);
    return ok;
}

static const char skeleton[] =
    "# A lesson. A line is \"keyword: value\"; a line that begins with a blank goes on with the\n"
    "# one before. 'teach --check FILE' tries it out, 'help teach' lists the keywords.\n"
    "title en: My lesson\n"
    "title fa: درس من\n"
    "\n"
    "step:\n"
    "en: Text of the first step. Code stands between backquotes: `enc.0.self.q`.\n"
    "fa: متن گام نخست. کد میان دو نشانهٔ وارون می‌آید: "
    "`enc.0.self.q`.\n"
    "run: model load fa-en\n"
    "run: input علی به مدرسه می‌رود\n"
    "run: shapes enc.0.self.q\n"
    "\n"
    "ask en: How many numbers does this value hold?\n"
    "ask fa: این مقدار چند عدد دارد؟\n"
    "number: `shapes enc.0.self.q -> sites[0].bytes` / 4\n"
    "rule en: The sizes of all axes are multiplied.\n"
    "rule fa: اندازه‌های همهٔ محورها در هم ضرب می‌شوند.\n"
    "hint en: Read the row of the table.\n"
    "hint fa: سطر جدول را بخوانید.\n";

static bool new_file(const char *path, struct result *out, struct err *e)
{
    struct file_writer w;
    if (file_exists(path))
        return err_set(e, ERR_COMMAND, "'%.200s' is there already", path);
    if (!file_create(&w, path, e))
        return false;
    fputs(skeleton, w.f);
    if (!file_commit(&w, e))
        return false;
    data_add_str(&out->arena, out->data, "file", path);
    out_line(out, TONE_PLAIN, "wrote %s; 'teach --check %s' tries it out, 'teach %s' begins it",
             path, path, path);
    return true;
}

/* ---- the command ----------------------------------------------------------------------------- */

static bool begin(struct session *s, const char *what, const struct args *a, struct result *out,
                  struct err *e)
{
    char *path = lesson_files_path(what, e);
    struct lesson *l = path ? lesson_read(path, e) : NULL;
    bool known = path != NULL;
    free(path);
    if (!l)
        return known ? false : args_blame(a, "what", 0, e);
    int64_t step = args_int(a, "--step", 0);
    if (step > l->nsteps) {
        err_set(e, ERR_COMMAND, "the lesson '%s' has %d steps", l->name, l->nsteps);
        lesson_free(l);
        return args_blame(a, "--step", 0, e);
    }
    teach_begin(s, l, true);
    int at = step > 0 ? (int)step - 1 : s->lesson->progress.step;
    return teach_go(s, at < l->nsteps ? at : 0, out, e);
}

static bool move(struct session *s, const char *word, struct result *out, struct err *e)
{
    struct lesson_walk *w = s->lesson;
    if (!w) {
        err_set(e, ERR_COMMAND, "no lesson is under way");
        return err_hint(e, "'teach' lists the lessons, 'teach NAME' begins one");
    }
    if (strcmp(word, "next") == 0)
        return teach_next(s, out, e);
    if (strcmp(word, "back") == 0 && w->step <= 0)
        return err_set(e, ERR_COMMAND, "this is the first step");
    if (strcmp(word, "stop") != 0)
        return teach_go(s, w->step - (strcmp(word, "back") == 0), out, e);
    out_paragraph(
        out, TONE_PLAIN, 0,
        session_says(
            s, "The lesson is left; `teach` and its name goes on from here",
            "درس رها شد؛ `teach` و نام درس از همین‌جا ادامه "
            "می‌دهد"));
    teach_end(s);
    return true;
}

static bool give_hint(struct session *s, struct result *out, struct err *e)
{
    const char *argv[] = {"--hint"};
    int used;
    const struct command *c = command_find(s, "answer", &used, e);
    return c && command_call(s, c, 1, argv, out, e);
}

static bool teach_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    static const char *const moves[] = {"next", "back", "again", "stop"};
    const char *what = args_str(a, "what"), *file = args_str(a, "file");
    if (args_has(a, "--check"))
        return check_file(args_str(a, "--check"), out, e);
    if (args_repeated(a) && s->lesson)
        return teach_enter(s, out, e);
    if (!what)
        return list_lessons(s, out, e);
    if (strcmp(what, "new") == 0) {
        if (!file)
            return err_set(e, ERR_COMMAND, "'teach new' needs the name of a file after it");
        return new_file(file, out, e) || args_blame(a, "file", 0, e);
    }
    if (file) {
        err_set(e, ERR_COMMAND, "one lesson is enough");
        return args_blame(a, "file", 0, e);
    }
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
        if (strcmp(moves[i], what) == 0)
            return move(s, what, out, e);
    return strcmp(what, "hint") == 0 ? give_hint(s, out, e) : begin(s, what, a, out, e);
}

static const struct arg args[] = {
    {"what", ARG_WORD, "a lesson by name, number or file; next, back, again, stop, hint; new",
     .optional = true},
    {"file", ARG_FILE, "after new: the file that is begun", .optional = true},
    {"--check", ARG_FILE, "tries out a lesson file, errors with file and line", .optional = true},
    {"--step", ARG_INT, "begins there", .optional = true, .lo = 1, .hi = 1000},
    {0},
};

const struct command cmd_teach = {
    .name = "teach",
    .alias = "te",
    .group = GROUP_TEACH,
    .flags = CMD_REPEATS,
    .args = args,
    .summary = "List the lessons, begin or continue one",
    .help =
        "A step is text, commands that really run, and questions; Enter goes on, 'answer TEXT'\n"
        "answers. Between the steps every command may be typed. How far one came is kept. The\n"
        "language is that of 'set lang en|fa'. 'answer --hint' and '--skip' help.\n"
        "\n"
        "  teach\n"
        "  teach shapes\n"
        "  teach back\n"
        "  teach new mine.lesson\n"
        "  teach --check mine.lesson\n"
        "\n"
        "A lesson is a text file. A line is 'keyword: value', a line that begins with a blank "
        "goes\n"
        "on with the one before, '#' begins a comment. LANG is en or fa; a lesson has the\n"
        "languages of its title.\n"
        "\n"
        "  title LANG:   of the lesson; after step: of the step\n"
        "  step:         a new step ('step: fresh' needs nothing of the steps before it)\n"
        "  LANG:         a paragraph; `code` between backquotes, {VALUE} is worked out\n"
        "  run:          a command; its output is shown ($examples: the bundled files)\n"
        "  ask LANG:     a question, and one of these for its answer:\n"
        "    number:     arithmetic with VALUES; 'within:' gives the tolerance\n"
        "    shape:      a site, or a VALUE that is a shape\n"
        "    site:       a site\n"
        "    token: word:    what is accepted, 'a | b', each may be a VALUE\n"
        "    option LANG: right LANG:    the options of a choice, the right one among them\n"
        "  rule LANG:    why the answer is what it is\n"
        "  hint LANG:    a hint\n"
        "  points:       for a right answer at once (3)\n"
        "\n"
        "A VALUE is `COMMAND -> PATH`: a part of what the command gives under --json, as in\n"
        "`shapes enc.0.self.q -> sites[0].bytes` or `topk -> candidates[0].piece`. Lessons run\n"
        "commands of the program alone: no '!', no Lua, no '|' and '>', no files written.\n",
    .exec = teach_exec,
};
