/* The table of settings, and setting them by name with checked values. */
#include "session/settings.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tensor/kernels.h"

enum { LONGEST_TEXT = 200 };

const struct setting setting_table[SET_COUNT] = {
#define SETTING(id, name, kind, domain, lo, hi, otherwise, help)                                   \
    {name, kind, domain, lo, hi, otherwise, help},
#include "session/settings.def"
#undef SETTING
};

bool settings_find(const char *name, enum setting_id *out, struct err *e)
{
    const char *names[SET_COUNT + 1];
    int found = -1, several = 0;
    for (int i = 0; i < SET_COUNT; i++) {
        names[i] = setting_table[i].name;
        if (strcmp(names[i], name) == 0) {
            *out = (enum setting_id)i;
            return true;
        }
        if (name[0] && str_starts(names[i], name)) {
            found = i;
            several++;
        }
    }
    names[SET_COUNT] = NULL;
    if (several == 1) {
        *out = (enum setting_id)found;
        return true;
    }
    if (several > 1) {
        struct str list = STR_INIT;
        for (int i = 0; i < SET_COUNT; i++)
            if (str_starts(names[i], name))
                str_addf(&list, " %s", names[i]);
        err_set(e, ERR_COMMAND, "'%.60s' may be any of:%s", name, list.s);
        str_release(&list);
        return false;
    }
    err_set(e, ERR_COMMAND, "there is no setting '%.60s'", name);
    const char *meant = str_nearest(name, names);
    return meant ? err_hint(e, "did you mean '%s'?", meant)
                 : err_hint(e, "'show' lists the settings");
}

/* The words of a domain "a|b|c" as a list with NULL at the end, in memory of its own. */
static char **split(const char *domain)
{
    size_t n = 1, k = 0;
    for (const char *p = domain; *p; p++)
        n += *p == '|';
    char **list = mem_alloc((n + 1) * sizeof *list);
    for (const char *p = domain; k < n; k++) {
        size_t len = strcspn(p, "|");
        list[k] = mem_strndup(p, len);
        p += len + 1;
    }
    return list;
}

static bool pick(const struct setting *t, const char *domain, const char *value, int64_t *number,
                 char **text, struct err *e)
{
    char **list = split(domain);
    int found = -1, several = 0;
    for (int i = 0; list[i]; i++) {
        if (strcmp(list[i], value) == 0) {
            found = i;
            several = 1;
            break;
        }
        if (value[0] && str_starts(list[i], value)) {
            found = i;
            several++;
        }
    }
    if (several == 1) {
        *number = found;
        *text = mem_strdup(list[found]);
    } else {
        struct str all = STR_INIT;
        for (int i = 0; list[i]; i++)
            str_addf(&all, " %s", list[i]);
        err_set(e, ERR_COMMAND, "%s is one of:%s; not '%.60s'", t->name, all.s, value);
        str_release(&all);
        const char *meant = str_nearest(value, (const char *const *)list);
        if (meant)
            err_hint(e, "did you mean '%s'?", meant);
    }
    for (int i = 0; list[i]; i++)
        free(list[i]);
    free(list);
    return several == 1;
}

static bool read_number(const struct setting *t, const char *value, int64_t *number, char **text,
                        struct err *e)
{
    if (t->domain[0] && strcmp(value, t->domain) == 0) {
        *number = -1;
        *text = mem_strdup(value);
        return true;
    }
    if (str_int(value, t->lo, t->hi, number)) {
        *text = mem_printf("%lld", (long long)*number);
        return true;
    }
    struct str range = STR_INIT;
    if (t->hi == INT64_MAX)
        str_addf(&range, "a whole number from %lld", (long long)t->lo);
    else
        str_addf(&range, "a whole number from %lld to %lld", (long long)t->lo, (long long)t->hi);
    if (t->domain[0])
        str_addf(&range, ", or '%s'", t->domain);
    err_set(e, ERR_COMMAND, "%s is %s; not '%.60s'", t->name, range.s, value);
    str_release(&range);
    return false;
}

static bool set(struct settings *s, enum setting_id id, const char *value, struct err *e)
{
    static const char on_off[] = "off|on", more[] = "off|on|no|yes|false|true|0|1";
    const struct setting *t = &setting_table[id];
    int64_t number = 0;
    char *text = NULL;
    bool ok = true;
    switch (t->kind) {
    case SETTING_CHOICE:
        ok = pick(t, t->domain, value, &number, &text, e);
        break;
    case SETTING_BOOL: {
        struct err spare = ERR_INIT;
        ok = pick(t, more, value, &number, &text, &spare) ||
             pick(t, on_off, value, &number, &text, e);
        number %= 2;
        free(text);
        text = mem_strdup(number ? "on" : "off");
        break;
    }
    case SETTING_INT:
        ok = read_number(t, value, &number, &text, e);
        break;
    case SETTING_TEXT:
        if (strlen(value) > LONGEST_TEXT)
            ok = err_set(e, ERR_COMMAND, "%s may have %d bytes, not %zu", t->name, LONGEST_TEXT,
                         strlen(value));
        else
            text = mem_strdup(value);
        break;
    }
    if (!ok) {
        free(text);
        return false;
    }
    free(s->text[id]);
    s->text[id] = text;
    s->number[id] = number;
    return true;
}

bool settings_set(struct settings *s, const char *name, const char *value, struct err *e)
{
    enum setting_id id;
    return settings_find(name, &id, e) && set(s, id, value, e);
}

/* As many as OpenMP takes by itself. */
static int usual_threads(void)
{
    int64_t n;
    const char *env = getenv("OMP_NUM_THREADS");
    if (env && str_int(env, 1, 1024, &n))
        return (int)n;
    cpu_set_t cpus;
    int count = sched_getaffinity(0, sizeof cpus, &cpus) == 0 ? CPU_COUNT(&cpus) : 1;
    return count < 1 ? 1 : count;
}

void settings_apply(const struct settings *s, enum setting_id id)
{
    if (id == SET_THREADS)
        k_set_threads(s->number[id] > 0 ? (int)s->number[id] : usual_threads());
}

void settings_init(struct settings *s)
{
    *s = (struct settings){{0}, {0}};
    struct err e = ERR_INIT;
    for (int i = 0; i < SET_COUNT; i++)
        set(s, (enum setting_id)i, setting_table[i].otherwise, &e);
}

void settings_release(struct settings *s)
{
    for (int i = 0; i < SET_COUNT; i++)
        free(s->text[i]);
    *s = (struct settings){{0}, {0}};
}
