/* Finding lessons. */
#include "teach_files.h"

#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "session/lesson.h"

static int by_number(const void *a, const void *b)
{
    const char *x = *(char *const *)a, *y = *(char *const *)b;
    long m = strtol(strrchr(x, '/') + 1, NULL, 10), n = strtol(strrchr(y, '/') + 1, NULL, 10);
    return m != n ? (m > n) - (m < n) : strcmp(x, y);
}

bool lesson_files_find(struct lesson_files *f, struct err *e)
{
    *f = (struct lesson_files){0};
    char *folder = path_bundled("lessons", "");
    DIR *d = folder ? opendir(folder) : NULL;
    if (!d) {
        free(folder);
        return err_set(e, ERR_FILE, "the bundled lessons (examples/lessons) are not there") ||
               err_hint(e, "'teach FILE' runs a lesson of your own");
    }
    for (struct dirent *x; (x = readdir(d)) != NULL;)
        if (isdigit((unsigned char)x->d_name[0]) && str_ends(x->d_name, ".lesson"))
            ARRAY_PUSH(f->paths, f->n, f->cap) = path_join(folder, x->d_name);
    closedir(d);
    free(folder);
    if (f->n > 0)
        qsort(f->paths, f->n, sizeof *f->paths, by_number);
    return true;
}

void lesson_files_release(struct lesson_files *f)
{
    for (size_t i = 0; i < f->n; i++)
        free(f->paths[i]);
    free(f->paths);
    *f = (struct lesson_files){0};
}

/* "shapes", "1" or a beginning that no other name has. */
static const char *pick(const struct lesson_files *f, const char *what)
{
    const char *found = NULL;
    int64_t number = -1;
    str_int(what, 0, 10000, &number);
    for (size_t i = 0; i < f->n; i++) {
        char name[40];
        lesson_name(f->paths[i], name);
        if (strcmp(name, what) == 0 || strtol(strrchr(f->paths[i], '/') + 1, NULL, 10) == number)
            return f->paths[i];
    }
    for (size_t i = 0; i < f->n; i++) {
        char name[40];
        lesson_name(f->paths[i], name);
        if (*what && str_starts(name, what)) {
            if (found)
                return NULL;
            found = f->paths[i];
        }
    }
    return found;
}

static void unknown(const struct lesson_files *f, const char *what, struct err *e)
{
    char(*names)[40] = mem_alloc((f->n + 1) * sizeof *names);
    const char **list = mem_alloc((f->n + 1) * sizeof *list);
    for (size_t i = 0; i < f->n; i++) {
        lesson_name(f->paths[i], names[i]);
        list[i] = names[i];
    }
    err_set(e, ERR_COMMAND, "there is no lesson '%.60s'", what);
    const char *meant = str_nearest(what, list);
    if (meant)
        err_hint(e, "did you mean '%s'?", meant);
    else
        err_hint(e, "'teach' lists them; a file of your own ends in .lesson");
    free(list);
    free(names);
}

char *lesson_files_path(const char *what, struct err *e)
{
    struct lesson_files f;
    if (strchr(what, '/') || str_ends(what, ".lesson"))
        return mem_strdup(what);
    if (!lesson_files_find(&f, e))
        return NULL;
    const char *found = pick(&f, what);
    char *path = found ? mem_strdup(found) : NULL;
    if (!path)
        unknown(&f, what, e);
    lesson_files_release(&f);
    return path;
}
