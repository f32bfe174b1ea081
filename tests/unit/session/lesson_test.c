/* Lesson files: what is read, what is refused and where, every truncation and byte flip; progress. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "session/session.h"

static const char good[] = "# comment\n"
                           "title en: Two\n"
                           "title fa: دو\n"
                           "\n"
                           "step: fresh\n"
                           "title en: One\n"
                           "title fa: یک\n"
                           "en: A text that\n"
                           "  goes on.\n"
                           "fa: متن\n"
                           "en: Another.\n"
                           "fa: دیگر\n"
                           "run: model info\n"
                           "ask en: How many?\n"
                           "ask fa: چند؟\n"
                           "number: `model info -> heads` + 1\n"
                           "within: 0.5\n"
                           "rule en: R\n"
                           "rule fa: ق\n"
                           "hint en: H\n"
                           "hint fa: ر\n"
                           "points: 7\n"
                           "ask en: Which?\n"
                           "ask fa: کدام؟\n"
                           "option en: a\n"
                           "option fa: آ\n"
                           "right en: b\n"
                           "right fa: ب\n"
                           "rule en: R\n"
                           "rule fa: ق\n"
                           "step:\n"
                           "en: end\n"
                           "fa: پایان\n";

static void test_lesson__reads(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct lesson *l = lesson_parse("x/12-two-words.lesson", good, sizeof good - 1, &e);
    if (!l)
        fail_msg("%s", e.msg);
    assert_string_equal(l->name, "two-words");
    assert_string_equal(l->title.in[LESSON_FA], "دو");
    assert_int_equal(l->nsteps, 2);
    assert_int_equal(l->nquestions, 2);
    const struct lesson_step *s = &l->steps[0];
    assert_true(s->fresh);
    assert_false(l->steps[1].fresh);
    assert_int_equal(s->nitems, 5); /* two texts, a command, two questions */
    assert_string_equal(s->items[0].text.in[LESSON_EN], "A text that goes on.");
    assert_string_equal(s->items[1].text.in[LESSON_FA], "دیگر");
    assert_string_equal(s->items[2].command, "model info");
    const struct lesson_question *q = s->items[3].question;
    assert_int_equal(q->kind, QUESTION_NUMBER);
    assert_string_equal(q->answer, "`model info -> heads` + 1");
    assert_string_equal(q->within, "0.5");
    assert_int_equal(q->points, 7);
    assert_int_equal(q->answer_line, 16);
    q = s->items[4].question;
    assert_int_equal(q->kind, QUESTION_CHOICE);
    assert_int_equal(q->noptions, 2);
    assert_int_equal(q->right, 1);
    assert_int_equal(q->points, 3);
    assert_int_equal(l->steps[1].first_question, 2);
    lesson_free(l);
}

static void refused(const char *text, const char *want)
{
    struct err e = ERR_INIT;
    struct lesson *l = lesson_parse("f", text, strlen(text), &e);
    if (l)
        fail_msg("taken: %s", text);
    if (!str_starts(e.msg, want))
        fail_msg("'%s' does not begin with '%s'", e.msg, want);
    assert_int_equal(e.kind, ERR_FILE);
}

#define HEAD "title en: T\nstep:\n"
static void test_lesson__mistakes(void **state)
{
    (void)state;
    refused("", "f:1: the lesson has no title");
    refused("title en: T\n", "f:1: the lesson has no steps");
    refused("title en: T\n\nstep:\n", "f:3: this step is empty");
    refused("en: x\n", "f:1: a 'step:' line must come before");
    refused(HEAD "words\n", "f:3: a line is 'keyword: value'");
    refused(HEAD "wrods: x\n", "f:3: unknown keyword 'wrods'");
    refused(HEAD "ask: x\n", "f:3: the language is missing");
    refused(HEAD "run en: x\n", "f:3: this keyword has no language");
    refused(HEAD "run:\n", "f:3: 'run:' needs a command");
    refused(HEAD "en:\n", "f:3: the text is empty");
    refused(HEAD "number: 3\n", "f:3: an 'ask en:' or 'ask fa:' line must come before");
    refused(HEAD "ask en: Q\nrule en: R\n", "f:3: this question has no answer");
    refused(HEAD "ask en: Q\nnumber: 3\n", "f:3: this question has no rule");
    refused(HEAD "ask en: Q\nnumber:\n", "f:4: the answer is empty");
    refused(HEAD "ask en: Q\nnumber: 3\nword: x\n", "f:5: the question has an answer already");
    refused(HEAD "ask en: Q\nword: x\nwithin: 1\n", "f:5: 'within:' follows");
    refused(HEAD "ask en: Q\noption en: a\noption en: b\nrule en: R\n", "f:3: no option");
    refused(HEAD "ask en: Q\nright en: a\nright en: b\n", "f:5: only one option");
    refused(HEAD "ask en: Q\nnumber: 1\npoints: 0\n", "f:5: points are");
    refused(HEAD "ask en: Q\nnumber: 1\nrule en: R\nrule en: R\n", "f:6: this text stands here");
    refused(HEAD "fa: x\n", "f:3: this text");
    refused("title en: T\ntitle fa: T\nstep:\nen: x\nrun: y\nfa: z\n", "f:4: this text is missing "
                                                                       "in Persian");
    refused(HEAD "en: \xC3\n", "f:3: the line is not valid UTF-8");
    struct err e = ERR_INIT;
    assert_null(lesson_parse("f", HEAD "en: a\0b\n", sizeof HEAD - 1 + 8, &e));
    assert_string_equal(e.msg, "f:3: the line has a NUL byte");
    size_t n = (1 << 20) + 1;
    char *large = mem_alloc(n);
    memset(large, '#', n);
    assert_null(lesson_parse("f", large, n, &e));
    assert_string_equal(e.msg, "f: a lesson may have 1048576 bytes, not 1048577");
    free(large);
}

