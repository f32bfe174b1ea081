/* A text in the user's own editor. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "editor.h"

enum { LARGEST = 16 << 20 };

static const char *program(void)
{
    static const char *const names[] = {"VISUAL", "EDITOR"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && value[strspn(value, " \t")])
            return value;
    }
    return "vi";
}

static bool write_all(int fd, const struct str *text)
{
    FILE *f = fdopen(fd, "w");
    if (!f) {
        close(fd);
        return false;
    }
    bool ok = fwrite(text->s, 1, text->len, f) == text->len && fputc('\n', f) != EOF;
    return fclose(f) == 0 && ok;
}

static bool edit_file(struct shell *sh, const char *path, struct str *text, struct err *e)
{
    int status = 0;
    char *command = mem_printf("%s '%s'", program(), path);
    bool ok = shell_system(sh, command, NULL, 0, &status, e);
    free(command);
    if (!ok)
        return false;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        err_set(e, ERR_COMMAND, "the editor '%.100s' failed; the text is as it was", program());
        return err_hint(e, "the variables VISUAL and EDITOR name the editor");
    }
    size_t n;
    char *edited = file_read(path, LARGEST, &n, e);
    if (!edited)
        return false;
    str_clear(text);
    str_add(text, edited);
    free(edited);
    while (text->len > 0 && strchr(" \t\r\n", text->s[text->len - 1]))
        str_truncate(text, text->len - 1);
    return true;
}

bool editor_external(struct shell *sh, struct str *text, struct err *e)
{
    const char *folder = getenv("TMPDIR");
    char *path =
        mem_printf("%s/rasad-XXXXXX", folder && *folder && !strchr(folder, '\'') ? folder : "/tmp");
    int fd = mkostemp(path, O_CLOEXEC);
    bool ok = fd >= 0 && write_all(fd, text);
    if (!ok)
        err_set(e, ERR_COMMAND, "cannot write the text for the editor to '%.200s': %s", path,
                strerror(errno));
    else
        ok = edit_file(sh, path, text, e);
    if (fd >= 0)
        unlink(path);
    free(path);
    return ok;
}
