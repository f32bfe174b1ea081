/* Settings: one table of names, domains, defaults and help, from which set, show, unset, completion
 * and `save settings` follow. */
#ifndef RASAD_SESSION_SETTINGS_H
#define RASAD_SESSION_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

enum setting_id {
#define SETTING(id, name, kind, domain, lo, hi, otherwise, help) SET_##id,
#include "session/settings.def"
#undef SETTING
    SET_COUNT
};

enum setting_kind { SETTING_CHOICE, SETTING_BOOL, SETTING_INT, SETTING_TEXT };

struct setting {
    const char *name;
    enum setting_kind kind;
    const char
        *domain; /* choices "auto|always|never"; for numbers a word that is allowed too ("auto") */
    int64_t lo, hi;
    const char *otherwise; /* default, as text */
    const char *help;
};
extern const struct setting setting_table[SET_COUNT];

struct settings {
    char *text[SET_COUNT]; /* the value as text */
    int64_t number
        [SET_COUNT]; /* index of the choice, 0/1, or the number; -1 for the word of the domain */
};

void settings_init(struct settings *s);
void settings_release(struct settings *s);
/* The wrong name or value is an error that lists what is allowed. Unique prefixes are accepted. */
bool settings_set(struct settings *s, const char *name, const char *value, struct err *e);
/* What a setting governs outside the session: the number of threads. */
void settings_apply(const struct settings *s, enum setting_id id);
bool settings_find(const char *name, enum setting_id *out, struct err *e);

#endif