static void any(const char *text, size_t n)
{
    struct err e = ERR_INIT;
    struct lesson *l = lesson_parse("f", text, n, &e);
    assert_true(l || (e.kind == ERR_FILE && e.msg[0]));
    lesson_free(l);
}

/* Each in memory of its own size, so that the sanitizers see every read past the end. */
static void test_lesson__broken_files(void **state)
{
    (void)state;
    for (size_t n = 0; n < sizeof good; n++) {
        char *cut = malloc(n ? n : 1);
        assert_non_null(cut);
        memcpy(cut, good, n);
        any(cut, n);
        free(cut);
    }
    for (size_t i = 0; i + 1 < sizeof good; i++)
        for (int bit = 0; bit < 8; bit++) {
            char flipped[sizeof good];
            memcpy(flipped, good, sizeof good);
            flipped[i] = (char)(flipped[i] ^ 1 << bit);
            any(flipped, sizeof good - 1);
        }
}

static void write_progress(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void test_progress(void **state)
{
    (void)state;
    char folder[] = "/tmp/rasad-lesson-XXXXXX";
    assert_non_null(mkdtemp(folder));
    setenv("XDG_STATE_HOME", folder, 1);
    struct err e = ERR_INIT;
    struct progress p;
    char *damaged;
    struct lesson *l = lesson_parse("a b.lesson", good, sizeof good - 1, &e);
    assert_non_null(l);
    progress_read(l, &p, &damaged);
    assert_null(damaged);
    assert_int_equal(p.step, 0);
    assert_int_equal(p.earned[1], -1);
    p.step = 1;
    p.earned[0] = 5;
    if (!progress_write(l, &p, &e))
        fail_msg("%s", e.msg);
    progress_release(&p);
    progress_read(l, &p, &damaged);
    assert_null(damaged);
    int earned, most;
    progress_points(l, &p, &earned, &most);
    assert_int_equal(p.step, 1);
    assert_int_equal(earned, 5);
    assert_int_equal(most, 10);
    progress_release(&p);

    char *path = path_state("lessons/a-b");
    static const char *const bad[] = {"",
                                      "rubbish\n",
                                      "rasad lesson 1\nstep -1\npoints - -\n",
                                      "rasad lesson 1\nstep 1\npoints 999 -\n",
                                      "rasad lesson 1\nstep 1\npoints 3x -\n",
                                      "rasad lesson 1\nstep 1\npoints 3 -",
                                      "rasad lesson 1\nstep 99999\npoints 3 -\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        write_progress(path, bad[i]);
        progress_read(l, &p, &damaged);
        if (!damaged || p.step != 0 || p.earned[0] != -1)
            fail_msg("taken: %s", bad[i]);
        free(damaged);
        progress_release(&p);
    }
    /* One for another number of questions: the lesson has changed, and it begins again. */
    write_progress(path, "rasad lesson 1\nstep 1\npoints 3 3 3\n");
    progress_read(l, &p, &damaged);
    assert_null(damaged);
    assert_int_equal(p.step, 0);
    assert_int_equal(p.earned[0], -1);
    progress_release(&p);
    lesson_free(l);
    unlink(path);
    free(path);
    char *lessons = mem_printf("%s/rasad/lessons", folder), *rasad = mem_printf("%s/rasad", folder);
    rmdir(lessons);
    rmdir(rasad);
    rmdir(folder);
    free(lessons);
    free(rasad);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lesson__reads),
        cmocka_unit_test(test_lesson__mistakes),
        cmocka_unit_test(test_lesson__broken_files),
        cmocka_unit_test(test_progress),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
