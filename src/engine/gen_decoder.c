/* The decoder's book of choices: making one, forgetting some, reading histories and results from
 * it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "gen_internal.h"

static decoder_strategy *const strategies[] = {
    [SEARCH_GREEDY] = rows_choose,
    [SEARCH_BEAM] = beam_choose,
    [SEARCH_SAMPLE] = rows_choose,
};

static const char *const early_words[] = {"false", "true", "never"};

const char *early_stopping_name(enum early_stopping x)
{
    return early_words[x];
}

bool early_stopping_parse(const char *word, enum early_stopping *out)
{
    for (int i = 0; i < 3; i++) {
        if (strcmp(early_words[i], word) == 0) {
            *out = (enum early_stopping)i;
            return true;
        }
    }
    return false;
}

struct gen_options gen_defaults(void)
{
    return (struct gen_options){
        .search = SEARCH_GREEDY,
        .width = 1,
        .max_new = -1,
        .length_penalty = 1,
        .early = EARLY_FALSE,
        .temperature = 1,
        .top_p = 1,
    };
}

/* ---- options -------------------------------------------------------------------------------- */

bool decoder_check(const struct gen_options *o, int64_t batch, struct err *e)
{
    if (o->search == SEARCH_BEAM && (o->width < 1 || o->width > DECODER_MAX_WIDTH)) {
        return err_set(e, ERR_COMMAND, "a beam search has 1 to %d beams, not %d", DECODER_MAX_WIDTH,
                       o->width);
    }
    if (o->search == SEARCH_BEAM && batch != 1) {
        err_set(e, ERR_COMMAND, "beam search takes one sentence at a time, not a batch of %lld",
                (long long)batch);
        return err_hint(e, "use greedy search for batches");
    }
    if (o->search == SEARCH_BEAM && !isfinite(o->length_penalty)) {
        return err_set(e, ERR_COMMAND, "the length penalty must be a finite number");
    }
    if (o->search == SEARCH_SAMPLE && !(o->temperature > 0 && isfinite(o->temperature))) {
        err_set(e, ERR_COMMAND, "the temperature must be above 0, not %g", o->temperature);
        return err_hint(e, "greedy search always takes the likeliest token");
    }
    if (o->search == SEARCH_SAMPLE && !(o->top_p >= 0 && o->top_p <= 1)) {
        return err_set(e, ERR_COMMAND, "top-p must lie between 0 and 1, not %g", o->top_p);
    }
    if (o->search == SEARCH_SAMPLE && o->top_k < 0) {
        return err_set(e, ERR_COMMAND, "top-k must be 0 (off) or more, not %d", o->top_k);
    }
    if (o->candidates < 0) {
        return err_set(e, ERR_COMMAND, "%d candidates cannot be recorded", o->candidates);
    }
    return true;
}

void decoder_set_limit(struct decoder *d)
{
    int64_t limit = INT64_MAX;
    if (d->o.max_new >= 0) {
        if (d->o.max_new < INT64_MAX - d->nprompt) {
            limit = d->nprompt + d->o.max_new;
        }
    } else if (d->rules.max_length > 0) {
        limit = d->rules.max_length;
    } else {
        limit = d->nprompt + 20; /* what transformers does when nobody says anything */
    }
    /* The last token needs no position: it is not fed to the model. */
    if (d->positions > 0 && limit > d->positions + 1) {
        limit = d->positions + 1;
    }
    d->limit = limit;
}

static bool id_fits(const struct decoder *d, int32_t id, const char *what, struct err *e)
{
    if (id < d->vocab) {
        return true;
    }
    return err_set(e, ERR_FILE, "the %s token %d is outside the vocabulary of %lld", what, (int)id,
                   (long long)d->vocab);
}

