/* The history file: "#seconds" before each entry, so that entries of several lines stay whole. */
#include "history.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "prompt.h"

enum { LARGEST = 64 << 20 }; /* bytes of a file that is read */

static char *history_path(void)
{
    const char *file = getenv("RASAD_HISTFILE");
    if (!file)
        return path_state("history");
    return *file ? mem_strdup(file) : NULL;
}

/* Opens the file under a lock. Cutting replaces it, so it may be another one by the time the lock
 * is had. */
static int open_locked(const char *path)
{
    for (;;) {
        struct stat mine, named;
        int fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (fd < 0)
            return -1;
        while (flock(fd, LOCK_EX) != 0 && errno == EINTR)
            ;
        if (fstat(fd, &mine) != 0 || !S_ISREG(mine.st_mode)) {
            close(fd);
            return -1;
        }
        if (stat(path, &named) == 0 && named.st_ino == mine.st_ino && named.st_dev == mine.st_dev)
            return fd;
        close(fd);
    }
}

static void add_entry(struct str *out, const char *text)
{
    str_addf(out, "#%lld\n%s\n", (long long)time(NULL), text);
}

static void append(const char *path, const char *text)
{
    int fd = open_locked(path);
    if (fd < 0)
        return;
    struct str entry = STR_INIT;
    add_entry(&entry, text);
    struct err ignored = ERR_INIT; /* a full disk is no reason to disturb */
    if (!file_add(fd, path, entry.s, entry.len, &ignored))
        err_clear(&ignored);
    str_release(&entry);
    close(fd);
}

/* ---- reading --------------------------------------------------------------------------------- */

static bool is_stamp(const char *line, size_t n)
{
    return n >= 9 && line[0] == '#' && strspn(line + 1, "0123456789") >= n - 1;
}

static void keep(struct history *h, const char *text, size_t n)
{
    if (n > 0)
        ARRAY_PUSH(h->entries, h->n, h->cap) = mem_strndup(text, n);
}

/* Lines before the first stamp (of a file written by hand) are entries of their own. */
static void read_entries(struct history *h, const char *text, size_t size)
{
    const char *entry = NULL, *end = text + size;
    for (const char *p = text; p < end;) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        size_t n = (size_t)((nl ? nl : end) - p);
        if (is_stamp(p, n)) {
            if (entry && p > entry)
                keep(h, entry, (size_t)(p - entry) - 1);
            entry = nl ? nl + 1 : end;
        } else if (!entry) {
            keep(h, p, n);
        }
        p += n + 1;
    }
    if (entry && end > entry)
        keep(h, entry, (size_t)(end - entry) - (end[-1] == '\n'));
}

/* Forgets all but the last `limit` entries, here and in the file. */
static void cut(struct history *h, size_t limit)
{
    size_t drop = h->n - limit;
    for (size_t i = 0; i < drop; i++)
        free(h->entries[i]);
    h->n = limit;
    memmove(h->entries, h->entries + drop, limit * sizeof *h->entries);
    struct str all = STR_INIT;
    for (size_t i = 0; i < limit; i++)
        add_entry(&all, h->entries[i]);
    struct file_writer w;
    struct err ignored = ERR_INIT;
    if (file_create(&w, h->path, &ignored)) {
        fchmod(fileno(w.f), 0600);
        fwrite(all.s, 1, all.len, w.f);
        if (ferror(w.f))
            file_abort(&w);
        else
            file_commit(&w, &ignored);
    }
    str_release(&all);
}

void history_open(struct history *h, size_t limit)
{
    *h = (struct history){.path = history_path()};
    int64_t size;
    const char *env = getenv("RASAD_HISTSIZE");
    if (env && str_int(env, 0, 10000000, &size))
        limit = (size_t)size;
    if (!h->path)
        return;
    int fd = open_locked(h->path);
    if (fd < 0) {
        free(h->path);
        h->path = NULL;
        return;
    }
    size_t n;
    struct err ignored = ERR_INIT;
    char *text = file_read(h->path, LARGEST, &n, &ignored);
    if (text)
        read_entries(h, text, strlen(text));
    free(text);
    if (h->n > limit + limit / 10) /* a little more is let be: cutting costs a write to the disk */
        cut(h, limit);
    close(fd);
}

void history_close(struct history *h)
{
    for (size_t i = 0; i < h->n; i++)
        free(h->entries[i]);
    free(h->entries);
    free(h->path);
    *h = (struct history){0};
}

bool history_add(struct history *h, const char *text)
{
    if (!*text || *text == ' ' || *text == '\t' ||
        (h->n > 0 && strcmp(h->entries[h->n - 1], text) == 0))
        return false;
    ARRAY_PUSH(h->entries, h->n, h->cap) = mem_strdup(text);
    if (h->path)
        append(h->path, text);
    return true;
}
