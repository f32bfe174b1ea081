"""WordPiece: small vocabularies and what the reference libraries make of hostile text."""
import collections
import json
import os
import random
import unicodedata

from . import text
from .common import GOLDEN, write_bytes, write_json, write_lines

FOLDER = os.path.join(GOLDEN, "token", "wordpiece")
BLOCKS = [(0x20, 0x7F), (0x80, 0x250), (0x300, 0x370), (0x370, 0x530), (0x590, 0x700), (0x600, 0x6FF), (0x900, 0xE00), (0xE00, 0x1100),
          (0x1100, 0x1200), (0x1AB0, 0x1B00), (0x1DC0, 0x1F00), (0x1F00, 0x2070), (0x2000, 0x2100), (0x2E80, 0x3100), (0x3400, 0x3500),
          (0x4E00, 0xA000), (0xA640, 0xA800), (0xA8E0, 0xAB70), (0xAC00, 0xD7A4), (0xE000, 0xE100), (0xF900, 0x10000), (0xFE00, 0xFE70),
          (0x10000, 0x11000), (0x11000, 0x12000), (0x16E00, 0x17000), (0x1D000, 0x1D800), (0x1E000, 0x1F000), (0x1F000, 0x1FB00),
          (0x20000, 0x20100), (0x2A6D0, 0x2A710), (0x2B810, 0x2B930), (0x2CEA0, 0x2CEC0), (0x2F800, 0x2FA20), (0xE0000, 0xE0200), (0, 0x110000)]
MARKS = [chr(c) for c in [*range(0x300, 0x370), 0x5B0, 0x64B, 0x651, 0x93C, 0x302A, 0x302E, 0x1D165, 0x16FF0, 0xF73, 0xF71, 0x344, 0x340, 0x898, 0x1DFA]]
TOKENS = ["[CLS]", "[SEP]", "[MASK]", "[PAD]", "[UNK]", "[unused1]", "[NEW]", "Mixed", "two words", "[mask]", "[MASK", "MASK]", "[ MASK ]", "##",
          "##a", "##ی", "NAME"]
SPACES = [" ", "  ", "\t", "\n", "\r", "\xa0", "\u2003", "\u3000", "\u2028", "\x85", "\x0b", "\u200c", "\u200b", "\ufeff", "\u00ad", "\u200f", "\u202b"]
EMOJI = ["👍", "👨‍👩‍👧", "🏳️‍🌈", "❤️", "1️⃣", "🇮🇷"]
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789.,!?-'\"#@[]()_؟،؛«»ابپتثجچحخدذرزسشصضطظعغفقکگلمنوهیءآأ中文字é\u0301🙂👍한\u1112"


def words():
    return [word for line in text.corpus() for word in line.split()]


def hostile(count, seed=7):
    """The strings for SentencePiece that are UTF-8, then made-up ones until there are `count`."""
    draw, known, out = random.Random(seed), words(), []
    for data in text.hostile():
        try:
            out.append(data.decode())
        except UnicodeDecodeError:
            pass

    def character():
        while True:
            cp = draw.randrange(*draw.choice(BLOCKS))
            if not 0xD800 <= cp < 0xE000:
                return chr(cp)

    def part(kind):
        if kind < 3:
            return draw.choice(known)
        if kind == 3:
            return draw.choice(SPACES)
        if kind == 4:
            return draw.choice(TOKENS)
        if kind == 6:
            return character() + "".join(draw.choice(MARKS) for _ in range(draw.randrange(4)))
        if kind == 7:
            return draw.choice(".,!?-'\"#@[](){}_؟،؛«»")
        if kind == 8:
            return draw.choice(EMOJI)
        if kind == 9:
            return " "
        if kind == 10:
            return draw.choice(known).upper() if draw.random() < 0.5 else draw.choice(known) + draw.choice(MARKS)
        return character()

    while len(out) < count:
        wild = draw.randrange(8) == 0
        made = "".join(part(5 if wild else draw.randrange(12)) for _ in range(draw.choice([1, 2, 3, 5, 8, 13, 30])))
        if draw.random() < 0.03:
            made += draw.choice(["a", "x", "ی", "é", "中"]) * draw.choice([98, 99, 100, 101, 120]) + draw.choice(MARKS) * draw.randrange(3)
        out.append(made)
    return out[:count]


