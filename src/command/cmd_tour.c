/* tour: the whole trace of the present sentence, Enter by Enter. It is a lesson like the others,
 * examples/lessons/tour.lesson, that takes the sentence as it is. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "teach.h"

static bool tour_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    if (args_repeated(a) && s->lesson)
        return teach_enter(s, out, e);
    if (s->model->plan->layers[0] == 0 || s->model->plan->layers[1] == 0) {
        err_set(e, ERR_COMMAND, "the tour goes from an encoder to a decoder; '%s' has not both",
                s->model->name);
        return err_hint(e, "'model load fa-en' opens the bundled translator");
    }
    if (s->source.n == 0 && !session_text(s, TEACH_SENTENCE, strlen(TEACH_SENTENCE), e))
        return false;
    char *path = path_bundled("lessons", "tour.lesson");
    if (!path)
        return err_set(e, ERR_FILE, "the tour (examples/lessons/tour.lesson) is not there");
    struct lesson *l = lesson_read(path, e);
    free(path);
    if (!l)
        return false;
    teach_begin(s, l, false);
    return teach_go(s, 0, out, e);
}

const struct command cmd_tour = {
    .name = "tour",
    .group = GROUP_TEACH,
    .needs = NEED_WEIGHTS | NEED_TOKENIZER,
    .flags = CMD_REPEATS,
    .summary = "Walk the whole trace of the present sentence, Enter by Enter",
    .help = "From its bytes to its translation, with any sentence: 'input TEXT' first. Without\n"
            "one it is the first sentence of the course. 'teach back', 'teach again' and\n"
            "'teach stop' work in it.\n"
            "\n"
            "  tour\n",
    .exec = tour_exec,
};
