# The stream of sentence pairs: seeded, at most MAX_WORDS long, split into training and held-back ones.
import hashlib
import random

from grammar import Grammar

MAX_WORDS = 15
SHOWN = "علیبهمدرسهمیرود"     # the sentence of the manual is always held back


def key(words):
    """The sentence without spelling variation, spaces and punctuation: what the split looks at."""
    text = "".join(w.text for w in words)
    return "".join(c for c in text if c not in "~^\u200c ،.؟")


def held_back(k):
    """One sentence in fifty, chosen by a hash of the sentence itself, is never trained on."""
    return k == SHOWN or int.from_bytes(hashlib.blake2b(k.encode(), digest_size=4).digest(), "big") % 50 == 0


def stream(seed, rich=True):
    """Yields (held back?, key, Persian, English, letters per Persian word, per English word, alignment)."""
    g = Grammar(random.Random(seed), rich)
    while True:
        p = g.sentence()
        if len(p.fa) > MAX_WORDS:
            continue
        k = key(p.fa)
        yield (held_back(k), k) + g.render(p)


def take(seed, count, held, unique=False, rich=True):
    """count pairs of the wanted side of the split."""
    seen = set()
    for s in stream(seed, rich):
        if s[0] != held or unique and s[1] in seen:
            continue
        seen.add(s[1])
        yield s[2:]
        count -= 1
        if count == 0:
            return
