# The lexicon: reads lexicon/*.tsv into small records and gives the word classes the grammar asks for.
import os

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lexicon")
FILES = ("nouns", "adjectives", "verbs", "names", "adverbs", "numbers", "prepositions", "function")

# Classes that verbs ask for by one name and the lexicon keeps apart.
GROUPS = {
    "any": ("person", "animal", "thing", "place", "text", "cloth", "vehicle", "plant"),
    "goods": ("thing", "cloth", "text", "food", "music"),
}


class Noun:
    """A common noun: Persian and English lemma, class, irregular plural, flags."""

    def __init__(self, kind, fa, en, flags=""):
        self.kind, self.fa, self.en = kind, fa, en
        self.flags = set(flags.split(",")) if flags else set()
        self.plural = next((f[3:] for f in self.flags if f.startswith("pl=")), None)
        self.mass = "mass" in self.flags
        self.animate = kind in ("person", "animal")


class Adjective:
    def __init__(self, kind, fa, en, flags=""):
        self.kind, self.fa, self.en = kind, fa, en
        self.flags = set(flags.split(",")) if flags else set()


class Verb:
    """A verb: preverb (with '+' when it is written together), both stems, English, frames."""

    def __init__(self, pre, past, pres, en, frames, subject, flags=""):
        self.glued = pre.endswith("+")
        self.pre = pre.rstrip("+")
        self.past, self.pres = past, pres
        self.en = en
        self.frames = [[part.split(":") for part in f.split(",") if part] for f in frames.split(";")]
        self.subject = subject.split("/")
        self.stative = flags == "stative"
        # "to have" and "to love" (دوست داشتن) form the present without می.
        self.plain_present = past == "داشت" and pre in ("", "دوست")


def rows(name):
    with open(os.path.join(HERE, name + ".tsv"), encoding="utf-8") as f:
        for line in f:
            if line.strip() and not line.startswith("#"):
                yield line.rstrip("\n").split("\t")


class Lexicon:
    def __init__(self):
        self.nouns = [Noun(*r) for r in rows("nouns")]
        self.adjectives = [Adjective(*r) for r in rows("adjectives")]
        self.verbs = [Verb(*r) for r in rows("verbs")]
        self.names = list(rows("names"))
        self.adverbs = list(rows("adverbs"))
        self.numbers = list(rows("numbers"))
        self.prepositions = list(rows("prepositions"))

    def count(self):
        """Number of distinct entries (Persian form and English form) over all files."""
        seen = set()
        for name in FILES:
            for r in rows(name):
                seen.add((name,) + tuple(r[:4] if name == "verbs" else r[1:3]))
        return len(seen)

    def nouns_of(self, kind):
        """The nouns of a class, a group of classes ('goods') or a flag ('event')."""
        kinds = GROUPS.get(kind, (kind,))
        return [n for n in self.nouns if n.kind in kinds or kind in n.flags]

    def names_of(self, kind):
        kinds = ("man", "woman") if kind == "person" else (kind,)
        return [n for n in self.names if n[0] in kinds]
