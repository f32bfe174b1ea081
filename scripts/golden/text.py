"""Sentences for training the tiny tokenizers, and the strings that they are tested on."""
import itertools

ENGLISH = """the quick brown fox jumps over the lazy dog
ali goes to school every day
the girl is reading an old book in the garden
we will see our friends tomorrow morning
they have not bought the red car yet
the child who was playing in the street has gone home
do you want to drink a cup of tea
my brother's house is larger than yours
she gave the teacher twelve flowers
it was raining and nobody came
the window of the kitchen was open
a student wrote three short letters
if you read slowly you understand more
the mountains are high and the rivers are long
he said that the train would come at 7:45
numbers like 1, 12, 123 and 3.14 are pieces too
thinking, seeing, reading, writing, playing, going
nothing was more beautiful than the morning light
"""

PERSIAN = """علی به مدرسه می‌رود
دختر در باغ کتاب کهنه‌ای می‌خواند
ما فردا صبح دوستانمان را خواهیم دید
آن‌ها هنوز ماشین قرمز را نخریده‌اند
کودکی که در خیابان بازی می‌کرد به خانه رفت
آیا می‌خواهی یک فنجان چای بنوشی؟
خانهٔ برادرم از خانهٔ تو بزرگ‌تر است
او به معلم دوازده گل داد
باران می‌بارید و هیچ‌کس نیامد
پنجرهٔ آشپزخانه باز بود
دانشجویی سه نامهٔ کوتاه نوشت
اگر آهسته بخوانی بیشتر می‌فهمی
کوه‌ها بلندند و رودها درازند
گفت که قطار ساعت ۷:۴۵ می‌آید
عددهای ۱، ۱۲، ۱۲۳ و ۳٫۱۴ هم تکه‌اند
زبان فارسی شیرین است
"""

RULES = [("ي", "ی"), ("ك", "ک"), ("ى", "ی"), ("ه\u0654", "ه\u200cی"), ("ﻼ", "لا"), ("ﷲ", "الله"), ("ﬁ", "fi"), ("ﬃ", "ffi"),
         ("１", "1"), ("２", "2"), ("…", "..."), ("\u200c\u200c", "\u200c"), ("\u00a0", " "), ("\u3000", " "), ("\t", " "),
         ("\u200b", ""), ("e\u0301", "é"), ("A\u030a", "Å"), ("½", "1/2"), ("①", "1"), ("\U0001d400", "A"), ("#1", "no 1")]


def rule_table():
    """The tab-separated table of code points that SentencePiece compiles into a small charsmap."""
    rows = (" ".join(f"{ord(c):X}" for c in a) + "\t" + " ".join(f"{ord(c):X}" for c in b) for a, b in RULES)
    return "\n".join(rows) + "\n"


def corpus(parts=3):
    """Lines for training; repeated so that words become pieces."""
    lines = []
    if parts & 1:
        lines += ENGLISH.splitlines()
    if parts & 2:
        lines += PERSIAN.splitlines()
    words = sorted({word for line in lines for word in line.split()})
    pairs = [f"{a} {b}" for a, b in zip(words, words[7:])]
    return lines * 6 + pairs


SPACES = ["", " ", "  ", "\t", "\n", "\r\n", " a", "a ", " a ", "a  b", "a   b  ", "\ta\tb\t", "a\r\nb\n",
          "\n\n a \n", "a\u00a0b", "\u00a0", "a\u2003b", "\u3000a\u3000", "a\u2028b\u2029c", "a\u0085b",
          " \u200c ", "a \u200b b", "\ufeffthe fox", "a\u2060b", "a\u00adb", "  the   quick  \t brown "]

PERSIAN_HARD = ["علي", "كتاب", "كتابي", "مي‌رود", "می‌رود", "می رود", "میرود", "می‌‌رود", "\u200cمی", "می\u200c",
                "خانۀ برادرم", "خانهٔ", "خانه\u0654", "خانه‌ٔ", "آب", "ا\u0653ب", "أحمد", "إ", "ؤ", "ئ", "ى", "ﷲ", "ﷺ", "ﻼ", "ﺍﻟﻔ",
                "ﭘﮊﮒ", "مُحَمَّد", "کِتَاب", "کـــتاب", "۱۲۳۴", "١٢٣", "123۱۲۳", "«سلام»", "؟؛،", "۳٫۱۴٬۰۰۰", "٪۵۰", "ال\u0644\u0651ه",
                "علی به مدرسه می‌رود.", "علی؟ به! مدرسه؛ می‌رود", "\u202bعلی\u202c", "\u200fعلی\u200e test", "ه‌ا", "رفته‌ام",
                "علیAliعلی", "Ali علی Ali", "کتاب‌هایشان", "نمی‌توانستیم", "بزرگ‌ترین", "خانه‌هایمان‌اند", "ڤ", "ۆ", "ﯼ", "ی\u0652"]

