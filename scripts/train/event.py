# An event: who did what to whom, where and when, as slots that keep their words. The same event can be told
# in several ways (spelling, pronoun, order of words, synonym), and two events can be compared slot by slot.
import persian as P
import english as E
from lexicon import rows
from phrase import En, Fa, Phrase, ens


class Slot:
    """A noun phrase of an event: the grammar's phrase, its head and what the head is (a noun, or None)."""

    def __init__(self, phrase, head, noun=None):
        self.phrase, self.head, self.noun = phrase, head, noun
        self.text = " ".join(w.text for w in phrase.en)

    @property
    def who(self):
        return self.phrase.who


class Event:
    """subject, verb, tense, negative, object or None, complements [(role, slot)], time adverb or None."""

    def __init__(self, subject, verb, tense, negative=False, obj=None, complements=(), time=None):
        self.subject, self.verb, self.tense, self.negative = subject, verb, tense, negative
        self.obj, self.complements, self.time = obj, list(complements), time

    def but(self, **changed):
        e = Event(self.subject, self.verb, self.tense, self.negative, self.obj, self.complements, self.time)
        for k, v in changed.items():
            setattr(e, k, v)
        return e


def name_of(verb):
    """How sequels.tsv writes a verb: کمک کرد, برگشت."""
    return verb.pre + verb.past if verb.glued else (verb.pre + " " + verb.past).strip()


