/* Any bytes as the index of a model in two files, m-1.safetensors and m-2.safetensors. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../unit/format/invariants.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char dir[256];
static int fd = -1;

static void clean(void)
{
    static const char *const names[] = {"m-1.safetensors", "m-2.safetensors",
                                        "model.safetensors.index.json"};
    char path[320];
    for (int i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", dir, names[i]);
        unlink(path);
    }
    rmdir(dir);
}

static void put_shard(int i, const char *header, size_t n, const char *data)
{
    char path[320];
    snprintf(path, sizeof path, "%s/m-%d.safetensors", dir, i);
    FILE *f = fopen(path, "wb");
    if (!f)
        abort();
    uint64_t length = n;
    fwrite(&length, 8, 1, f);
    fprintf(f, "%s%s", header, data);
    fclose(f);
}

static void prepare(void)
{
    static const char one[] = "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
                              "\"b\":{\"dtype\":\"I16\",\"shape\":[1],\"data_offsets\":[1,3]}}";
    static const char two[] = "{\"c\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}";
    const char *base = getenv("TMPDIR");
    char target[32], path[320];
    snprintf(dir, sizeof dir, "%s/index-XXXXXX", base ? base : "/tmp");
    fd = memfd_create("index", 0);
    if (!mkdtemp(dir) || fd < 0)
        abort();
    atexit(clean);
    put_shard(1, one, sizeof one - 1, "xyz");
    put_shard(2, two, sizeof two - 1, "1234");
    snprintf(target, sizeof target, "/proc/self/fd/%d", fd);
    snprintf(path, sizeof path, "%s/model.safetensors.index.json", dir);
    if (symlink(target, path) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err e = ERR_INIT;
    struct weights *w = NULL;
    if (fd < 0)
        prepare();
    if (ftruncate(fd, 0) != 0 || (size && pwrite(fd, data, size, 0) != (ssize_t)size))
        abort();
    bool ok = weights_open(dir, &w, &e);
    if (ok ? !w || weights_broken(w) != NULL : e.kind != ERR_FILE || !e.msg[0])
        abort();
    weights_free(w);
    return 0;
}