static bool set_prompt(struct decoder *d, const struct gen_options *o, struct err *e)
{
    const int32_t *prefix = o->prefix;
    int64_t n = prefix ? o->nprefix : 0;
    if (n > 0 && d->rules.start >= 0 && prefix[0] == d->rules.start) {
        prefix++;
        n--;
    }
    int64_t extra = d->rules.start >= 0;
    if (d->positions > 0 && n + extra > d->positions) {
        return err_set(e, ERR_COMMAND,
                       "the target begins with %lld tokens, but the model has %lld positions",
                       (long long)(n + extra), (long long)d->positions);
    }
    for (int64_t i = 0; i < n; i++) {
        if (prefix[i] < 0 || prefix[i] >= d->vocab) {
            return err_set(e, ERR_COMMAND,
                           "id %d of the prefix is outside the vocabulary (0 to %lld)",
                           (int)prefix[i], (long long)d->vocab - 1);
        }
    }
    d->prompt = mem_alloc((size_t)(n + extra + 1) * sizeof *d->prompt);
    if (extra) {
        d->prompt[0] = d->rules.start;
    }
    if (n > 0) {
        memcpy(d->prompt + extra, prefix, (size_t)n * sizeof *prefix);
    }
    d->nprompt = n + extra;
    return true;
}

bool decoder_init(struct decoder *d, const struct gen_rules *rules, const struct gen_options *o,
                  int64_t vocab, int64_t batch, int64_t positions, struct err *e)
{
    memset(d, 0, sizeof *d);
    if (!decoder_check(o, batch, e)) {
        return false;
    }
    d->rules = *rules;
    d->o = *o;
    d->vocab = vocab;
    d->batch = batch;
    d->beams = o->search == SEARCH_BEAM ? o->width : 1;
    d->rows = d->batch * d->beams;
    d->positions = positions;
    d->pick = -1;
    if (!id_fits(d, rules->start, "decoder start", e) || !id_fits(d, rules->pad, "padding", e) ||
        !id_fits(d, rules->forced_bos, "forced first", e) ||
        !id_fits(d, rules->forced_eos, "forced last", e) || !set_prompt(d, o, e)) {
        return false;
    }
    d->o.prefix = NULL;
    d->o.nprefix = 0;
    decoder_set_limit(d);
    return true;
}

/* ---- records -------------------------------------------------------------------------------- */

static void record_release(struct decoder_record *rec)
{
    free(rec->rows);
    free(rec->ends);
    free(rec->step.candidates);
    free(rec->step.beams);
}

void decoder_truncate(struct decoder *d, int64_t n)
{
    while ((int64_t)d->nrecords > n) {
        record_release(&d->records[--d->nrecords]);
    }
}

void decoder_release(struct decoder *d)
{
    decoder_truncate(d, 0);
    free(d->records);
    free(d->prompt);
    free(d->weights);
    memset(d, 0, sizeof *d);
}

static void *copy_array(const void *p, size_t n, size_t item)
{
    if (!p || n == 0) {
        return NULL;
    }
    void *q = mem_alloc(n * item);
    memcpy(q, p, n * item);
    return q;
}

void decoder_copy(struct decoder *to, const struct decoder *from)
{
    *to = *from;
    to->weights = NULL;
    to->prompt = copy_array(from->prompt, (size_t)from->nprompt, sizeof *from->prompt);
    to->records = copy_array(from->records, from->nrecords, sizeof *from->records);
    to->cap = from->nrecords;
    for (size_t i = 0; i < to->nrecords; i++) {
        struct decoder_record *rec = &to->records[i];
        struct gen_step *s = &rec->step;
        rec->rows = copy_array(rec->rows, (size_t)to->rows, sizeof *rec->rows);
        rec->ends = copy_array(rec->ends, (size_t)rec->nends, sizeof *rec->ends);
        s->candidates = copy_array(s->candidates, (size_t)s->ncandidates, sizeof *s->candidates);
        s->beams = copy_array(s->beams, (size_t)s->nbeams, sizeof *s->beams);
    }
}

