/* Feeds files to a fuzz target without libFuzzer: usage: NAME_fuzz FILE|FOLDER... */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replayed;

static bool replay_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        printf("%s: %s\n", path, strerror(errno));
        return false;
    }
    fseek(f, 0, SEEK_END);
    long end = ftell(f);
    size_t size = end > 0 ? (size_t)end : 0;
    rewind(f);
    /* Exactly the size of the file, so that the sanitizer sees one byte too far. */
    uint8_t *data = malloc(size ? size : 1);
    bool ok = data && fread(data, 1, size, f) == size;
    fclose(f);
    if (ok) {
        /* The name first: after a crash it is the last line. */
        printf("%s\n", path);
        fflush(stdout);
        LLVMFuzzerTestOneInput(data, size);
        replayed++;
    }
    free(data);
    return ok;
}

static bool replay(const char *path)
{
    DIR *d = opendir(path);
    if (!d)
        return replay_file(path);
    bool ok = true;
    for (struct dirent *e; (e = readdir(d));) {
        char name[PATH_MAX];
        snprintf(name, sizeof name, "%s/%s", path, e->d_name);
        if (e->d_name[0] != '.')
            ok &= replay_file(name);
    }
    closedir(d);
    return ok;
}

int main(int argc, char **argv)
{
    bool ok = true;
    for (int i = 1; i < argc; i++)
        ok &= replay(argv[i]);
    printf("%d inputs\n", replayed);
    return ok ? 0 : 1;
}
