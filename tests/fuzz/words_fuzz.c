/* Any bytes as a file of word vectors: refused with a message, or words with finite vectors. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "words/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err e = ERR_INIT;
    char path[32];
    int64_t twice;
    int fd = memfd_create("input", 0);
    if (fd < 0 || (size && write(fd, data, size) != (ssize_t)size))
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    struct w2v *m = w2v_load(path, W2V_GUESS, NULL, NULL, &twice, &e);
    if (m == NULL && (e.kind != ERR_FILE || !e.msg[0]))
        abort();
    for (int32_t i = 0; m != NULL && i < m->vocab.n; i++)
        for (int64_t c = 0; c < m->dim; c++)
            if (!m->vocab.word[i][0] || !isfinite(m->u[i * m->stride + c]))
                abort();
    w2v_free(m);
    close(fd);
    return 0;
}
