"""src/token/bert_ranges.h: which characters the reference library takes for what, asked one by one.

Its tables are older than Unicode of today (categories of 8, decompositions of 12), and ids depend on them."""
import os
import unicodedata

from tokenizers import AddedToken, Tokenizer, models, normalizers, pre_tokenizers

from .common import ROOT, write_bytes


def characters():
    return (cp for cp in range(0x110000) if not 0xD800 <= cp < 0xE000)


def ranges(members):
    out = []
    for cp in sorted(members):
        if out and out[-1][1] == cp - 1:
            out[-1][1] = cp
        else:
            out.append([cp, cp])
    return out


LETTERS_IN_SIGNS = [range(0x24B6, 0x24EA), range(0x1F130, 0x1F14A), range(0x1F150, 0x1F16A), range(0x1F170, 0x1F18A)]


def late_words():
    """What stands in a word for the library, though categories of Unicode 14 do not say so."""
    tokenizer = Tokenizer(models.WordPiece({"[UNK]": 0}, unk_token="[UNK]"))
    tokenizer.add_tokens([AddedToken("@", single_word=True, normalized=False)])
    late = set()
    for cp in characters():
        kind = unicodedata.category(chr(cp))
        known = kind[0] in "LM" or kind in ("Nd", "Nl", "Pc") or cp in (0x200C, 0x200D) or any(cp in r for r in LETTERS_IN_SIGNS)
        word = len(tokenizer.encode(f"{chr(cp)}@").ids) == 1
        if word and not known:
            late.add(cp)
        if known and not word:
            raise SystemExit(f"U+{cp:04X} is no part of a word")
    return late


def measured():
    options = dict(clean_text=False, handle_chinese_chars=False, strip_accents=False, lowercase=False)
    clean = normalizers.BertNormalizer(**{**options, "clean_text": True})
    strip = normalizers.BertNormalizer(**{**options, "strip_accents": True})
    chinese = normalizers.BertNormalizer(**{**options, "handle_chinese_chars": True})
    split, nfd = pre_tokenizers.BertPreTokenizer(), normalizers.NFD()
    removed, mark, around, punctuation, space = set(), set(), set(), set(), set()
    for cp in characters():
        c = chr(cp)
        parts = len(split.pre_tokenize_str(f"a{c}b"))
        if clean.normalize_str(f"a{c}b") == "ab" and cp != 0xFFFD:
            removed.add(cp)
        if nfd.normalize_str(c) == c and strip.normalize_str(c) == "":
            mark.add(cp)
        if chinese.normalize_str(c) != c:
            around.add(cp)
        if parts == 3:
            punctuation.add(cp)
        if parts == 2:
            space.add(cp)
    return [("removed", "NUL, controls, format and private use characters", removed),
            ("space", "white space", space), ("chinese", "set apart by spaces", around),
            ("mark", "marks that are taken off", mark), ("punctuation", "words of their own", punctuation),
            ("late_word", "parts of words, newer than Unicode 14", late_words())]


def table(name, about, members):
    rows = [f"{{0x{a:X}, 0x{b:X}}}," for a, b in ranges(members)]
    lines, line = [], "   "
    for row in rows:
        if len(line) + len(row) + 1 > 100:
            lines.append(line)
            line = "   "
        line += " " + row
    return f"/* {about} */\nstatic const struct range {name}_ranges[] = {{\n" + "\n".join(lines + [line]) + "\n};\n"


def make():
    head = ("/* What BERT's normaliser and pre-tokenizer take each character for, as tokenizers measures it;\n"
            " * written by scripts/golden/bert_ranges.py. */\n"
            "#ifndef RASAD_TOKEN_BERT_RANGES_H\n#define RASAD_TOKEN_BERT_RANGES_H\n\n#include <stdint.h>\n\n"
            "struct range {\n    int32_t from, to;\n};\n\n/* clang-format off */\n")
    body = "\n".join(table(*row) for row in measured())
    write_bytes(os.path.join(ROOT, "src", "token", "bert_ranges.h"), (head + body + "/* clang-format on */\n\n#endif\n").encode())
