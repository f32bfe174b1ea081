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