bool decoder_choose(struct decoder *d, const float *const *logits, struct err *e)
{
    struct decoder_record rec = {0};
    size_t k = (size_t)(d->o.candidates < d->vocab ? d->o.candidates : d->vocab);
    rec.step.position = d->nprompt - 1 + (int64_t)d->nrecords;
    rec.rows = mem_alloc((size_t)d->rows * sizeof *rec.rows);
    if (d->o.search == SEARCH_BEAM) {
        rec.ends = mem_alloc((size_t)d->o.width * sizeof *rec.ends);
    }
    if (k > 0) {
        rec.step.candidates = mem_alloc(k * sizeof *rec.step.candidates);
    }
    if (!strategies[d->o.search](d, logits, &rec, e)) {
        record_release(&rec);
        return false;
    }
    ARRAY_PUSH(d->records, d->nrecords, d->cap) = rec;
    return true;
}

bool decoder_over(const struct decoder *d)
{
    return d->nrecords > 0 ? d->records[d->nrecords - 1].over : d->nprompt >= d->limit;
}

/* ---- reading -------------------------------------------------------------------------------- */

int64_t decoder_history(const struct decoder *d, int64_t n, int64_t row, int32_t *out)
{
    if (d->nprompt > 0)
        memcpy(out, d->prompt, (size_t)d->nprompt * sizeof *out);
    for (int64_t i = n - 1; i >= 0; i--) {
        const struct decoder_row *r = &d->records[i].rows[row];
        out[d->nprompt + i] = r->id;
        row = r->parent;
    }
    return d->nprompt + n;
}

/* The generated ids of a row after n choices, the first end token included. */
static struct gen_hypothesis hypothesis(const struct decoder *d, int64_t n, int64_t row,
                                        int64_t extra)
{
    int32_t *all = mem_alloc((size_t)(d->nprompt + n + extra) * sizeof *all);
    struct gen_hypothesis h = {.n = decoder_history(d, n, row, all) - d->nprompt};
    memmove(all, all + d->nprompt, (size_t)h.n * sizeof *all);
    h.ids = all;
    return h;
}

static int row_results(const struct decoder *d, struct gen_hypothesis *out)
{
    int64_t n = (int64_t)d->nrecords;
    for (int64_t r = 0; r < d->rows; r++) {
        out[r] = hypothesis(d, n, r, 1);
        for (int64_t i = 0; i < out[r].n; i++) {
            if (rule_is_end(&d->rules, out[r].ids[i])) {
                out[r].n = i + 1;
                out[r].eos = true;
            }
        }
        out[r].score = n > 0 ? d->records[n - 1].rows[r].score : 0;
    }
    return (int)d->rows;
}

static int by_score(const void *a, const void *b)
{
    const struct gen_hypothesis *x = a, *y = b;
    return (x->score < y->score) - (x->score > y->score);
}

static int beam_results(const struct decoder *d, struct gen_hypothesis *out)
{
    int64_t n = (int64_t)d->nrecords;
    const struct decoder_record *rec = &d->records[n - 1];
    int count = 0;
    for (int i = 0; i < rec->nends; i++) {
        const struct decoder_end *end = &rec->ends[i];
        struct gen_hypothesis *h = &out[count++];
        *h = hypothesis(d, end->step, end->parent, 1);
        h->ids[h->n++] = end->id;
        h->score = end->ranked;
        h->eos = end->eos;
    }
    if (rec->over && count > 0) {
        return count; /* they are in order */
    }
    /* Not at the end: the running beams too, ranked as if they ended here. */
    double divisor = pow((double)n, d->o.length_penalty);
    for (int64_t r = 0; r < d->rows; r++) {
        if (rec->rows[r].score > DECODER_REAL) {
            struct gen_hypothesis *h = &out[count++];
            *h = hypothesis(d, n, r, 0);
            h->score = rec->rows[r].score / divisor;
        }
    }
    qsort(out, (size_t)count, sizeof *out, by_score);
    return count;
}

int decoder_results(const struct decoder *d, struct gen_hypothesis **out)
{
    bool beams = d->o.search == SEARCH_BEAM;
    *out = mem_alloc((size_t)(2 * d->rows + 1) * sizeof **out);
    if (beams && d->nrecords > 0) {
        return beam_results(d, *out);
    }
    int n = row_results(d, *out);
    if (beams) { /* before the first choice all beams are alike */
        for (int i = 1; i < n; i++) {
            free((*out)[i].ids);
        }
        n = 1;
    }
    return n;
}
