/* Every command has a transcript: tests/transcript/command/NAME.t, a blank in the name written as
 * '-'. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "command/command.h"

static void test_transcripts__every_command_has_one(void **state)
{
    struct str missing = STR_INIT;
    (void)state;
    for (size_t i = 0; commands[i]; i++) {
        char path[200];
        snprintf(path, sizeof path, "tests/transcript/command/%s.t", commands[i]->name);
        for (char *p = path; *p; p++)
            *p = *p == ' ' ? '-' : *p;
        if (access(path, R_OK) != 0)
            str_addf(&missing, " %s", path);
    }
    if (missing.len)
        print_message("# not there:%s\n", missing.s);
    size_t n = missing.len;
    str_release(&missing);
    assert_int_equal(n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_transcripts__every_command_has_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
