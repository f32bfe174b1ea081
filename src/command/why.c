/* Why an operation is there: one sentence for a reader who sees it for the first time, in English
 * or Persian. */
#include "why.h"

#include <string.h>

struct reason {
    const char *en, *fa;
};

/* The layout tool breaks Persian text word by word. */
/* clang-format off */
/* By the last part of the name, for the linear maps, which all compute the same for different
 * ends. */
static const struct {
    const char *leaf;
    struct reason why;
} linear[] = {
    { "q", { "the query: what this position looks for, in the terms of each head",
             "پرس‌وجو: آنچه این جایگاه، به زبان هر سر، در پی آن است" } },
    { "k", { "the key: what this position offers to be found by",
             "کلید: آنچه این جایگاه برای یافته شدن عرضه می‌کند" } },
    { "v", { "the value: what this position hands over to those that attend to it",
             "مقدار: آنچه این جایگاه به توجه‌کنندگان می‌دهد" } },
    { "out", { "joins the heads (or the filters) and brings them back to the width of the residual stream",
               "سرها را به هم می‌پیوندد و به پهنای جریان باقی‌مانده برمی‌گرداند" } },
    { "pre", { "widens each position on its own: every column is a feature that it may have",
               "هر جایگاه را جداگانه پهن می‌کند: هر ستون یک ویژگی ممکن است" } },
    { "logits", { "compares the last state with the vector of every word of the vocabulary: one score a word",
                  "حالت پایانی را با بردار هر واژه می‌سنجد: برای هر واژه یک امتیاز" } },
};

static const struct reason by_op[OP_COUNT] = {
    [OP_EMBED] = { "a token enters as its row of a learned table; the factor sqrt(d_model), where there is one, keeps it from "
                   "drowning in the positions added next",
                   "هر توکن با سطر خود از یک جدول آموخته وارد می‌شود؛ ضریب sqrt(d_model) نمی‌گذارد در برابر جایگاه‌ها گم شود" },
    [OP_POSITION] = { "attention alone does not see order: each position gets a pattern of waves of its own",
                      "توجه به‌تنهایی ترتیب را نمی‌بیند: هر جایگاه الگویی از موج‌های ویژهٔ خود می‌گیرد" },
    [OP_ADD] = { "the residual stream: a sub-layer adds to what is there and need not carry it through itself",
                 "جریان باقی‌مانده: هر زیرلایه به آنچه هست می‌افزاید و لازم نیست خودش آن را نگه دارد" },
    [OP_LINEAR] = { "a learned change of coordinates", "تغییر مختصات آموخته‌شده" },
    [OP_SCORES] = { "how well each query fits each key; a sum of d_k products grows like sqrt(d_k), and dividing by it keeps "
                    "softmax from turning into a hard choice",
                    "هر پرس‌وجو چه اندازه به هر کلید می‌خورد؛ مجموع d_k حاصل‌ضرب مانند sqrt(d_k) بزرگ می‌شود و تقسیم بر آن "
                    "softmax را نرم نگه می‌دارد" },
    [OP_SOFTMAX] = { "shares of one: how a query divides its attention among the keys",
                     "سهم‌هایی با مجموع یک: هر پرس‌وجو توجه خود را میان کلیدها چگونه بخش می‌کند" },
    [OP_MIX] = { "the average of the values, each weighted by the attention it got: what the head has read",
                 "میانگین مقدارها با وزن توجه: آنچه این سر خوانده است" },
    [OP_NORM] = { "brings each position to mean 0 and variance 1, then to a learned scale, so that depth does not blow numbers up",
                  "هر جایگاه را به میانگین صفر و واریانس یک می‌رساند و سپس به مقیاسی آموخته، تا عددها با عمق بزرگ نشوند" },
    [OP_ACT] = { "the bend: without it two linear maps would be one",
                 "خمیدگی: بدون آن دو نگاشت خطی یکی می‌شدند" },
    [OP_POOL] = { "one vector for the sentence, however many tokens it has",
                  "یک بردار برای همهٔ جمله، هر چند توکن که داشته باشد" },
    [OP_CONCAT] = { "keeps both vectors whole: what follows may use either",
                    "هر دو بردار را کامل نگه می‌دارد: لایهٔ بعد می‌تواند از هر یک بهره ببرد" },
    [OP_UNIT] = { "only the direction counts: the dot product of two such vectors is their cosine",
                  "تنها جهت می‌ماند: حاصل‌ضرب داخلی دو بردار چنین، کسینوس زاویهٔ میان آن‌هاست" },
};

