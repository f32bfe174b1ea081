/* Files: mappings, whole reads, and writing that keeps the old file until the new one is safe. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"

/* An open regular file or, with `any`, whatever can be read that is no folder. -1: failed. */
static int open_to_read(const char *path, bool any, struct stat *st, struct err *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | (any ? 0 : O_NONBLOCK));
    if (fd < 0) {
        err_set(e, ERR_FILE, "cannot open '%s': %s", path, strerror(errno));
        return -1;
    }
    if (fstat(fd, st) != 0)
        err_set(e, ERR_FILE, "cannot read '%s': %s", path, strerror(errno));
    else if (S_ISDIR(st->st_mode))
        err_set(e, ERR_FILE, "'%s' is a folder, not a file", path);
    else if (!any && !S_ISREG(st->st_mode))
        err_set(e, ERR_FILE, "'%s' is not a regular file", path);
    else
        return fd;
    close(fd);
    return -1;
}

struct mapping *mapping_open(const char *path, struct err *e)
{
    static const unsigned char nothing[1];
    struct stat st;
    int fd = open_to_read(path, false, &st, e);
    if (fd < 0)
        return NULL;
    const unsigned char *data = nothing;
    size_t size = (size_t)st.st_size;
    if (size > 0) {
        data = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (data == MAP_FAILED) {
            err_set(e, ERR_FILE, "cannot map '%s': %s", path, strerror(errno));
            close(fd);
            return NULL;
        }
    }
    close(fd);
    struct mapping *m = mem_alloc(sizeof *m);
    *m = (struct mapping){.data = data, .size = size, .refs = 1, .path = mem_strdup(path)};
    return m;
}

struct mapping *mapping_ref(struct mapping *m)
{
    m->refs++;
    return m;
}

void mapping_unref(struct mapping *m)
{
    if (!m || --m->refs > 0)
        return;
    if (m->size > 0)
        munmap((void *)m->data, m->size);
    free(m->path);
    free(m);
}

bool file_exists(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0;
}

bool file_is_dir(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

char *file_read(const char *path, size_t limit, size_t *size, struct err *e)
{
    struct stat st;
    int fd = open_to_read(path, true, &st, e);
    if (fd < 0)
        return NULL;
    struct str text = STR_INIT;
    char chunk[65536];
    for (;;) {
        ssize_t got = read(fd, chunk, sizeof chunk);
        if (got == 0)
            break;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            err_set(e, ERR_FILE, "cannot read '%s': %s", path, strerror(errno));
        else if ((size_t)got > limit - text.len)
            err_set(e, ERR_FILE,
                    "'%s' is larger than %zu bytes, the most that is read of such a file", path,
                    limit);
        else {
            str_addn(&text, chunk, (size_t)got);
            continue;
        }
        str_release(&text);
        close(fd);
        return NULL;
    }
    close(fd);
    if (size)
        *size = text.len;
    return str_detach(&text);
}

/* Asks the file system to make the new name last; not every one can, which is no error. */
static void sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *dir =
        slash ? mem_strndup(path, slash == path ? 1 : (size_t)(slash - path)) : mem_strdup(".");
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
    free(dir);
}

static bool cannot_write(const char *path, int why, struct err *e)
{
    return err_set(e, ERR_COMMAND, "cannot write '%s': %s", path, strerror(why));
}

