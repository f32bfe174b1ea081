/* show: what the settings are and may be. */
#include <stdio.h>

#include "command/command.h"

static void domain_of(const struct setting *t, struct str *out)
{
    switch (t->kind) {
    case SETTING_CHOICE:
        str_add(out, t->domain);
        break;
    case SETTING_BOOL:
        str_add(out, "on|off");
        break;
    case SETTING_TEXT:
        str_add(out, "text");
        break;
    case SETTING_INT:
        if (t->hi == INT64_MAX)
            str_addf(out, "%lld or more", (long long)t->lo);
        else
            str_addf(out, "%lld to %lld", (long long)t->lo, (long long)t->hi);
        if (t->domain[0])
            str_addf(out, ", or %s", t->domain);
        break;
    }
}

static void add_data(struct session *s, struct result *out, struct data *to, int id)
{
    const struct setting *t = &setting_table[id];
    struct str domain = STR_INIT;
    domain_of(t, &domain);
    data_add_str(&out->arena, to, "setting", t->name);
    data_add_str(&out->arena, to, "value", s->settings.text[id]);
    data_add_str(&out->arena, to, "default", t->otherwise);
    data_add_str(&out->arena, to, "values", domain.s);
    data_add_str(&out->arena, to, "help", t->help);
    str_release(&domain);
}

static bool show_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const char *name = args_str(a, "setting");
    if (name) {
        enum setting_id id;
        if (!settings_find(name, &id, e))
            return args_blame(a, "setting", 0, e);
        add_data(s, out, out->data, (int)id);
        struct str domain = STR_INIT;
        domain_of(&setting_table[id], &domain);
        out_begin(out);
        out_span(out, TONE_STRONG, "%s", setting_table[id].name);
        out_span(out, TONE_PLAIN, " is %s", s->settings.text[id]);
        out_line(out, TONE_PLAIN, "  %s", setting_table[id].help);
        out_line(out, TONE_PLAIN, "  %s; %s unless set", domain.s, setting_table[id].otherwise);
        str_release(&domain);
        return true;
    }
    struct data *list = data_add_list(&out->arena, out->data, "settings");
    struct table *t = out_table(out, "setting value about*");
    for (int i = 0; i < SET_COUNT; i++) {
        add_data(s, out, data_add_map(&out->arena, list, NULL), i);
        struct cell *row = table_row(out, t);
        row[0] = cell_str(out, setting_table[i].name);
        row[1] = cell_str(out, s->settings.text[i]);
        row[2] = cell_str(out, setting_table[i].help);
    }
    return true;
}

static const struct arg args[] = {
    {"setting", ARG_SETTING, "name of the setting", .optional = true},
    {0},
};

const struct command cmd_show = {
    .name = "show",
    .group = GROUP_SETTINGS,
    .args = args,
    .summary = "List the settings, or tell what one may be",
    .help = "Without a name all settings with their values; with a name also what it may be and\n"
            "what it is unless set.\n"
            "\n"
            "  show\n"
            "  show precision\n",
    .exec = show_exec,
};
