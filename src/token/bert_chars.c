/* What a character is to BERT's normaliser and pre-tokenizer. The classes are the reference
 * library's own (bert_ranges.h); decompositions, combining classes and lower case are utf8proc's,
 * brought to the releases of Unicode that the library has. */
#include <utf8proc.h>

#include "bert_ranges.h"
#include "wordpiece.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static bool within(const struct range *table, size_t n, int32_t cp)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (cp > table[mid].to)
            low = mid + 1;
        else
            high = mid;
    }
    return low < n && cp >= table[low].from;
}

/* Characters newer than the library's decompositions (Unicode 12). */
static const struct range new_parts[] = {
    {0x105C9, 0x105C9}, {0x105E4, 0x105E4}, {0x11383, 0x11383}, {0x11385, 0x11385},
    {0x1138E, 0x1138E}, {0x11391, 0x11391}, {0x113C5, 0x113C5}, {0x113C7, 0x113C8},
    {0x11938, 0x11938}, {0x16121, 0x16128}, {0x16D68, 0x16D6A},
};
/* Marks newer than its combining classes: to it they are letters that stay where they are. */
static const struct range new_marks[] = {
    {0x7FD, 0x7FD},     {0x897, 0x89F},     {0x8CA, 0x8D3},     {0x9FE, 0x9FE},
    {0xC3C, 0xC3C},     {0xD3B, 0xD3C},     {0xEBA, 0xEBA},     {0x1715, 0x1715},
    {0x1ABF, 0x1AEB},   {0x1DF6, 0x1DFA},   {0xA82C, 0xA82C},   {0x10D24, 0x10D27},
    {0x10D69, 0x10D6D}, {0x10EAB, 0x10EAC}, {0x10EFA, 0x10EFF}, {0x10F46, 0x10F50},
    {0x10F82, 0x10F85}, {0x11070, 0x11070}, {0x1133B, 0x1133B}, {0x113CE, 0x113D0},
    {0x113E1, 0x113E2}, {0x1145E, 0x1145E}, {0x11839, 0x1183A}, {0x1193D, 0x1193E},
    {0x11943, 0x11943}, {0x119E0, 0x119E0}, {0x11A34, 0x11A34}, {0x11A47, 0x11A47},
    {0x11A99, 0x11A99}, {0x11D42, 0x11D42}, {0x11D44, 0x11D45}, {0x11D97, 0x11D97},
    {0x11F41, 0x11F42}, {0x1612F, 0x1612F}, {0x16FF0, 0x16FF1}, {0x1E08F, 0x1E08F},
    {0x1E130, 0x1E136}, {0x1E2AE, 0x1E2AE}, {0x1E2EC, 0x1E2EF}, {0x1E4EC, 0x1E4EF},
    {0x1E5EE, 0x1E5EF},
};
/* Lower case of letters newer than utf8proc 2.8: from..to and what is added. */
static const struct {
    struct range range;
    int32_t add;
} new_lower[] = {
    {{0x1C89, 0x1C89}, 1},      {{0xA7CB, 0xA7CB}, 0x264 - 0xA7CB},
    {{0xA7CC, 0xA7CC}, 1},      {{0xA7CE, 0xA7CE}, 1},
    {{0xA7D2, 0xA7D2}, 1},      {{0xA7D4, 0xA7D4}, 1},
    {{0xA7DA, 0xA7DA}, 1},      {{0xA7DC, 0xA7DC}, 0x19B - 0xA7DC},
    {{0x10D50, 0x10D65}, 0x20}, {{0x16EA0, 0x16EB8}, 0x1B},
};

int char_order(int32_t cp)
{
    return within(new_marks, COUNT(new_marks), cp) ? 0 : utf8proc_get_property(cp)->combining_class;
}

int char_parts(int32_t cp, int32_t out[MOST_PARTS])
{
    int last = 0;
    utf8proc_ssize_t n = 0;
    if (!within(new_parts, COUNT(new_parts), cp))
        n = utf8proc_decompose_char(cp, out, MOST_PARTS, UTF8PROC_DECOMPOSE, &last);
    if (n > 0 && n <= MOST_PARTS)
        return (int)n;
    out[0] = cp;
    return 1;
}

int char_lower(int32_t cp, int32_t out[2])
{
    if (cp == 0x130) { /* I with a dot keeps it, as a mark */
        out[0] = 'i';
        out[1] = 0x307;
        return 2;
    }
    out[0] = utf8proc_tolower(cp);
    for (size_t i = 0; out[0] == cp && i < COUNT(new_lower); i++)
        if (cp >= new_lower[i].range.from && cp <= new_lower[i].range.to)
            out[0] = cp + new_lower[i].add;
    return 1;
}

bool char_in_word(int32_t cp)
{
    switch (cp < 0 ? UTF8PROC_CATEGORY_CN : utf8proc_category(cp)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_PC:
        return true;
    default: /* joiners, and letters in circles and squares */
        return cp == 0x200C || cp == 0x200D || (cp >= 0x24B6 && cp <= 0x24E9) ||
               (cp >= 0x1F130 && cp <= 0x1F149) || (cp >= 0x1F150 && cp <= 0x1F169) ||
               (cp >= 0x1F170 && cp <= 0x1F189) ||
               within(late_word_ranges, COUNT(late_word_ranges), cp);
    }
}

static unsigned find_class(int32_t cp)
{
    int32_t parts[MOST_PARTS], lower[2];
    unsigned c = 0;
    if (cp == 0xFFFD || within(removed_ranges, COUNT(removed_ranges), cp))
        c |= CHAR_REMOVED;
    if (within(space_ranges, COUNT(space_ranges), cp))
        c |= CHAR_SPACE;
    if (within(punctuation_ranges, COUNT(punctuation_ranges), cp))
        c |= CHAR_PUNCT;
    if (within(chinese_ranges, COUNT(chinese_ranges), cp))
        c |= CHAR_CHINESE;
    if (within(mark_ranges, COUNT(mark_ranges), cp))
        c |= CHAR_MARK;
    if (char_parts(cp, parts) > 1 || parts[0] != cp)
        c |= CHAR_COMPOSED;
    if (char_order(cp) > 0)
        c |= CHAR_MOVES;
    if (char_lower(cp, lower) > 1 || lower[0] != cp)
        c |= CHAR_UPPER;
    return c;
}

unsigned char_class(int32_t cp)
{
    /* Classes of the first plane, filled in as they are met. */
    static uint16_t known[0x10000];
    enum { KNOWN = 1 << 15 };
    if (cp >= 0x10000)
        return find_class(cp);
    if (!known[cp])
        known[cp] = (uint16_t)(KNOWN | find_class(cp));
    return known[cp] & 0xFFu;
}
