/* Training of word vectors on one thread: words a second, beside gensim's compiled skip-gram on the
 * same text with the same parameters where python3 has it. Both are measured in processor time, in
 * turns, so that what else the machine does weighs on neither. */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/str.h"
#include "bench.h"
#include "words/w2v.h"

enum { DIM = 100, EPOCHS = 10, MOST_ROUNDS = 20 };

/* Words of the text a second of processor time, all epochs; 0 when it cannot be read. */
static double ours(const char *path)
{
    struct text t;
    struct err e = ERR_INIT;
    struct w2v *m;
    struct w2v_options o = w2v_defaults(false, false);
    o.dim = DIM;
    o.epochs = EPOCHS;
    must(text_open(path, 1, &t, &e), &e);
    clock_t began = clock();
    must(w2v_train(&t, &o, NULL, NULL, &m, &e), &e);
    double seconds = (double)(clock() - began) / CLOCKS_PER_SEC, rate = (double)m->words / seconds;
    w2v_free(m);
    text_release(&t);
    return rate;
}

/* The same of gensim, by a script that says it; 0 when there is none. */
static double theirs(const char *path)
{
    char dim[16], epochs[16];
    snprintf(dim, sizeof dim, "%d", DIM);
    snprintf(epochs, sizeof epochs, "%d", EPOCHS);
    char *const argv[] = {(char[]){"/usr/bin/env"},
                          (char[]){"python3"},
                          (char[]){"tests/bench/gensim_words.py"},
                          (char *)(uintptr_t)path,
                          dim,
                          epochs,
                          NULL};
    struct process p = process_run(argv);
    double rate;
    p.out[strcspn(p.out, "\n")] = 0;
    return p.status == 0 && str_double(p.out, &rate) ? rate : 0;
}

static double largest(const double *v, int n)
{
    double most = v[0];
    for (int i = 1; i < n; i++)
        most = v[i] > most ? v[i] : most;
    return most;
}

void bench_words(const struct bench *b)
{
    static const char path[] = "examples/words.fa.txt";
    double mine[MOST_ROUNDS], other[MOST_ROUNDS];
    if (access(path, R_OK) != 0) {
        detail("%s is not there", path);
        return;
    }
    int rounds = b->rounds < MOST_ROUNDS ? b->rounds : MOST_ROUNDS;
    bool compared = true;
    for (int i = 0; i < rounds; i++) {
        mine[i] = ours(path);
        other[i] = compared ? theirs(path) : 0;
        compared = compared && other[i] > 0;
    }
    detail("skip-gram, 5 negatives, window 1-5, %d numbers, %d epochs: best of %d %.0f words/s, "
           "median %.0f",
           DIM, EPOCHS, rounds, largest(mine, rounds), median(mine, rounds));
    figure("skip-gram with negative sampling", median(mine, rounds) / 1e3, "k words/s", NO_GOAL, 0);
    if (!compared) {
        detail("gensim: not measured, python3 with gensim is not there");
        return;
    }
    detail("gensim, one worker: best %.0f words/s, median %.0f", largest(other, rounds),
           median(other, rounds));
    figure("the same against gensim's", median(mine, rounds) / median(other, rounds), "x", AT_LEAST,
           1);
}
