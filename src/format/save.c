/* Writing tensors to a file: chooses the writer by the ending, checks what every format needs, and
 * keeps the old file until the new one is complete. */
#include "format/save.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/interrupt.h"
#include "base/utf8.h"
#include "internal.h"

const char save_endings[] = ".safetensors .npz .npy .json .csv";

static const struct {
    const char *ending;
    save_fn *save;
    bool single; /* holds exactly one tensor */
} formats[] = {
    {".safetensors", save_safetensors, false},
    {".npz", save_npz, false},
    {".npy", save_npy, true},
    {".json", save_json, false},
    {".csv", save_csv, true},
};

bool save_known(const char *path)
{
    for (size_t f = 0; f < sizeof formats / sizeof *formats; f++)
        if (str_ends(path, formats[f].ending))
            return true;
    return false;
}

void sink_put(struct sink *s, const void *p, size_t n)
{
    if (s->failed || n == 0)
        return;
    errno = 0;
    if (fwrite(p, 1, n, s->f) != n)
        s->failed = errno ? errno : EIO;
    s->bytes += n;
}

void sink_text(struct sink *s, const char *text)
{
    sink_put(s, text, strlen(text));
}

void sink_number(struct sink *s, float x)
{
    char text[32];
    if (!isfinite(x)) {
        sink_text(s, isnan(x) ? "nan" : x < 0 ? "-inf" : "inf");
        return;
    }
    if (x == 0 && signbit(x)) {
        sink_text(s, "-0.0"); /* -0 would be read as an integer, and those have no sign at 0 */
        return;
    }
    int n = snprintf(text, sizeof text, "%.9g", (double)x), to = 0;
    /* The locale may have its own decimal sign, of one byte or more: files have a point. */
    for (int i = 0; i < n; i++) {
        if (strchr("0123456789+-e", text[i]))
            text[to++] = text[i];
        else if (to == 0 || text[to - 1] != '.')
            text[to++] = '.';
    }
    sink_put(s, text, (size_t)to);
}

void sink_u16(struct sink *s, unsigned v)
{
    const unsigned char b[2] = {(unsigned char)v, (unsigned char)(v >> 8)};
    sink_put(s, b, sizeof b);
}

void sink_u32(struct sink *s, uint32_t v)
{
    sink_u16(s, v & 0xFFFF);
    sink_u16(s, v >> 16);
}

void json_quote(struct str *out, const char *s)
{
    size_t n = strlen(s);
    str_addc(out, '"');
    for (size_t i = 0; i < n;) {
        int32_t cp;
        int len = utf8_decode(s + i, n - i, &cp);
        if (cp < 0)
            str_add(out, "\\ufffd");
        else if (cp == '"' || cp == '\\')
            str_addf(out, "\\%c", (char)cp);
        else if (cp < 0x20)
            str_addf(out, "\\u%04x", (unsigned)cp);
        else
            str_addn(out, s + i, (size_t)len);
        i += (size_t)len;
    }
    str_addc(out, '"');
}

bool save_go(const struct sink *s, struct err *e)
{
    if (interrupted())
        return err_set(e, ERR_INTERRUPT, "interrupted");
    return !s->failed;
}

static bool check_names(const struct save_item *items, size_t n, struct err *e)
{
    struct map seen = MAP_INIT;
    bool ok = true;
    for (size_t i = 0; i < n && ok; i++) {
        const char *name = items[i].name;
        if (!map_add(&seen, name, strlen(name), 0))
            ok = err_set(e, ERR_COMMAND, "\"%s\" would be written twice",
                         shown(name, strlen(name)).s);
    }
    map_release(&seen);
    return ok;
}

bool save_tensors(const char *path, const struct save_item *items, size_t n,
                  const struct save_meta *meta, size_t nmeta, struct err *e)
{
    size_t f = 0, nformats = sizeof formats / sizeof *formats;
    struct file_writer w;
    while (f < nformats && !str_ends(path, formats[f].ending))
        f++;
    if (f == nformats) {
        err_set(e, ERR_COMMAND, "cannot tell the format of '%s' from its ending",
                shown_path(path).s);
        return err_hint(e, "known endings: %s", save_endings);
    }
    if (formats[f].single && n != 1) {
        err_set(e, ERR_COMMAND, "a %s file holds one tensor, not %zu", formats[f].ending, n);
        return err_hint(e, "name a single site, or use .safetensors, .npz or .json");
    }
    if (!check_names(items, n, e) || !file_create(&w, path, e))
        return false;
    struct sink sink = {.f = w.f};
    if (formats[f].save(&sink, items, n, meta, nmeta, e) && !sink.failed)
        return file_commit(&w, e);
    file_abort(&w);
    if (sink.failed) {
        err_set(e, ERR_COMMAND, "cannot write '%s': %s", shown_path(path).s, strerror(sink.failed));
        err_hint(e, "the file of that name, if there was one, is as it was");
    }
    return false;
}
