/* The list of families. */
#include <string.h>

#include "base/str.h"
#include "family/family.h"

#define FAMILY(name) extern const struct family family_##name;
#include "family/all.def"
#undef FAMILY

static const struct family *const families[] = {
#define FAMILY(name) &family_##name,
#include "family/all.def"
#undef FAMILY
};

const struct family *family_find(const struct config *c, struct err *e)
{
    const char *type;
    if (!config_str(c, "model_type", &type, e))
        return NULL;
    struct str known = STR_INIT;
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        if (strcmp(families[i]->name, type) == 0) {
            str_release(&known);
            return families[i];
        }
        str_addf(&known, "%s%s", i > 0 ? ", " : "", families[i]->name);
    }
    struct str shown = STR_INIT;
    str_add_visible(&shown, type, strlen(type));
    err_set(e, ERR_FILE, "%s: model_type \"%.80s\" is not a family that rasad knows (known: %s)",
            config_path(c), shown.s, known.s);
    str_release(&shown);
    str_release(&known);
    return NULL;
}
