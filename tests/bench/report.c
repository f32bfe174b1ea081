/* report: a session of 48 maps of 64 x 64 as one page. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "bench.h"
#include "command/command.h"

static bool line(struct session *s, const char *text)
{
    struct err e = ERR_INIT;
    struct result r;
    const struct command *ran;
    result_init(&r);
    bool ok = command_run(s, text, false, &r, &ran, &e);
    result_release(&r);
    if (!ok)
        detail("report: %s", e.msg);
    return ok;
}

static bool ids(struct session *s, const char *command)
{
    struct str text = STR_INIT;
    str_addf(&text, "%s 5", command);
    for (int i = 1; i < (*command == 'i' ? 64 : 63); i++)
        str_addf(&text, ",%d", 5 + i * 37 % 1000);
    bool ok = line(s, text.s);
    str_release(&text);
    return ok;
}

/* As a browser sees it, where there is one. */
static void opening(const char *path)
{
    struct str command = STR_INIT;
    char text[160] = "";
    str_addf(&command, "python3 -B tests/browser/opening.py --page %s 2>/dev/null", path);
    FILE *f = popen(command.s, "r");
    str_release(&command);
    bool said = f != NULL && fgets(text, sizeof text, f) != NULL;
    text[strcspn(text, "\n")] = 0;
    if (f != NULL && pclose(f) == 0 && said)
        figure("that report opens in a browser", strtod(text, NULL), "ms", AT_MOST, 300);
    else
        detail("opening the report: not measured, %s", said ? text : "python3 does not run here");
}

static void measure(const struct bench *b, struct session *s, const char *path)
{
    double ms[64];
    int rounds = b->rounds < 64 ? b->rounds : 64;
    struct str command = STR_INIT;
    struct stat st;
    str_addf(&command, "report %s", path);
    for (int i = 0; i < rounds; i++) {
        double began = clock_seconds();
        if (!line(s, command.s))
            break;
        ms[i] = 1e3 * (clock_seconds() - began);
        if (i + 1 == rounds && stat(path, &st) == 0) {
            figure("a report of 48 maps of 64 x 64", median(ms, rounds), "ms", AT_MOST, 200);
            figure("a report of 48 maps of 64 x 64", (double)st.st_size / 1e6, "MB", AT_MOST, 2);
        }
    }
    opening(path);
    unlink(path);
    str_release(&command);
}

void bench_report(const struct bench *b)
{
    char folder[] = "/tmp/rasad-report-XXXXXX";
    char *model = path_bundled("models", "fa-en-h8");
    struct session *s = session_new();
    struct err e = ERR_INIT;
    if (model == NULL || mkdtemp(folder) == NULL || !session_open(s, model, &e)) {
        detail("report: not measured, models/fa-en-h8 is not here");
    } else {
        char *path = path_join(folder, "page.html");
        if (ids(s, "input --ids") && ids(s, "prefix --ids") && line(s, "forward"))
            measure(b, s, path);
        free(path);
        rmdir(folder);
    }
    command_release(s);
    session_free(s);
    free(model);
}
