/* The options of the program. */
#include "shell/options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

const char options_help[] =
    "usage: rasad [OPTIONS] [FILE|-]\n"
    "\n"
    "A debugger for transformers: opens a model as it lies on disk, stops anywhere in a forward "
    "pass,\n"
    "and shows and changes every number with its name and shape.\n"
    "\n"
    "  -m PATH         a model folder or a single model file; without it the bundled model\n"
    "  -c CMD          carry out a command\n"
    "  -f FILE         carry out the commands of a file\n"
    "  -l FILE.lua     run a Lua script\n"
    "  FILE, -         like -f FILE; - is standard input\n"
    "  -i              stay at the prompt afterwards\n"
    "  -q              no greeting and no notes\n"
    "  -n              read no init file (~/.config/rasad/init.rasad)\n"
    "  -k              keep going after an error\n"
    "  --json          one JSON object a line on standard output for each command\n"
    "  --color=WHEN    auto, always or never\n"
    "  --threads N     threads for computing\n"
    "  --echo          print each line of a script before it is carried out\n"
    "  -V, --version   print the version\n"
    "  -h, --help      print this\n"
    "\n"
    "-c, -f and -l run in the order given; afterwards the program leaves, unless -i. Standard "
    "input that\n"
    "is not a terminal is a script. The commands of the shell: rasad -c help\n"
    "\n"
    "Exit status: 0 fine; 1 a command, script or assertion failed; 2 wrong usage; 3 a model or "
    "file cannot\n"
    "be read; 4 internal error or out of memory; 130 interrupted; 'quit N' gives N.\n";

enum { OPT_JSON = 256, OPT_COLOR, OPT_THREADS, OPT_ECHO };

static const struct option longs[] = {
    {"json", no_argument, NULL, OPT_JSON},
    {"color", required_argument, NULL, OPT_COLOR},
    {"threads", required_argument, NULL, OPT_THREADS},
    {"echo", no_argument, NULL, OPT_ECHO},
    {"version", no_argument, NULL, 'V'},
    {"help", no_argument, NULL, 'h'},
    {0},
};

static void add(struct options *o, enum action_kind kind, const char *text)
{
    ARRAY_PUSH(o->actions, o->nactions, o->actions_cap) =
        (struct action){.kind = kind, .text = text};
}

static bool usage(struct err *e)
{
    return err_hint(e, "'rasad --help' lists the options");
}

static bool unknown(const char *word, struct err *e)
{
    static const char *const names[] = {"--json",    "--color", "--threads", "--echo",
                                        "--version", "--help",  NULL};
    char name[64];
    size_t n = strcspn(word, "=");
    snprintf(name, sizeof name, "%.*s", n < sizeof name ? (int)n : (int)sizeof name - 1, word);
    err_set(e, ERR_USAGE, "unknown option '%s'", name);
    const char *meant = n > 2 ? str_nearest(name, names) : NULL;
    return meant ? err_hint(e, "did you mean '%s'?", meant) : usage(e);
}

static bool set_color(struct options *o, const char *value, struct err *e)
{
    static const char *const when[] = {"auto", "always", "never", NULL};
    for (int i = 0; when[i]; i++) {
        if (strcmp(value, when[i]) == 0) {
            o->color = when[i];
            return true;
        }
    }
    err_set(e, ERR_USAGE, "--color is one of: auto always never; not '%.60s'", value);
    const char *meant = str_nearest(value, when);
    return meant ? err_hint(e, "did you mean '%s'?", meant) : false;
}

static bool set_threads(struct options *o, const char *value, struct err *e)
{
    int64_t n;
    if (!str_int(value, 1, 1024, &n))
        return err_set(e, ERR_USAGE, "--threads is a whole number from 1 to 1024, not '%.60s'",
                       value);
    o->threads = (int)n;
    return true;
}

static bool set_file(struct options *o, const char *path, bool *named, struct err *e)
{
    if (*named) {
        err_set(e, ERR_USAGE, "one FILE is enough; '%.200s' is a second one", path);
        return err_hint(e, "several scripts: -f FILE -f FILE");
    }
    *named = true;
    if (strcmp(path, "-") == 0)
        add(o, ACTION_STDIN, NULL);
    else
        add(o, ACTION_FILE, path);
    return true;
}

static bool set_one(struct options *o, int opt, char **argv, int before, bool *named, struct err *e)
{
    switch (opt) {
    case 1:
        return set_file(o, optarg, named, e);
    case 'm':
        o->model = optarg;
        return true;
    case 'c':
        add(o, ACTION_COMMAND, optarg);
        return true;
    case 'f':
        add(o, strcmp(optarg, "-") == 0 ? ACTION_STDIN : ACTION_FILE, optarg);
        return true;
    case 'l':
        add(o, ACTION_LUA, optarg);
        return true;
    case 'i':
        return o->interactive = true;
    case 'q':
        return o->quiet = true;
    case 'n':
        return o->no_init = true;
    case 'k':
        return o->keep_going = true;
    case 'h':
        return o->help = true;
    case 'V':
        return o->version = true;
    case OPT_JSON:
        return o->json = true;
    case OPT_ECHO:
        return o->echo = true;
    case OPT_COLOR:
        return set_color(o, optarg, e);
    case OPT_THREADS:
        return set_threads(o, optarg, e);
    case ':':
        err_set(e, ERR_USAGE, "option '%.60s' needs a value", argv[before]);
        return usage(e);
    default:
        if (optopt >= 256) {
            err_set(e, ERR_USAGE, "option '%.60s' takes no value", argv[before]);
            return usage(e);
        }
        if (argv[before][1] == '-')
            return unknown(argv[before], e);
        err_set(e, ERR_USAGE, "unknown option '-%c'", optopt);
        return usage(e);
    }
}

bool options_parse(struct options *o, int argc, char **argv, struct err *e)
{
    *o = (struct options){0};
    bool named = false;
    opterr = 0;
    optind = 0;
    for (;;) {
        int before = optind ? optind : 1;
        /* '-': words that are no options come in their place; ':': a missing value is told
         * apart. */
        int opt = getopt_long(argc, argv, "-:m:c:f:l:iqnkVh", longs, NULL);
        if (opt == -1)
            break;
        if (!set_one(o, opt, argv, before, &named, e))
            return false;
    }
    for (; optind < argc; optind++)
        if (!set_file(o, argv[optind], &named, e))
            return false;
    return true;
}

void options_release(struct options *o)
{
    free(o->actions);
    *o = (struct options){0};
}
