/* Any bytes as a command line: cut into commands, looked up, read as arguments of every kind,
 * completed. What is carried out is a command of this file alone. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "command/command.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    (void)s, (void)out;
    for (const struct arg *t = args_command(a)->args; t && t->name; t++) {
        size_t n;
        int nids;
        if (args_text(a, t->name, &n) && t->kind == ARG_INT && t->lo < t->hi &&
            (args_int(a, t->name, 0) < t->lo || args_int(a, t->name, 0) > t->hi))
            abort();
        args_ids(a, t->name, &nids);
        if (args_count(a, t->name) > 1 && !t->many)
            abort();
        args_blame(a, t->name, 0, e);
    }
    return true;
}

static const struct arg usual[] = {
    {"n", ARG_INT, "", .optional = true, .lo = -3, .hi = 1000},
    {"as", ARG_CHOICE, "", .optional = true, .choices = "heat|table|bars"},
    {"site", ARG_SITE, "", .optional = true},
    {"word", ARG_WORD, "", .optional = true, .many = true},
    {"--max", ARG_NUM, "", .optional = true},
    {"--all", ARG_FLAG, "", .optional = true},
    {"--ids", ARG_IDS, "", .optional = true},
    {"--to", ARG_FILE, "", .optional = true},
    {"--key", ARG_SETTING, "", .optional = true},
    {"-t", ARG_TOKEN, "", .optional = true},
    {0},
};
static const struct arg raw[] = {
    {"--ids", ARG_IDS, "", .optional = true}, {"text", ARG_REST, "", .optional = true}, {0}};
static const struct arg lua[] = {
    {"token", ARG_TOKEN, "", .optional = false}, {"expr", ARG_LUA, "", .optional = true}, {0}};
static const struct command made[] = {
    {.name = "u", .args = usual, .letters = "#fn", .exec = exec},
    {.name = "v", .args = raw, .flags = CMD_RAW, .exec = exec},
    {.name = "y", .args = lua, .flags = CMD_BLOCK, .exec = exec},
};

static bool is_made(const struct command *c)
{
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        if (c == &made[i])
            return true;
    return false;
}

static void check_error(const struct err *e, size_t size)
{
    if (!e->msg[0] || e->column > (int)size)
        abort();
}

static void run_part(struct session *s, const char *text, const struct line_part *p)
{
    struct err e = ERR_INIT;
    struct result out;
    int used;
    char *line = strndup(text + p->start, p->end - p->start);
    const struct command *c = line ? command_find(s, line, &used, &e) : NULL, *ran;
    if (c && (used < 0 || (size_t)used > strlen(line)))
        abort();
    result_init(&out);
    e = (struct err)ERR_INIT;
    if (is_made(c) && !strstr(line, "--help") && !strchr(line, '?') &&
        !command_run(s, line, false, &out, &ran, &e))
        check_error(&e, strlen(line));
    result_release(&out);
    free(line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 4096)
        return 0;
    struct session *s = session_new();
    struct arena a = ARENA_INIT;
    struct err e = ERR_INIT;
    char *text = malloc(size + 1);
    if (!text)
        abort();
    memcpy(text, data, size);
    text[size] = '\0';
    size = strlen(text);
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        if (!command_add(s, &made[i], NULL, &e))
            abort();
    struct line_part p;
    for (size_t at = 0; text[at]; at = p.next) {
        if (!line_cut(s, text, at, &p, &e)) {
            check_error(&e, size);
            break;
        }
        if (p.next <= at || p.next > size || p.start > p.end || p.end > size || p.target_end > size)
            abort();
        run_part(s, text, &p);
        if (p.redirect != REDIRECT_NONE && !line_target(&a, text, &p, &e))
            check_error(&e, size);
    }
    int start;
    size_t n;
    command_complete(s, &a, text, (int)size, &start, &n);
    if (start < 0 || start > (int)size)
        abort();
    arena_release(&a);
    command_release(s);
    session_free(s);
    free(text);
    return 0;
}
