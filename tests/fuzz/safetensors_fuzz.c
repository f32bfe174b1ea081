/* Any bytes as a .safetensors file: refused with a message, or all that is promised of weights. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../unit/format/invariants.h"
#include "base/mem.h"
#include "format/internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err e = ERR_INIT;
    char path[32];
    int fd = memfd_create("input", 0);
    if (fd < 0 || (size && write(fd, data, size) != (ssize_t)size))
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    struct weights *w = mem_alloc(sizeof *w);
    bool ok = safetensors_read(w, path, &e);
    if (ok ? weights_broken(w) != NULL : e.kind != ERR_FILE || !e.msg[0])
        abort();
    weights_free(w);
    close(fd);
    return 0;
}