/* By the whole name, for what has a role of its own. */
static const struct {
    const char *name;
    struct reason why;
} by_name[] = {
    { "probs", { "turns the scores of the vocabulary into probabilities of the next token",
                 "امتیازهای واژگان را به احتمال توکن بعدی تبدیل می‌کند" } },
    { "enc.segment", { "tells the first text from the second: all tokens of one text get the same vector",
                       "متن اول را از دوم جدا می‌کند: همهٔ توکن‌های یک متن یک بردار می‌گیرند" } },
    { "enc.embed_segment", { "which word, and in which of the two texts",
                             "کدام واژه، و در کدام یک از دو متن" } },
    { "enc.norm.in", { "word, text and position in one vector: the later layers must take them apart",
                       "واژه، متن و جایگاه در یک بردار: لایه‌های بعد باید آن‌ها را از هم باز بشناسند" } },
    { "pooled.first", { "[CLS] stands for no word, so its state is free to gather what the sentence is about",
                        "[CLS] واژه‌ای نیست؛ پس حالت آن می‌تواند چکیدهٔ جمله را در خود گرد آورد" } },
    { "pooled", { "keeps every number between -1 and 1 before the decision about the next sentence",
                  "هر عدد را پیش از داوری دربارهٔ جملهٔ بعد میان ۱- و ۱ نگه می‌دارد" } },
    { "mlm.pre", { "readies each state for the comparison with the word vectors",
                   "هر حالت را برای سنجش با بردار واژه‌ها آماده می‌کند" } },
    { "mlm.logits", { "compares each state with the vector of every word: which word could stand at this place",
                      "هر حالت را با بردار همهٔ واژه‌ها می‌سنجد: کدام واژه می‌تواند اینجا بنشیند" } },
    { "mlm.probs", { "the probability of each word at each place; it means something where [MASK] stands",
                     "احتمال هر واژه در هر جایگاه؛ آنجا که [MASK] ایستاده معنا دارد" } },
    { "nsp.logits", { "two scores: the second text follows the first, or it was picked anywhere",
                      "دو امتیاز: متن دوم دنبالهٔ اول است، یا از جایی دیگر آمده" } },
    { "nsp.probs", { "the probability that the second text follows the first, and that it does not",
                     "احتمال این‌که متن دوم دنبالهٔ اول باشد، و این‌که نباشد" } },
};

static const struct reason stored_positions = {
    "attention alone does not see order: each position gets a learned vector of its own",
    "توجه به‌تنهایی ترتیب را نمی‌بیند: هر جایگاه بردار آموختهٔ خود را می‌گیرد"
};
/* clang-format on */

const char *why_text(const struct plan *p, int node, bool persian)
{
    const struct node *n = &p->nodes[node];
    const struct reason *r = &by_op[n->op];
    const char *leaf = strrchr(n->name, '.');
    leaf = leaf != NULL ? leaf + 1 : n->name;
    for (size_t i = 0; n->op == OP_LINEAR && i < sizeof linear / sizeof *linear; i++)
        if (strcmp(linear[i].leaf, leaf) == 0)
            r = &linear[i].why;
    if (n->op == OP_POSITION && n->param[0] >= 0 && !p->params[n->param[0]].formula)
        r = &stored_positions;
    for (size_t i = 0; i < sizeof by_name / sizeof *by_name; i++)
        if (strcmp(by_name[i].name, n->name) == 0)
            r = &by_name[i].why;
    return persian ? r->fa : r->en;
}
