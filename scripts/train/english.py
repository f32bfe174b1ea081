# English inflection: plurals, verb forms, comparison, articles.
DOUBLING = {"sit", "run", "hit", "put", "get", "swim", "dig", "slip", "rot", "pet", "shop", "forget",
            "begin", "travel"}
DOUBLED_ADJECTIVES = {"big", "red", "hot", "sad", "fat", "wet", "thin"}
AN_EXCEPT = {"university", "useful", "one", "used", "European"}
AN_ALSO = {"honest", "hour"}
SUBJECT = ("I", "you", "he", "we", "you", "they")
OBJECT = ("me", "you", "him", "us", "you", "them")
POSSESSIVE = ("my", "your", "his", "our", "your", "their")


def ends_s(word):
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def plural(noun):
    if noun.plural:
        return noun.plural
    first, _, last = noun.en.rpartition(" ")
    if last.endswith("y") and last[-2] not in "aeiou":
        last = last[:-1] + "ies"
    else:
        last = ends_s(last)
    return (first + " " + last).strip()


def third(base):
    if base in ("do", "go"):
        return base + "es"
    if base == "have":
        return "has"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return ends_s(base)


def ing(base):
    if base in ("tie", "die", "lie"):
        return base[:-2] + "ying"
    if base in DOUBLING:
        return base + base[-1] + "ing"
    if base.endswith("e") and not base.endswith("ee"):
        return base[:-1] + "ing"
    return base + "ing"


def past(base):
    if base in DOUBLING:
        return base + base[-1] + "ed"
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    return base + "ed"


class EnglishVerb:
    """Forms of 'go,went,gone', 'pick+up' (separable) or 'take care,took,taken'."""

    def __init__(self, spec):
        parts = spec.split(",")
        head, self.particle, self.tail = parts[0], "", ""
        if "+" in head:
            head, self.particle = head.split("+")
        if " " in head:
            head, self.tail = head.split(" ", 1)
        self.base = head
        self.past = parts[1] if len(parts) > 1 else past(head)
        self.participle = parts[2] if len(parts) > 2 else past(head)
        self.third, self.ing = third(head), ing(head)


def article(word):
    w = word.lower()
    if w in AN_EXCEPT or w in ("8",):
        return "a" if w != "8" else "an"
    return "an" if w[0] in "aeiou" or w in AN_ALSO else "a"


def short(adj):
    """True when the adjective compares with -er: flagged so, or of one syllable."""
    if "er" in adj.flags:
        return True
    if "more" in adj.flags or " " in adj.en or "-" in adj.en:
        return False
    w = adj.en[:-1] if adj.en.endswith("e") else adj.en
    groups = sum(c in "aeiouy" and (i == 0 or w[i - 1] not in "aeiouy") for i, c in enumerate(w))
    return groups == 1


def compared(adj, end):
    """Comparative (end 'er') or superlative (end 'est') as a list of words."""
    for f in adj.flags:
        if f.startswith("cmp=") and end == "er" or f.startswith("sup=") and end == "est":
            return [f[4:]]
    if not short(adj):
        return ["more" if end == "er" else "most", adj.en]
    w = adj.en
    if w in DOUBLED_ADJECTIVES:
        return [w + w[-1] + end]
    if w.endswith("e"):
        return [w + end[1:]]
    if w.endswith("y") and w[-2] not in "aeiou" and w != "shy":
        return [w[:-1] + "i" + end]
    return [w + end]
