/* Arithmetic in a text, by recursive descent. */
#include "base/calc.h"

#include <math.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

enum { DEEPEST = 50 };

struct reader {
    const char *text;
    size_t at;
    const struct calc_values *values;
    int depth;
    struct err *e;
};

static bool wrong(struct reader *r, const char *what)
{
    err_set(r->e, ERR_COMMAND, "%s", what);
    return err_at(r->e, (int)r->at, 1);
}

static void skip(struct reader *r)
{
    r->at += strspn(r->text + r->at, " \t\r\n");
}

static bool take(struct reader *r, const char *sign)
{
    skip(r);
    if (!str_starts(r->text + r->at, sign))
        return false;
    r->at += strlen(sign);
    return true;
}

static bool takes_any(struct reader *r, const char *const *signs)
{
    for (; *signs; signs++)
        if (take(r, *signs))
            return true;
    return false;
}

/* A digit in any of the three scripts, as its value; -1: none. */
static int digit(const char *s, int *len)
{
    int32_t cp;
    *len = utf8_decode(s, strlen(s), &cp);
    if (cp >= '0' && cp <= '9')
        return cp - '0';
    if (cp >= 0x06F0 && cp <= 0x06F9)
        return cp - 0x06F0;
    return cp >= 0x0660 && cp <= 0x0669 ? cp - 0x0660 : -1;
}

/* Is this a sign between two digits of one number: "," "_" and their Persian form? */
static int grouping(const char *s)
{
    static const char *const signs[] = {",", "_", "٬"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        int n = (int)strlen(signs[i]), len;
        if (str_starts(s, signs[i]) && s[n] && digit(s + n, &len) >= 0)
            return n;
    }
    return 0;
}

static void add_digits(struct reader *r, struct str *out, bool grouped)
{
    for (;;) {
        const char *s = r->text + r->at;
        int len = 0, d = *s ? digit(s, &len) : -1;
        if (d >= 0)
            str_addc(out, (char)('0' + d));
        else if (!grouped || out->len == 0 || (len = grouping(s)) == 0)
            return;
        r->at += (size_t)len;
    }
}

static bool number(struct reader *r, double *out)
{
    struct str text = STR_INIT;
    add_digits(r, &text, true);
    const char *s = r->text + r->at;
    int point = *s == '.' ? 1 : str_starts(s, "٫") ? 2 : 0;
    if (point) {
        r->at += (size_t)point;
        str_addc(&text, '.');
        add_digits(r, &text, false);
    }
    s = r->text + r->at;
    size_t sign = (*s == 'e' || *s == 'E') && (s[1] == '-' || s[1] == '+');
    if ((*s == 'e' || *s == 'E') && s[1 + sign] >= '0' && s[1 + sign] <= '9') {
        str_addn(&text, s, 1 + sign);
        r->at += 1 + sign;
        add_digits(r, &text, false);
    }
    bool ok = str_double(text.s, out);
    str_release(&text);
    if (!ok)
        return wrong(r, "a number is wanted here");
    if (take(r, "%") || take(r, "٪"))
        *out /= 100;
    return true;
}

static bool sum(struct reader *r, double *out);

static bool in_brackets(struct reader *r, double *out)
{
    return sum(r, out) && (take(r, ")") || wrong(r, "a ')' is missing"));
}

static bool function(struct reader *r, double *out)
{
    static const struct {
        const char *name;
        double (*of)(double);
    } functions[] = {{"sqrt", sqrt}, {"log2", log2},   {"log", log},     {"exp", exp},
                     {"abs", fabs},  {"round", round}, {"floor", floor}, {"ceil", ceil}};
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        if (!take(r, functions[i].name))
            continue;
        if (!take(r, "("))
            return wrong(r, "a '(' is missing");
        if (!in_brackets(r, out))
            return false;
        *out = functions[i].of(*out);
        return true;
    }
    return number(r, out);
}

static bool backquoted(struct reader *r, double *out)
{
    const char *from = r->text + r->at, *to = strchr(from, '`');
    if (!to)
        return wrong(r, "the second '`' is missing");
    if (!r->values)
        return wrong(r, "there are no values between '`' here");
    if (!r->values->value(r->values->ud, from, (size_t)(to - from), out, r->e))
        return err_at(r->e, (int)r->at, (int)(to - from));
    r->at += (size_t)(to - from) + 1;
    return true;
}

static bool operand(struct reader *r, double *out)
{
    if (take(r, "("))
        return in_brackets(r, out);
    return take(r, "`") ? backquoted(r, out) : function(r, out);
}

static const char *const minus[] = {"-", "−", NULL};

/* A sign binds less than a power: -2^2 = -4. */
static bool power(struct reader *r, double *out)
{
    double by;
    if (++r->depth > DEEPEST)
        return wrong(r, "too deep");
    bool negative = takes_any(r, minus);
    if (!(negative ? power(r, out) : operand(r, out)))
        return false;
    if (negative)
        *out = -*out;
    else if (take(r, "^")) {
        if (!power(r, &by))
            return false;
        *out = pow(*out, by);
    }
    r->depth--;
    return true;
}

static bool product(struct reader *r, double *out)
{
    static const char *const times[] = {"*", "×", "x", "X", NULL}, *const over[] = {"/", "÷", NULL};
    double by;
    if (!power(r, out))
        return false;
    for (;;) {
        bool multiplies = takes_any(r, times), divides = !multiplies && takes_any(r, over);
        if (!multiplies && !divides)
            return true;
        if (!power(r, &by))
            return false;
        if (divides && by == 0)
            return wrong(r, "a division by zero");
        *out = multiplies ? *out * by : *out / by;
    }
}

static bool sum(struct reader *r, double *out)
{
    double by;
    if (++r->depth > DEEPEST)
        return wrong(r, "too deep");
    if (!product(r, out))
        return false;
    for (;;) {
        bool adds = take(r, "+"), subtracts = !adds && takes_any(r, minus);
        if (!adds && !subtracts)
            break;
        if (!product(r, &by))
            return false;
        *out += adds ? by : -by;
    }
    r->depth--;
    return true;
}

bool calc(const char *text, const struct calc_values *values, double *out, struct err *e)
{
    struct reader r = {.text = text, .values = values, .e = e};
    if (!sum(&r, out))
        return false;
    skip(&r);
    return !text[r.at] || wrong(&r, "this is no arithmetic");
}