class Events:
    """Draws events with a grammar and tells them."""

    def __init__(self, grammar):
        self.g = g = grammar
        verbs = {}
        for v in g.lex.verbs:
            verbs.setdefault(name_of(v), v)
        self.verbs = verbs
        self.sequels, self.near, self.synonym = {}, {}, {}
        for kind, first, rest in rows("sequels"):
            for second in rest.split("/"):
                a, b = verbs[first], verbs[second]
                self.sequels.setdefault(kind, []).append((a, b))
                self.near.setdefault(a, []).append(b)
                self.near.setdefault(b, []).append(a)
                if kind == "same":
                    self.synonym[a], self.synonym[b] = b, a

    # Slots

    def pronoun(self, who, objective=False):
        w = Fa(P.PRONOUN[who])
        text = (E.OBJECT if objective else E.SUBJECT)[who]
        return Slot(Phrase([w], [En(text, w)], who, True, "pronoun", True), text)

    def person_named(self):
        p = self.g.name()
        return Slot(p, p.en[0].text)

    def thing(self, noun, style=None):
        style = style or self.g.weighted([("bare", 34), ("plural", 0 if noun.mass else 10),
                                          ("indef", 0 if noun.mass else 14), ("yek", 0 if noun.mass else 8),
                                          ("dem", 10), ("number", 0 if noun.mass else 5), ("mine", 6)])
        return Slot(self.g.common(noun, 0, style=style), noun.en, noun)

    def again(self, slot):
        """The thing of a slot taken up again: آن کتاب, آن کتاب‌ها."""
        many = slot.who > 2
        that = Fa("آن")
        head = Fa(P.plural(slot.noun.fa) if many else slot.noun.fa)
        en = [En("those" if many else "that", that)] + ens(E.plural(slot.noun) if many else slot.noun.en, head)
        phrase = Phrase([that, head], en, 5 if many else 2, False, "common", slot.noun.animate)
        return Slot(phrase, slot.head, slot.noun)

    def it(self, slot):
        """آن را, آن‌ها را."""
        many = slot.who > 2
        w = Fa("آن~ها" if many else "آن")
        return Slot(Phrase([w], [En("them" if many else "it", w)], slot.who, True, "pronoun"), slot.head, slot.noun)

    def referred(self, slot, objective=False):
        """The person of a slot as a pronoun."""
        return self.pronoun(slot.who, objective)

    def subject(self):
        """A person: a name, a pronoun or a common noun."""
        g = self.g
        r = g.rng.random()
        if r < 0.45:
            return self.person_named()
        if r < 0.75:
            noun = g.pick(g.nouns("person"))
            return self.thing(noun, g.weighted([("bare", 6), ("plural", 2), ("mine", 2), ("dem", 3)]))
        return self.pronoun(g.weighted([(0, 5), (1, 3), (2, 4), (3, 4), (4, 2), (5, 3)]))

    def filler(self, kinds, subject):
        """A slot for a complement of one of the classes; a person is not the subject over again."""
        g = self.g
        kind = g.pick(kinds.split("/"))
        while True:
            if kind in ("person", "any"):
                slot = self.person_named() if g.chance(0.5) else self.thing(g.pick(g.nouns("person")))
            elif kind in ("vehiclebare", "langonly", "lang", "field", "personpl", "city", "country"):
                p = g.argument(kind, 0, "pp")
                slot = Slot(p, p.en[-1].text)
            elif kind == "inst" and g.chance(0.6):
                n = g.pick(g.nouns("inst"))
                w = Fa(n.fa)
                slot = Slot(Phrase([w], ens(n.en, w), 2, False, "institution"), n.en, n)
            else:
                slot = self.thing(g.pick(g.nouns(kind)))
            if slot.head != subject.head:
                return slot

    def object(self, kinds, subject, noun=None):
        g = self.g
        noun = noun or g.pick(g.objects(kinds)) if g.objects(kinds) else None
        if noun is None:
            return self.filler(kinds, subject)
        if noun.kind == "person" and g.chance(0.6):
            return self.filler("person", subject)
        return self.thing(noun)

    def event(self, verb=None, tense=None, subject=None, noun=None, frame=None):
        """An event by lot; what is given is kept. noun: the head of the object."""
        g = self.g
        while verb is None:
            v = g.pick(g.lex.verbs)
            verb = v if "person" in v.subject else None
        subject = subject or self.subject()
        tense = tense or g.weighted([("past", 5), ("present", 3), ("future", 2), ("perfect", 1)])
        obj, complements = None, []
        for role in frame if frame is not None else g.pick(verb.frames):
            if role[0] == "O":
                obj = self.object(role[1], subject, noun)
            else:
                complements.append((role, self.filler(role[3], subject)))
        return Event(subject, verb, tense, False, obj, complements, g.time(tense) if g.chance(0.25) else None)

    # Telling

    def tell(self, e, drop=False, time_first=False, swap=False, front=()):
        """The Phrase of an event. drop: the pronoun of the subject is left to the verb; time_first: the adverb
        before the subject; swap: the complement before the object. front: words before everything (سپس)."""
        g = self.g
        subject = e.subject.phrase
        en_subject = [En(w.text, w.of) for w in subject.en]
        fa_subject = subject.fa
        who = subject.who
        early, late, aux, main = g.predicate(e.verb, e.tense, who, e.negative)
        if drop:
            fa_subject = []
            en_subject = [En(E.SUBJECT[who], [(early or late)[-1]])]
        obj = e.obj.phrase if e.obj else None
        fa_obj = [] if obj is None else obj.fa + [Fa("را")] if obj.ra else obj.fa
        fa_pp, en_pp = [], []
        for role, slot in e.complements:
            f, n = g.preposition(role[1], role[2], slot.phrase)
            fa_pp += f
            en_pp += n
        time_fa, time_en = e.time or ([], [])
        front_fa, front_en = front or ([], [])
        middle = fa_pp + fa_obj if swap else fa_obj + fa_pp
        fa = list(time_fa) + fa_subject if time_first else fa_subject + list(time_fa)
        rest = g.assemble(main, e.verb, obj.en if obj else [], obj) + en_pp + list(time_en)
        p = Phrase(front_fa + fa + early + middle + late, g.order(Phrase([], en_subject, who), aux, rest, False), who)
        p.en = front_en + p.en
        return p

    # Meaning

    def alike(self, a, b):
        """How much two slots share: 1 the same phrase, 0.7 the same head, 0 nothing."""
        if a is None or b is None:
            return 0.0
        return 1.0 if a.text == b.text else 0.7 if a.head == b.head else 0.0

    def similarity(self, a, b):
        """Gold score of two events, 0 to 1: the weighted share of the slots that mean the same.

        Verb 3, subject 2, object 2, complements 2, polarity 1, tense 0.5, time 0.5; a slot that neither event has
        does not count. Verbs that follow one another (bought, sold) count 0.4, synonyms 1.
        """
        verb = 1.0 if a.verb is b.verb or self.synonym.get(a.verb) is b.verb else \
            0.4 if b.verb in self.near.get(a.verb, ()) else 0.0
        same = [(3.0, verb), (2.0, self.alike(a.subject, b.subject))]
        if a.obj or b.obj:
            same.append((2.0, self.alike(a.obj, b.obj)))
        if a.complements or b.complements:
            pairs = [max((self.alike(s, t) for _, t in b.complements), default=0.0) for _, s in a.complements]
            same.append((2.0, sum(pairs) / max(1, len(a.complements), len(b.complements))))
        words = lambda t: [w.text for w in t[1]] if t else None
        if a.time or b.time:
            same.append((0.5, float(words(a.time) == words(b.time))))
        # Tense and polarity alone do not make two events alike: they count by what else is shared.
        shared = sum(w * m for w, m in same) / sum(w for w, _ in same)
        same += [(1.0, shared * (a.negative == b.negative)), (0.5, shared * (a.tense == b.tense))]
        return sum(w * m for w, m in same) / sum(w for w, _ in same)
