/* Paths: joining, and names from untrusted files that must stay in their folder. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"

char *path_join(const char *dir, const char *name)
{
    size_t n = strlen(dir);
    if (n == 0)
        return mem_strdup(name);
    return mem_printf(dir[n - 1] == '/' ? "%s%s" : "%s/%s", dir, name);
}

static bool lies_in(const char *path, const char *dir)
{
    size_t n = strlen(dir);
    return strncmp(path, dir, n) == 0 && (path[n] == '/' || (n == 1 && dir[0] == '/'));
}

/* The download cache of Hugging Face keeps REPO/snapshots/REVISION full of links into REPO/blobs;
 * those lead out of the folder but not out of the model. */
static bool lies_in_cache(const char *path, const char *dir)
{
    char *repo = mem_strdup(dir), *slash = strrchr(repo, '/');
    bool found = false;
    if (slash && slash != repo) {
        *slash = '\0';
        if (str_ends(repo, "/snapshots")) {
            *strrchr(repo, '/') = '\0';
            char *blobs = path_join(repo, "blobs");
            found = lies_in(path, blobs);
            free(blobs);
        }
    }
    free(repo);
    return found;
}

char *path_inside(const char *dir, const char *name, struct err *e)
{
    if (!name[0] || strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || strchr(name, '/') ||
        strlen(name) > NAME_MAX) {
        err_set(e, ERR_FILE, "'%.200s' is not a plain file name: files are only read from '%s'",
                name, dir);
        return NULL;
    }
    char *path = path_join(dir, name);
    struct stat st;
    if (lstat(path, &st) != 0 && errno == ENOENT)
        return path; /* opening it will say that it is missing */
    char *real = realpath(path, NULL), *home = realpath(dir[0] ? dir : ".", NULL);
    bool fine = real && home && (lies_in(real, home) || lies_in_cache(real, home));
    free(home);
    free(real);
    if (!fine) {
        err_set(e, ERR_FILE, "'%s' is a link that leads out of its folder or nowhere", path);
        free(path);
        return NULL;
    }
    return path;
}

/* ---- folders of the program ------------------------------------------------------------------ */

static void make_folders(const char *path)
{
    char *copy = mem_strdup(path);
    for (char *p = copy + 1; *p; p++) {
        if (*p != '/')
            continue;
        *p = '\0';
        mkdir(copy, 0700);
        *p = '/';
    }
    free(copy);
}

char *path_state(const char *name)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    char *path = NULL;
    if (state && *state == '/') /* a relative one is to be ignored, says the XDG specification */
        path = mem_printf("%s/rasad/%s", state, name);
    else if (home && *home)
        path = mem_printf("%s/.local/state/rasad/%s", home, name);
    if (path)
        make_folders(path);
    return path;
}

char *path_bundled(const char *folder, const char *name)
{
    char exe[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
    if (n <= 0)
        return NULL;
    exe[n] = 0;
    char *slash = strrchr(exe, '/');
    if (slash)
        *slash = '\0';
    static const char *const places[] = {"examples", "../share/rasad", "../share/rasad/examples",
                                         "../../examples"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char *path = mem_printf("%s/%s/%s%s%s", exe, places[i], folder, *folder ? "/" : "", name);
        if (file_exists(path))
            return path;
        free(path);
    }
    return NULL;
}
