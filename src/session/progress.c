/* The file of a lesson's progress: three lines of text. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "session/lesson.h"

enum { LARGEST = 1 << 16 };
static const char head[] = "rasad lesson 1\n";

/* Only plain letters of a name become a file's: lessons come from anywhere. */
static char *path_of(const struct lesson *l)
{
    char name[64] = "lessons/";
    size_t at = strlen(name);
    for (const char *p = l->name; *p && at + 1 < sizeof name; p++)
        name[at++] = isalnum((unsigned char)*p) || (unsigned char)*p >= 0x80 ? *p : '-';
    name[at] = '\0';
    return path_state(name);
}

static void begin(const struct lesson *l, struct progress *p)
{
    *p = (struct progress){.n = l->nquestions};
    p->earned = mem_alloc((size_t)(p->n + 1) * sizeof *p->earned);
    for (int i = 0; i < p->n; i++)
        p->earned[i] = -1;
}

/* "step 4" and "points 3 - 2"; false: this is no file of ours. */
static bool parse(const struct lesson *l, const char *text, struct progress *p)
{
    char *end;
    if (!str_starts(text, head) || !str_starts(text + strlen(head), "step "))
        return false;
    long step = strtol(text + strlen(head) + 5, &end, 10);
    if (step < 0 || step > l->nsteps || !str_starts(end, "\npoints"))
        return step > l->nsteps && step <= 1000; /* the lesson has become shorter: begin again */
    const char *at = end + 7;
    for (int i = 0;; i++) {
        at += strspn(at, " ");
        if (*at == '\n' || !*at) {
            if (i == p->n)
                p->step = (int)step;
            else
                for (int k = 0; k < p->n; k++)
                    p->earned[k] = -1; /* another number of questions: it has changed */
            return *at == '\n';
        }
        long earned = *at == '-' ? -1 : strtol(at, &end, 10);
        if (earned < -1 || earned > 100 || (earned >= 0 && end == at))
            return false;
        at = earned < 0 ? at + 1 : end;
        if (*at != ' ' && *at != '\n')
            return false;
        if (i < p->n)
            p->earned[i] = (int)earned;
    }
}

void progress_read(const struct lesson *l, struct progress *p, char **damaged)
{
    char *path = path_of(l);
    struct err ignored = ERR_INIT;
    size_t n = 0;
    *damaged = NULL;
    begin(l, p);
    char *text = path && file_exists(path) ? file_read(path, LARGEST, &n, &ignored) : NULL;
    bool there = path && file_exists(path);
    if (there && (!text || strlen(text) != n || !parse(l, text, p))) {
        progress_release(p);
        begin(l, p);
        *damaged = path;
        path = NULL;
    }
    free(text);
    free(path);
}

bool progress_write(const struct lesson *l, const struct progress *p, struct err *e)
{
    struct file_writer w;
    char *path = path_of(l);
    if (!path)
        return err_set(e, ERR_COMMAND, "there is no home folder for the progress of lessons");
    bool ok = file_create(&w, path, e);
    if (ok) {
        fprintf(w.f, "%sstep %d\npoints", head, p->step);
        for (int i = 0; i < p->n; i++)
            if (p->earned[i] < 0)
                fputs(" -", w.f);
            else
                fprintf(w.f, " %d", p->earned[i]);
        fputc('\n', w.f);
        ok = file_commit(&w, e);
    }
    free(path);
    return ok;
}

void progress_release(struct progress *p)
{
    free(p->earned);
    *p = (struct progress){0};
}

void progress_points(const struct lesson *l, const struct progress *p, int *earned, int *most)
{
    *earned = *most = 0;
    for (int i = 0; i < l->nsteps; i++)
        for (int k = 0, n = 0; k < l->steps[i].nitems; k++) {
            const struct lesson_question *q = l->steps[i].items[k].question;
            if (!q)
                continue;
            int at = l->steps[i].first_question + n++;
            *most += q->points;
            *earned += p->earned[at] > 0 ? p->earned[at] : 0;
        }
}

void lesson_walk_free(struct lesson_walk *w)
{
    if (!w)
        return;
    progress_release(&w->progress);
    lesson_free(w->lesson);
    free(w);
}
