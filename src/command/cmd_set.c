/* set: gives a setting a value. */
#include <string.h>

#include "command/command.h"

static bool set_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const char *name = args_str(a, "setting"), *value = args_str(a, "value");
    if (!value)
        value = "on"; /* set timing */
    if (!settings_set(&s->settings, name, value, e)) {
        enum setting_id id;
        struct err spare = ERR_INIT;
        bool known = settings_find(name, &id, &spare);
        return args_blame(a, known && args_has(a, "value") ? "value" : "setting", 0, e);
    }
    enum setting_id id;
    if (!settings_find(name, &id, e))
        return false;
    settings_apply(&s->settings, id);
    data_add_str(&out->arena, out->data, "setting", setting_table[id].name);
    data_add_str(&out->arena, out->data, "value", s->settings.text[id]);
    return true;
}

static const struct arg args[] = {
    {"setting", ARG_SETTING, "name of the setting", .optional = false},
    {"value", ARG_REST, "one of its values; 'show SETTING' lists them", .optional = true},
    {0},
};

const struct command cmd_set = {
    .name = "set",
    .group = GROUP_SETTINGS,
    .args = args,
    .summary = "Give a setting a value",
    .help =
        "Names and values may be shortened as long as they stay clear. A switch without a value\n"
        "is turned on. 'show' lists all settings, 'show NAME' one with what it may be.\n"
        "\n"
        "  set precision 6\n"
        "  set mode box\n"
        "  set timing\n",
    .exec = set_exec,
};