/* The permissions of the file that is replaced, or those a new file would have got. */
static mode_t mode_of(bool old, const struct stat *st)
{
    if (old)
        return st->st_mode & 07777;
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

bool file_create(struct file_writer *w, const char *path, struct err *e)
{
    *w = (struct file_writer){0};
    struct stat st;
    if (!path[0])
        return cannot_write(path, ENOENT, e);
    bool old = stat(path, &st) == 0;
    if (old && S_ISDIR(st.st_mode))
        return cannot_write(path, EISDIR, e);
    if (old && !S_ISREG(st.st_mode)) { /* a device or pipe: written to, never replaced */
        w->f = fopen(path, "wb");
        if (!w->f)
            return cannot_write(path, errno, e);
        w->path = mem_strdup(path);
        return true;
    }
    if (old && access(path, W_OK) != 0)
        return cannot_write(path, errno, e);
    /* A link stays a link: what it points to is replaced. */
    char *real = old ? realpath(path, NULL) : NULL;
    w->path = real ? real : mem_strdup(path);
    w->temp = mem_printf("%s.XXXXXX", w->path);
    int fd = mkostemp(w->temp, O_CLOEXEC);
    if (fd >= 0)
        w->f = fdopen(fd, "wb");
    if (!w->f) {
        int why = errno;
        if (fd >= 0) {
            close(fd);
            unlink(w->temp);
        }
        free(w->path);
        free(w->temp);
        *w = (struct file_writer){0};
        return cannot_write(path, why, e);
    }
    (void)fchmod(fd, mode_of(old, &st));
    return true;
}

/* The reason why a write failed before is gone: the file, which is to be removed, is asked again. */
static int ask_again(const struct file_writer *w)
{
    static const char block[4096];
    for (int i = 0; w->temp && i < 3; i++)
        if (write(fileno(w->f), block, sizeof block) < 0)
            return errno;
    return EIO;
}

/* 0, or why not all of it was written. */
static int flush(struct file_writer *w)
{
    errno = 0;
    if (fflush(w->f) != 0)
        return errno ? errno : EIO;
    return ferror(w->f) ? ask_again(w) : 0;
}

/* A device cannot be synced, and says so. */
static int sync_file(struct file_writer *w)
{
    bool failed = fsync(fileno(w->f)) != 0;
    return failed && errno != EINVAL && errno != EROFS && errno != ENOTSUP ? errno : 0;
}

static bool give_up(struct file_writer *w, int why, struct err *e)
{
    cannot_write(w->path, why, e);
    if (w->temp)
        err_hint(e, "the file of that name, if there was one, is as it was");
    file_abort(w);
    return false;
}

bool file_commit(struct file_writer *w, struct err *e)
{
    int why = flush(w);
    if (!why)
        why = sync_file(w);
    if (fclose(w->f) != 0 && !why)
        why = errno;
    w->f = NULL;
    if (!why && w->temp && rename(w->temp, w->path) != 0)
        why = errno;
    if (why)
        return give_up(w, why, e);
    if (w->temp)
        sync_folder(w->path);
    free(w->path);
    free(w->temp);
    *w = (struct file_writer){0};
    return true;
}

bool file_deliver(struct file_writer *w, struct err *e)
{
    int why = flush(w);
    if (!why && (!w->temp || ftello(w->f) == 0))
        return true;
    if (!why)
        why = sync_file(w);
    if (!why && rename(w->temp, w->path) != 0)
        why = errno;
    if (why)
        return give_up(w, why, e);
    sync_folder(w->path);
    free(w->temp);
    w->temp = NULL;
    return true;
}

bool file_replace(const char *path, const void *bytes, size_t n, struct err *e)
{
    struct file_writer w;
    if (!file_create(&w, path, e))
        return false;
    if (fwrite(bytes, 1, n, w.f) == n)
        return file_commit(&w, e);
    int why = errno;
    bool kept = w.temp != NULL;
    file_abort(&w);
    cannot_write(path, why, e);
    return kept && err_hint(e, "the file of that name, if there was one, is as it was");
}

bool file_add(int fd, const char *path, const void *bytes, size_t n, struct err *e)
{
    const char *from = bytes;
    struct stat st;
    bool file = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
    for (size_t done = 0; done < n;) {
        ssize_t got = write(fd, from + done, n - done);
        if (got >= 0) {
            done += (size_t)got;
        } else if (errno != EINTR) {
            int why = errno;
            bool whole = file && ftruncate(fd, st.st_size) == 0;
            cannot_write(path, why, e);
            return whole && err_hint(e, "the file is as it was");
        }
    }
    return true;
}

void file_abort(struct file_writer *w)
{
    if (w->f)
        fclose(w->f);
    if (w->temp)
        unlink(w->temp);
    free(w->path);
    free(w->temp);
    *w = (struct file_writer){0};
}
