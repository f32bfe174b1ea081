/* The file of a record: its head, reading it, comparing what was printed. */
#include "record.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/version.h"
#include "command/saved.h"
#include "tensor/kernels.h"

enum { RECORD_MAX = 64 << 20 };

void record_machine(char out[80])
{
    snprintf(out, 80, "%s, %d thread%s, %s", k_isa(), k_threads(), k_threads() == 1 ? "" : "s",
             RASAD_VERSION);
}

void record_head(struct shell *sh, int width, struct str *out)
{
    const struct session *s = sh->session;
    struct str state = STR_INIT;
    char machine[80], digest[17];
    record_machine(machine);
    str_addf(out, "# rasad record %d\n", RECORD_VERSION);
    if (s->model != NULL) {
        model_digest(s->model, digest);
        str_add(out, "# model ");
        str_add_visible(out, s->model->name, strlen(s->model->name));
        str_addf(out, " %s\n", digest);
    }
    str_addf(out, "# machine %s\n", machine);
    str_addf(out, "# width %d, color never, seed %lld\n", width,
             (long long)s->settings.number[SET_SEED]);
    saved_state(s, &state);
    for (const char *p = state.s; state.len > 0 && *p != 0;) {
        size_t n = strcspn(p, "\n");
        str_addf(out, "+ %.*s\n", (int)n, p);
        p += n + (p[n] == '\n');
    }
    str_release(&state);
}

/* ---- reading --------------------------------------------------------------------------------- */

void record_release(struct record *r)
{
    for (size_t i = 0; i < r->n; i++) {
        free(r->steps[i].input);
        free(r->steps[i].expected);
    }
    free(r->steps);
    free(r->setup);
    *r = (struct record){0};
}

struct reader {
    const char *path, *text;
    int line; /* of the line last read */
    struct record *r;
    struct str setup, input, expected;
    int input_line; /* 0: no command yet */
    bool printing;  /* output of the command has begun */
};

static bool wrong(const struct reader *x, const char *what, struct err *e)
{
    return err_set(e, ERR_FILE, "%s:%d: %s", x->path, x->line, what);
}

static void end_step(struct reader *x)
{
    if (x->input_line == 0)
        return;
    struct record_step step = {.line = x->input_line};
    step.input = str_detach(&x->input);
    step.expected = str_detach(&x->expected);
    ARRAY_PUSH(x->r->steps, x->r->n, x->r->cap) = step;
    x->input_line = 0;
    x->printing = false;
}

static bool head_line(struct reader *x, const char *line, struct err *e)
{
    int version = 0, width = 0;
    if (x->line == 1) {
        if (sscanf(line, "# rasad record %d", &version) != 1)
            return wrong(x, "this is no record (it begins with \"# rasad record 1\")", e);
        if (version != RECORD_VERSION) {
            char text[80];
            snprintf(text, sizeof text, "the record is of version %d; this program reads %d",
                     version, RECORD_VERSION);
            return wrong(x, text, e);
        }
        return true;
    }
    if (sscanf(line, "# model %79s %23s", x->r->model, x->r->digest) == 2 ||
        sscanf(line, "# machine %79[^\n]", x->r->machine) == 1)
        return true;
    if (sscanf(line, "# width %d", &width) == 1) {
        if (width < 0 || width > 10000)
            return wrong(x, "the width is from 0 (no limit) to 10000", e);
        x->r->width = width;
    }
    return true; /* other remarks are the writer's own */
}

/* A command begins at "> " after output, or where the one before is complete: the shell says which
 * lines belong together, so here lines that follow each other are only joined. */
static bool take(struct reader *x, const char *line, size_t n, struct err *e)
{
    if (x->line == 1 && n == 0)
        return head_line(x, "", e);
    if (line[0] == '#' && x->input_line == 0)
        return head_line(x, line, e);
    if (x->line == 1)
        return head_line(x, line, e);
    if (line[0] == '+' && x->input_line == 0) {
        str_addf(&x->setup, "%s\n", line + (line[1] == ' ' ? 2 : 1));
        return true;
    }
    if (line[0] == '>' && (n == 1 || line[1] == ' ')) {
        end_step(x);
        x->input_line = x->line;
        str_addn(&x->input, line + (n > 1 ? 2 : 1), n - (n > 1 ? 2 : 1));
        return true;
    }
    if (x->input_line == 0)
        return wrong(x, "output without a command before it", e);
    x->printing = true;
    if (line[0] == '\\')
        line++, n--;
    str_addn(&x->expected, line, n);
    str_addc(&x->expected, '\n');
    return true;
}

