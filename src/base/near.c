/* Which word was meant: edit distance with swaps of neighbours, and the nearest of a list. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

enum { LONGEST = 256 }; /* code points compared; longer words are no typing mistakes */

static int code_points(const char *s, int32_t out[LONGEST])
{
    size_t n = strlen(s);
    int count = 0;
    for (size_t i = 0; i < n && count < LONGEST; count++)
        i += (size_t)utf8_decode(s + i, n - i, &out[count]);
    return count;
}

static int smallest(int a, int b, int c)
{
    int m = a < b ? a : b;
    return m < c ? m : c;
}

int str_distance(const char *a, const char *b)
{
    int32_t x[LONGEST], y[LONGEST];
    int n = code_points(a, x), m = code_points(b, y);
    int rows[3][LONGEST + 1]; /* of prefixes of x that are one apart */
    int *before = rows[0], *last = rows[1], *row = rows[2];
    for (int j = 0; j <= m; j++)
        last[j] = j;
    for (int i = 1; i <= n; i++) {
        row[0] = i;
        for (int j = 1; j <= m; j++) {
            int same = x[i - 1] == y[j - 1];
            row[j] = smallest(last[j] + 1, row[j - 1] + 1, last[j - 1] + !same);
            if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
                row[j] = smallest(row[j], before[j - 2] + 1, row[j]);
        }
        int *spare = before;
        before = last;
        last = row;
        row = spare;
    }
    return last[m];
}

const char *str_nearest(const char *word, const char *const *names)
{
    int32_t cps[LONGEST];
    int len = code_points(word, cps);
    if (len < 2)
        return NULL;
    const char *best = NULL;
    for (const char *const *p = names; *p; p++)
        if (str_starts(*p, word) && (!best || strlen(*p) < strlen(best)))
            best = *p;
    if (best)
        return best;
    int least = (len > 3 ? len : 3) / 3 + 1;
    for (const char *const *p = names; *p; p++) {
        int d = str_distance(word, *p);
        if (d < least) {
            least = d;
            best = *p;
        }
    }
    return best;
}
