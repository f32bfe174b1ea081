/* Look-ups of parsed arguments, for the commands. */
#include <dirent.h>
#include <string.h>

#include "base/file.h"
#include "command/internal.h"

void args_release(struct args *a)
{
    arena_release(&a->arena);
}

static const struct value *find(const struct args *a, const char *name, int i)
{
    for (size_t k = 0; k < a->n; k++)
        if (strcmp(a->v[k].arg->name, name) == 0 && i-- == 0)
            return &a->v[k];
    return NULL;
}

const char *arg_shown(const struct arg *t, char buf[ARG_SHOWN])
{
    size_t n = 0;
    bool option = t->name[0] == '-';
    for (; t->name[n] && n + 1 < ARG_SHOWN; n++) {
        char c = t->name[n];
        buf[n] = !option && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    buf[n] = '\0';
    return buf;
}

bool args_has(const struct args *a, const char *name)
{
    return find(a, name, 0) != NULL;
}

const char *args_str(const struct args *a, const char *name)
{
    return args_nth(a, name, 0);
}

const char *args_nth(const struct args *a, const char *name, int i)
{
    const struct value *v = find(a, name, i);
    return v ? v->s : NULL;
}

int64_t args_nth_int(const struct args *a, const char *name, int i, int64_t otherwise)
{
    const struct value *v = find(a, name, i);
    return v ? v->i : otherwise;
}

const char *args_text(const struct args *a, const char *name, size_t *n)
{
    const struct value *v = find(a, name, 0);
    *n = v ? v->n : 0;
    return v ? v->s : NULL;
}

int64_t args_int(const struct args *a, const char *name, int64_t otherwise)
{
    const struct value *v = find(a, name, 0);
    return v ? v->i : otherwise;
}

double args_num(const struct args *a, const char *name, double otherwise)
{
    const struct value *v = find(a, name, 0);
    return v ? v->d : otherwise;
}

int args_count(const struct args *a, const char *name)
{
    int n = 0;
    for (size_t k = 0; k < a->n; k++)
        n += strcmp(a->v[k].arg->name, name) == 0;
    return n;
}

const int32_t *args_ids(const struct args *a, const char *name, int *n)
{
    const struct value *v = find(a, name, 0);
    *n = v ? v->nids : 0;
    return v ? v->ids : NULL;
}

const char *args_letters(const struct args *a)
{
    return a->letters ? a->letters : "";
}

const char *args_block(const struct args *a)
{
    return a->block;
}

const struct command *args_command(const struct args *a)
{
    return a->command;
}

bool args_repeated(const struct args *a)
{
    return a->repeated;
}

/* A file that is not there may have been meant for one beside it. */
static void hint_file(const char *path, struct err *e)
{
    enum { MOST = 2000 };
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    struct arena a = ARENA_INIT;
    const char *dir = slash ? arena_strndup(&a, path, (size_t)(slash - path) + 1) : "./";
    DIR *d = file_exists(path) || !*base ? NULL : opendir(dir);
    if (d) {
        const char **names = arena_alloc(&a, (MOST + 1) * sizeof *names);
        struct dirent *entry;
        for (size_t n = 0; n < MOST && (entry = readdir(d)) != NULL;)
            if (entry->d_name[0] != '.')
                names[n++] = arena_strdup(&a, entry->d_name);
        closedir(d);
        const char *near = str_nearest(base, names);
        if (near && strcmp(near, base) != 0)
            err_hint(e, "did you mean '%s%s'?", slash ? dir : "", near);
    }
    arena_release(&a);
}

bool args_blame(const struct args *a, const char *name, int i, struct err *e)
{
    const struct value *v = find(a, name, i);
    if (v && v->arg->kind == ARG_FILE && e->kind == ERR_FILE && !e->hint[0])
        hint_file(v->s, e);
    if (!v || v->column < 0)
        return err_at(e, -1, 0);
    if (e->column >= 0 && e->column <= v->length)
        return err_at(e, v->column + e->column, e->length);
    return err_at(e, v->column, v->length);
}