def vocabulary(lower, more=(), size=500):
    counts = collections.Counter()
    for word in words():
        word = word.replace("\u200c", "")
        if lower:
            word = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
        for i in range(len(word)):
            for j in range(i + 1, min(len(word), i + 6) + 1):
                counts[("##" if i else "") + word[i:j]] += 1
    singles = [piece for c in LETTERS for piece in (c, "##" + c)]
    common = [piece for piece, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:size]]
    return list(dict.fromkeys(["[PAD]", "[unused1]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *singles, *common, *more]))


def added(content, **flags):
    return {"content": content, "lstrip": False, "rstrip": False, "normalized": False, "single_word": False, "special": False, **flags}


def added_config(size):
    tokens = [added("[NEW]", lstrip=True, rstrip=True), added("Mixed", rstrip=True, normalized=True),
              added("two words", lstrip=True, normalized=True, single_word=True), added("NAME", single_word=True, special=True)]
    return {"do_lower_case": True, "strip_accents": False, "added_tokens_decoder": {
        "5": added("[MASK]", lstrip=True, special=True), **{str(size + i): token for i, token in enumerate(tokens)}}}


def json_tokenizer(vocab):
    """A tokenizer.json that says it all: cased, marks taken off, Chinese left alone, the older post-processor, text not tidied."""
    return {"version": "1.0", "truncation": None, "padding": None,
            "added_tokens": [{"id": i, **added(vocab[i], special=True)} for i in (0, 2, 3, 4)],
            "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": False, "strip_accents": True, "lowercase": False},
            "pre_tokenizer": {"type": "BertPreTokenizer"},
            "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 4], "cls": ["[CLS]", 3]},
            "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": False},
            "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 12,
                      "vocab": {piece: i for i, piece in enumerate(vocab)}}}


def write_folders(folder):
    lower, cased = vocabulary(True), vocabulary(False, ["Ali", "THE", "##THE", "É"])
    for name, vocab, config in (("uncased", lower, {}), ("cased", cased, {"do_lower_case": False, "clean_up_tokenization_spaces": True}),
                                ("added", lower, added_config(len(lower)))):
        write_bytes(os.path.join(folder, name, "vocab.txt"), "".join(piece + "\n" for piece in vocab).encode())
        write_json(os.path.join(folder, name, "tokenizer_config.json"), config)
    write_bytes(os.path.join(folder, "json", "tokenizer.json"), json.dumps(json_tokenizer(cased), ensure_ascii=False).encode())


def in_bytes(strings, coded):
    """Ids, spans in bytes (-1 -1: from nowhere) and segments of an encoding."""
    places = [[0] for _ in strings]
    for string, place in zip(strings, places):
        for c in string:
            place.append(place[-1] + len(c.encode()))
    spans = [[-1, -1] if text_of is None else [places[text_of][a], places[text_of][b]]
             for (a, b), text_of in zip(coded.offsets, coded.sequence_ids)]
    return {"ids": coded.ids, "spans": spans, "segments": coded.type_ids}


def rows(tokenizer, decode, strings):
    for i, string in enumerate(strings):
        coded = in_bytes([string], tokenizer.encode(string))
        row = {"text": string, "ids": coded["ids"], "spans": coded["spans"], "decoded": decode(coded["ids"])}
        if not any(token in string.lower() for token in ("[", "name", "mixed", "two words")):
            row["normalized"] = tokenizer.normalizer.normalize_str(string)
        if i % 9 == 8:
            row["pair"] = {"second": strings[i - 1], **in_bytes([string, strings[i - 1]], tokenizer.encode(string, strings[i - 1]))}
        yield row


def make(arguments):
    """COUNT FOLDER: so many strings into that folder, for one thorough look with `wordpiece_test FOLDER`."""
    from tokenizers import Tokenizer
    from transformers import BertTokenizer
    count, folder = (int(arguments[0]), arguments[1]) if len(arguments) == 2 else (0, FOLDER)
    write_folders(folder)
    for name, usual in (("uncased", 620), ("cased", 420), ("added", 620), ("json", 420)):
        where = os.path.join(folder, name)
        if name == "json":
            backend = Tokenizer.from_file(os.path.join(where, "tokenizer.json"))
            decode = backend.decode
        else:
            outer = BertTokenizer.from_pretrained(where)
            backend = outer.backend_tokenizer
            decode = lambda ids, outer=outer: outer.decode(ids, skip_special_tokens=True)
        strings = hostile(count or usual)
        write_lines(where + ".jsonl", rows(backend, decode, strings))
        print(f"token/wordpiece/{name}: {backend.get_vocab_size()} pieces, {len(strings)} texts")
