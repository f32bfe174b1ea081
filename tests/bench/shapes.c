/* Shape tables of deep models at great lengths: nothing may take time that grows with their size. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "bench.h"
#include "command/command.h"

static const char deep[] =
    "{\"model_type\": \"transformer\", \"d_model\": 8192, \"heads\": 64, \"encoder_layers\": 50, "
    "\"decoder_layers\": 50, \"vocab_size\": 128000}";

/* Milliseconds of one command, its data and views made and freed. */
static double command_ms(struct session *s, const char *line)
{
    struct result r;
    struct err e = ERR_INIT;
    const struct command *ran;
    double begin = clock_seconds();
    result_init(&r);
    must(command_run(s, line, false, &r, &ran, &e), &e);
    result_release(&r);
    return 1e3 * (clock_seconds() - begin);
}

static void open_deep(struct session *s)
{
    struct config *c;
    struct model *m;
    struct err e = ERR_INIT;
    must(config_parse(deep, strlen(deep), "deep", &c, &e), &e);
    must(model_of_config(c, "deep", &m, &e), &e);
    session_take(s, m);
}

void bench_shapes(const struct bench *b)
{
    static const char *const lines[] = {"shapes --len 1000000", "count params --len 1000000",
                                        "count flops --len 1000000", "count memory --len 1000000",
                                        "plot cost --len 64..1000000"};
    enum { LINES = sizeof lines / sizeof *lines };
    double ms[64];
    int rounds = 3 * b->rounds < 64 ? 3 * b->rounds : 64;
    struct session *s = session_new();
    for (int i = 0; i < rounds; i++) {
        double begin = clock_seconds();
        open_deep(s);
        ms[i] = 1e3 * (clock_seconds() - begin);
    }
    figure("plan of 100 layers", median(ms, rounds), "ms", AT_MOST, 10);
    for (size_t k = 0; k < LINES; k++) {
        char what[96];
        for (int i = 0; i < rounds; i++)
            ms[i] = command_ms(s, lines[k]);
        snprintf(what, sizeof what, "100 layers: %s", lines[k]);
        figure(what, median(ms, rounds), "ms", AT_MOST, 10);
    }
    detail("%d values, %lld parameters", s->model->plan->nnodes,
           (long long)model_parameters(s->model));
    session_free(s);
}
