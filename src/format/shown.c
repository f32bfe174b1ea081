/* Text that comes from a file, as it may appear in a message: visible and of limited length. */
#include "internal.h"

#include <string.h>

static bool continues(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

struct shown shown(const char *s, size_t n)
{
    struct shown out;
    size_t room = sizeof out.s - 4;
    struct str b = STR_INIT;
    size_t cut = n;
    if (cut > room)
        for (cut = room; cut > 0 && continues(s[cut]); cut--)
            ;
    str_add_visible(&b, s, cut);
    bool whole = cut == n;
    if (b.len > room) {
        for (cut = room; cut > 0 && continues(b.s[cut]); cut--)
            ;
        str_truncate(&b, cut);
        whole = false;
    }
    snprintf(out.s, sizeof out.s, "%s%s", b.s, whole ? "" : "...");
    str_release(&b);
    return out;
}

struct shown shown_path(const char *path)
{
    struct shown out;
    struct str b = STR_INIT;
    str_add_visible(&b, path, strlen(path));
    const char *from = b.s;
    if (b.len > sizeof out.s - 4)
        for (from += b.len - (sizeof out.s - 4); continues(*from); from++)
            ;
    snprintf(out.s, sizeof out.s, "%s%s", from == b.s ? "" : "...", from);
    str_release(&b);
    return out;
}
