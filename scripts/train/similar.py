# Pairs of sentences with a gold score of likeness that the grammar computes: the same event told in two ways,
# an event with some of its slots changed, and two events that have nothing to do with each other.
import random

from event import Events
from grammar import Grammar
from phrase import Phrase
from sentences import MAX_WORDS, held_back, key


class Pairs(Events):
    def other_verb(self, e):
        """The event with another verb, the object kept where the verb can take it."""
        g = self.g
        for _ in range(60):
            near = self.near.get(e.verb) if g.chance(0.3) else None
            v = g.pick(near or g.lex.verbs)
            if v is e.verb or "person" not in v.subject:
                continue
            frame = g.pick(v.frames)
            kinds = [r[1] for r in frame if r[0] == "O"]
            if bool(kinds) == bool(e.obj) and all(e.obj.noun in g.objects(k) for k in kinds):
                n = self.event(v, e.tense, e.subject, frame=frame)
                n.obj, n.time, n.negative = e.obj, e.time, e.negative
                return n
        return e

    def changed(self, e):
        """The event with one to four of its slots drawn anew."""
        g = self.g
        slots = ["subject", "verb", "tense", "negative"] + ["obj"] * bool(e.obj) + ["complements"] * bool(e.complements)
        for slot in g.rng.sample(slots, min(len(slots), g.weighted([(1, 40), (2, 30), (3, 20), (4, 10)]))):
            if slot == "verb":
                e = self.other_verb(e)
            elif slot == "negative":
                e = e.but(negative=not e.negative)
            elif slot == "tense":
                e = e.but(tense=g.pick([t for t in ("past", "present", "future") if t != e.tense]), time=None)
            elif slot == "subject":
                others = [s.head for _, s in e.complements] + ([e.obj.head] if e.obj else [])
                subject = self.subject()
                while subject.head in others:
                    subject = self.subject()
                e = e.but(subject=subject)
            else:
                n = self.event(e.verb, e.tense, e.subject)
                if bool(n.obj) == bool(e.obj) and len(n.complements) == len(e.complements):
                    e = e.but(**{slot: getattr(n, slot)})
        return e

    def told(self, e):
        """One of the ways of telling an event: synonym, pronoun or none, order of words."""
        g = self.g
        twin = self.synonym.get(e.verb)
        if twin and twin.frames == e.verb.frames and g.chance(0.5):
            e = e.but(verb=twin)
        drop = e.subject.phrase.kind == "pronoun" and g.chance(0.5)
        swap = bool(e.obj and e.complements) and g.chance(0.3)
        return self.tell(e, drop, g.chance(0.5), swap)

    def pair(self):
        """(first Phrase, second Phrase, gold score 0..1)"""
        g = self.g
        a = self.event()
        a.negative = g.chance(0.2)
        kind = g.weighted([("same", 20), ("changed", 60), ("other", 20)])
        b = a if kind == "same" else self.changed(a) if kind == "changed" else self.event()
        return self.told(a), self.told(b), self.similarity(a, b)


def take(seed, count, held):
    """count pairs (text, text, score) of the wanted side of the split: a pair is held back when its first
    sentence is, and left out when only its second is."""
    p = Pairs(Grammar(random.Random(seed)))
    while count:
        a, b, score = p.pair()
        if max(len(a.fa), len(b.fa)) > MAX_WORDS or held_back(key(a.fa)) != held or not held and held_back(key(b.fa)):
            continue
        first, second = (p.g.render(Phrase(x.fa, []))[0] for x in (a, b))
        if first != second:
            count -= 1
            yield first, second, round(score, 3)
