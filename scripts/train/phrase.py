# Words and phrases of the two languages, and the small helpers that every part of the grammar uses.
import persian as P
import english as E

PERSON_PLURAL = 3     # persons 0..2 are singular, 3..5 plural


class Fa:
    """A Persian word with spelling marks; glue: written without a space before it."""
    __slots__ = ("text", "glue")

    def __init__(self, text, glue=False):
        self.text, self.glue = text, glue


class En:
    """An English word and the Persian words it comes from."""
    __slots__ = ("text", "of", "glue")

    def __init__(self, text, of, glue=False):
        self.text, self.glue = text, glue
        self.of = of if isinstance(of, list) else [of]


class Phrase:
    """fa, en: the words. who: grammatical person 0..5. closed: no ezafe can follow. kind: what it is."""

    def __init__(self, fa, en, who=2, closed=True, kind="", animate=False, genitive=False, ra=True):
        self.fa, self.en, self.who = fa, en, who
        self.closed, self.kind, self.animate = closed, kind, animate
        self.genitive = genitive      # has a common noun as possessor
        self.ra = ra                  # takes را as an object
        self.possessed = False        # has any possessor after an ezafe
        self.owner = E.POSSESSIVE[who]   # what خود becomes when this is the subject


def fas(text):
    return [Fa(w) for w in text.split()]


def ens(text, of):
    return [En(w, of) for w in text.split()]


BE_PRESENT = ("am", "are", "is", "are", "are", "are")
BE_PAST = ("was", "were", "was", "were", "were", "were")
NO_COMPARISON = {"main", "final", "Iranian", "foreign", "wooden", "plastic", "unmarried", "married", "mute",
                 "deaf", "blind", "unemployed", "possible", "necessary", "sufficient", "correct", "wrong",
                 "excellent", "complete", "unknown", "manual", "electric", "made of iron",
                 "awake", "ready", "orange-coloured", "innocent", "hidden", "open", "official", "local"}


def same(a, b):
    """Whether two persons are the same in English: تو and شما are both you."""
    return a == b or a in (1, 4) and b in (1, 4)