UNICODE = ["ﬁnd", "oﬃce", "ﬀ", "½", "①②", "x²", "H₂O", "™", "℃", "Å", "é", "e\u0301", "e\u0301\u0327", "\u0301", "a\u0301" * 5,
           "\u1e9b\u0323", "ｆｕｌｌ　ｗｉｄｔｈ", "ｶﾞ", "한국어", "\u1112\u1161\u11ab", "中文字", "日本語テキスト", "हिन्दी", "ไทย", "ქართული",
           "ΑΒΓς", "İıŞ", "ß", "Straße", "ǅ", "𝐀𝐁", "𝔘𝔫𝔦", "Ⅷ", "№5", "㎏", "…", "‥", "—–-", "“quotes” ‘single’",
           "👍", "👍🏽", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇮🇷", "❤️", "1️⃣", "a👍b", "👨‍👩‍👧 the fox 👍👍👍", "\U0001f9d1\U0001f3fb\u200d\U0001f91d\u200d\U0001f9d1",
           "\U000e0041", "\ufffd", "a\ufffdb", "\ufffe", "\uffff", "\U0010ffff", "\ue000", "\ufe0f", "\u0378", "\u2581", "▁▁", "a▁b", "▁a", "a▁", " ▁ ",
           "▁the", "the▁quick", "_ __", "\u2582", "\U0001d11e", "z\u0335\u0336\u0337\u0338a\u0320l\u0321g\u0322o", "\u0627\u064b\u064c\u064d"]

TYPED = ["</s>", "<unk>", "<s>", "<pad>", "a</s>b", "</s></s>", "<0x41>", "<0xFF>", "<0xZZ>", "the <unk> fox", ">>fra<< hello",
         ">>fra<<", ">><<", "<sep>", "a<sep>b", "<sep><sep>", "<se", "NAME", "NAMENAME", "NAME NAME", "xNAMEx", "<ctl>", "<mask>", "⁇", " ⁇ ", "\\n", "\\u2581", "%s%n", "${x}", "{}"]

RUNS = ["-", "--", "---", "-" * 10, "-" * 33, "-" * 64, ".", "..", "...", "." * 9, "=" * 40, "a" * 7, "a" * 64, "ab" * 40, "ا" * 50,
        "آ" * 9, "هه" * 20, "xyz" * 30, "!?" * 15, "0" * 30, "0123456789" * 4, "the" * 20, "the " * 20, "می" * 15, "می‌" * 15, "\u200c" * 8,
        "👍" * 12, "\u0301" * 9, " " * 50 + "a", "a" + " " * 50, "q" * 200, "-a" * 25, "/\\" * 20, "." * 200]

CONTROL = ["\x00", "a\x00b", "\x00\x00", "\x01", "a\x01b", "\x07bell", "\x08", "\x0b", "\x0c", "a\x0cb", "\x1b[31mred\x1b[0m", "\x1f", "\x7f", "a\x7fb",
           "\x80", "\x9f", "a\x85b", "\r", "a\rb", "\x00علی\x00", "".join(map(chr, range(1, 32)))]

INVALID = [b"\xff", b"a\xffb", b"\xc3", b"a\xc3", b"\xc3(", b"\xe2\x82", b"\xe2\x82a", b"\xe2(\xa1", b"\xf0\x9f\x91", b"\xf0\x9f\x91 a",
           b"\x80", b"\xbf\xbf", b"\xc0\x80", b"\xc0\xaf", b"\xe0\x80\xaf", b"\xf0\x80\x80\xaf", b"\xed\xa0\x80", b"\xed\xb0\x80",
           b"\xed\xa0\xbd\xed\xb1\x8d", b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80", b"\xfe\xfe\xff\xff", b"\xd8", b"\xd8\xb9\xd9",
           b"\xd8\xb9\xd9\x84\xdb the", b"the\xe2\x80fox", b"\xe2\x96", b"\xe2\x96\x81\xe2\x96", b"\xff " * 5, b" \xff ", b"a\xcc", b"\x00\xff\x00",
           b"\xef\xbb\xbfa", b"\xef\xbf", b"\xf0\x9f\x91\x8d\xf0\x9f", b"ok \xc3\xa9 \xc3 ok", bytes(range(0x80, 0x100))]

PLAIN = ["hello", "Hello World", "THE QUICK BROWN FOX", "unbelievable", "school", "schools", "schooling", "to school", "don't", "it's", "e-mail", "a.b.c",
         "http://example.org/a?b=c&d=%20", "user@example.org", "C:\\path\\file", "1,234,567.89", "2024-01-31", "12:30", "+98 21 1234", "$5.00", "50%", "#1", "(a)", "[b]", "{c}", "a/b", "a_b",
         "x=y+z", "a;b", "'", "\"", "`", "~", "^", "|", "&amp;", "camelCaseWord", "snake_case_word", "mixed123abc456", "zzzzqqq", "ĳ", "naïve café", "El Niño", "Zürich"]


def sentences():
    pairs = [f"{a}. {b}" for a, b in itertools.islice(zip(ENGLISH.splitlines(), PERSIAN.splitlines()), 8)]
    return ENGLISH.splitlines()[:9] + PERSIAN.splitlines()[:12] + pairs


def hostile():
    """About 300 byte strings, no two equal."""
    groups = [SPACES, PLAIN, sentences(), PERSIAN_HARD, UNICODE, TYPED, RUNS, CONTROL, INVALID]
    seen = {}
    for text in itertools.chain.from_iterable(groups):
        seen.setdefault(text.encode("utf-8") if isinstance(text, str) else text, None)
    return list(seen)
