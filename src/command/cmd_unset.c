/* unset: back to the default of a setting; removes an alias. */
#include "command/command.h"

static bool unset_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    enum setting_id id;
    if (!settings_find(args_str(a, "setting"), &id, e))
        return args_blame(a, "setting", 0, e);
    if (!settings_set(&s->settings, setting_table[id].name, setting_table[id].otherwise, e))
        return false;
    settings_apply(&s->settings, id);
    data_add_str(&out->arena, out->data, "setting", setting_table[id].name);
    data_add_str(&out->arena, out->data, "value", s->settings.text[id]);
    return true;
}

static const struct arg args[] = {
    {"setting", ARG_SETTING, "name of the setting", .optional = false},
    {0},
};

const struct command cmd_unset = {
    .name = "unset",
    .group = GROUP_SETTINGS,
    .args = args,
    .summary = "Give a setting its default again",
    .help = "  unset precision\n",
    .exec = unset_exec,
};
