/* Files for the tests of the format layer. */
#include "files.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"

static void need(bool ok, const char *what)
{
    if (ok)
        return;
    perror(what);
    abort();
}

char *folder_make(void)
{
    const char *base = getenv("TMPDIR");
    char *dir = mem_printf("%s/format-XXXXXX", base ? base : "/tmp");
    need(mkdtemp(dir) != NULL, dir);
    return dir;
}

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

void folder_remove(char *dir)
{
    DIR *d = opendir(dir);
    need(d != NULL, dir);
    for (struct dirent *e; (e = readdir(d));) {
        if (is_dots(e->d_name))
            continue;
        char *path = file_in(dir, e->d_name);
        if (unlink(path) != 0)
            rmdir(path);
        free(path);
    }
    closedir(d);
    rmdir(dir);
    free(dir);
}

int folder_count(const char *dir)
{
    DIR *d = opendir(dir);
    int n = 0;
    need(d != NULL, dir);
    for (struct dirent *e; (e = readdir(d));)
        n += !is_dots(e->d_name);
    closedir(d);
    return n;
}

char *file_in(const char *dir, const char *name)
{
    return mem_printf("%s/%s", dir, name);
}

void file_write(const char *dir, const char *name, const void *data, size_t n)
{
    char *path = file_in(dir, name);
    FILE *f = fopen(path, "wb");
    need(f && fwrite(data, 1, n, f) == n && fclose(f) == 0, path);
    free(path);
}

void st_build(struct str *out, const char *header, size_t data)
{
    uint64_t n = strlen(header);
    for (int i = 0; i < 8; i++)
        str_addc(out, (char)(n >> 8 * i));
    str_add(out, header);
    for (size_t i = 0; i < data; i++)
        str_addc(out, (char)i);
}

void st_write(const char *dir, const char *name, const char *header, size_t data)
{
    struct str b = STR_INIT;
    st_build(&b, header, data);
    file_write(dir, name, b.s, b.len);
    str_release(&b);
}

static volatile double touched;

const char *weights_broken(const struct weights *w)
{
    size_t sum = 0;
    const unsigned char *end = NULL;
    const struct storage *st = NULL;
    for (size_t i = 0; i < weights_count(w); i++) {
        const struct weight *x = weights_at(w, i);
        const struct tensor *t = &x->t;
        if (weights_find(w, x->name) != x)
            return "a name that does not find its tensor";
        if (t->ndim < 0 || t->ndim > TENSOR_DIMS || t->dtype >= DT_COUNT || !tensor_contiguous(t))
            return "a tensor of impossible shape or type";
        for (int d = 0; d < t->ndim; d++)
            if (t->shape[d] < 0)
                return "a negative size";
        const unsigned char *p = t->data, *from = t->st->data;
        size_t count = (size_t)tensor_count(t), size = dtype_size(t->dtype);
        if (p < from || count > t->st->bytes || (size_t)(p - from) + count * size > t->st->bytes)
            return "a tensor outside its file";
        if (t->st == st && p != end)
            return "a hole or an overlap";
        if (t->st != st && st && end != (const unsigned char *)st->data + st->bytes)
            return "bytes after the last tensor of a file";
        st = t->st;
        end = p + count * size;
        sum += count * size;
        if (count)
            touched = dtype_load(t->dtype, p) + dtype_load(t->dtype, end - size);
    }
    if (st && end != (const unsigned char *)st->data + st->bytes)
        return "bytes after the last tensor";
    return sum == weights_bytes(w) ? NULL : "a wrong sum of bytes";
}

void scratch_open(struct scratch *s)
{
    s->fd = memfd_create("scratch", 0);
    need(s->fd >= 0, "memfd_create");
    snprintf(s->path, sizeof s->path, "/proc/self/fd/%d", s->fd);
}

void scratch_set(struct scratch *s, const void *data, size_t n)
{
    need(ftruncate(s->fd, (off_t)n) == 0, "ftruncate");
    need(n == 0 || pwrite(s->fd, data, n, 0) == (ssize_t)n, "pwrite");
}

void scratch_close(struct scratch *s)
{
    close(s->fd);
}