bool record_read(const char *path, struct record *r, struct err *e)
{
    size_t size;
    char *text = file_read(path, RECORD_MAX, &size, e);
    *r = (struct record){0};
    if (text == NULL)
        return false;
    struct reader x = {.path = path, .text = text, .r = r};
    bool ok = true;
    for (char *p = text; ok && (size_t)(p - text) < size;) {
        char *nl = memchr(p, '\n', size - (size_t)(p - text));
        size_t n = nl != NULL ? (size_t)(nl - p) : size - (size_t)(p - text);
        x.line++;
        if (memchr(p, 0, n) != NULL)
            ok = wrong(&x, "the line has a NUL byte", e);
        p[n] = 0;
        ok = ok && take(&x, p, n, e);
        p += n + 1;
    }
    if (ok && size == 0) {
        x.line = 1;
        ok = head_line(&x, "", e);
    }
    if (ok)
        end_step(&x);
    r->setup = str_detach(&x.setup);
    str_release(&x.input);
    str_release(&x.expected);
    free(text);
    if (!ok)
        record_release(r);
    return ok;
}

/* ---- comparing ------------------------------------------------------------------------------- */

/* A number at p that does not continue a word; its end, or NULL. *unit: of its last digit. */
static const char *number_at(const char *p, const char *begin, double *v, double *unit)
{
    if (!isdigit((unsigned char)p[*p == '-']) || (p > begin && isalnum((unsigned char)p[-1])))
        return NULL;
    char *end;
    *v = strtod(p, &end);
    const char *q = p + strcspn(p, ".eE"), *exponent = p + strcspn(p, "eE");
    int digits = 0;
    if (q < end && *q == '.')
        while (q + 1 + digits < end && isdigit((unsigned char)q[1 + digits]))
            digits++;
    *unit = pow(10, -digits);
    if (exponent < end)
        *unit *= pow(10, strtod(exponent + 1, NULL));
    return end;
}

static const char *skip_blanks(const char *p)
{
    return p + strspn(p, " ");
}

static bool lines_agree(const char *a, const char *b, double tolerance)
{
    const char *a0 = a, *b0 = b;
    while (*a != 0 || *b != 0) {
        double x, y, ux, uy;
        a = skip_blanks(a);
        b = skip_blanks(b);
        const char *ea = number_at(a, a0, &x, &ux), *eb = number_at(b, b0, &y, &uy);
        if (ea != NULL && eb != NULL) {
            double most = fmax(fabs(x), fabs(y)), unit = fmax(ux, uy);
            if (fabs(x - y) > fmax(tolerance * most, 1.001 * unit))
                return false;
            a = ea;
            b = eb;
        } else if (*a != *b) {
            return false;
        } else if (*a != 0) {
            a++;
            b++;
        }
    }
    return true;
}

static char *line_at(const char *p, size_t *n)
{
    *n = strcspn(p, "\n");
    return mem_strndup(p, *n);
}

bool record_agrees(const char *expected, const char *got, double tolerance, struct line_pair *first)
{
    if (strcmp(expected, got) == 0)
        return true;
    for (int line = 0; *expected != 0 || *got != 0; line++) {
        size_t ne, ng;
        char *a = line_at(expected, &ne), *b = line_at(got, &ng);
        bool both = *expected != 0 && *got != 0;
        if (!both || (tolerance > 0 ? !lines_agree(a, b, tolerance) : strcmp(a, b) != 0)) {
            *first = (struct line_pair){line, a, b};
            return false;
        }
        free(a);
        free(b);
        expected += ne + (expected[ne] == '\n');
        got += ng + (got[ng] == '\n');
    }
    return true;
}
