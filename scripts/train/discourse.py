# Two sentences that belong together: the second goes on with the person, the thing or the place of the first,
# or answers it. The corpus of the BERT examples.
import random

from event import Events, Slot
from grammar import Grammar
from phrase import En, Fa, Phrase, ens, fas
from sentences import MAX_WORDS, held_back, key

AFTER = {"past": "past", "perfect": "past", "present": "present", "future": "future"}


class Discourse(Events):
    def pair(self):
        """(first Phrase, second Phrase, kind, marks of the two)."""
        kind = self.g.weighted([("object", 32), ("person", 18), ("place", 16), ("property", 12), ("answer", 11),
                                ("who", 11)])
        first, second, marks = getattr(self, "on_" + kind)()
        return first, second, kind, marks

    def then(self):
        """سپس in front of the second sentence, or nothing."""
        if not self.g.chance(0.25):
            return ()
        w = Fa("سپس")
        return [w], [En("then", w)]

    def going_on(self, subject):
        """The subject of the second sentence: (slot, left out?)."""
        g = self.g
        if subject.phrase.kind == "pronoun":
            return subject, g.chance(0.7)
        r = g.rng.random()
        if r < 0.4:
            return self.referred(subject), True
        if r < 0.75 or not (subject.noun or subject.phrase.kind == "name"):
            return self.referred(subject), False
        return (self.again(subject) if subject.noun else subject), False

    def told(self, e):
        g = self.g
        pronoun = e.subject.phrase.kind == "pronoun"
        return self.tell(e, pronoun and e.subject.who not in (2, 5) and g.chance(0.5), g.chance(0.4))

    def on_object(self):
        """Ali bought a book. Then he sold that book."""
        g = self.g
        while True:
            a, b = g.pick(self.sequels["object"])
            fa = [f for f in a.frames if f and f[0][0] == "O"]
            fb = [f for f in b.frames if f and f[0][0] == "O"]
            if not fa or not fb:
                continue
            fa, fb = g.pick(fa), g.pick(fb)
            both = [n for n in g.objects(fa[0][1]) if n in g.objects(fb[0][1]) and n.kind != "person"]
            if both:
                break
        e = self.event(a, noun=g.pick(both), frame=fa)
        subject, drop = self.going_on(e.subject)
        n = self.event(b, AFTER[e.tense], subject, frame=fb)
        n.obj = self.again(e.obj) if g.chance(0.65) else self.it(e.obj)
        n.time = None
        return self.told(e), self.tell(n, drop, front=self.then()), ("", "")

    def on_person(self):
        """Maryam helped the teacher. He thanked her."""
        g = self.g
        while True:
            a, b = g.pick(self.sequels["person"])
            fa = [f for f in a.frames if any("person" in r[-1].split("/") or r[-1] == "any" for r in f)]
            if fa and "person" in b.subject:
                break
        frame = g.pick(fa)
        e = self.event(a, frame=[])
        met = self.person_named() if g.chance(0.5) else self.thing(g.pick(g.nouns("person")),
                                                                    g.pick(("bare", "dem", "indef", "mine")))
        while met.head == e.subject.head:
            met = self.person_named()
        done = False
        for role in frame:
            fits = not done and ("person" in role[-1].split("/") or role[-1] == "any")
            slot = met if fits else self.filler(role[-1], e.subject)
            done = done or fits
            if role[0] == "O":
                e.obj = slot
            else:
                e.complements.append((role, slot))
        subject = self.referred(met) if g.chance(0.35) else self.again(met) if met.noun else met
        n = self.event(b, AFTER[e.tense], subject)
        n.time = None
        back = self.referred(e.subject, True)
        if n.obj and n.obj.noun and n.obj.noun.kind == "person" or n.obj and n.obj.phrase.kind == "name":
            n.obj = back
        n.complements = [(r, back if r[3].split("/")[0] == "person" else s) for r, s in n.complements]
        return self.told(e), self.tell(n, front=self.then()), ("", "")

    def on_place(self):
        """Reza went to the library. In that library he read a newspaper."""
        g = self.g
        a = self.verbs[g.pick(("رفت", "آمد", "رسید", "دوید", "برگشت"))]
        role = next(r for f in a.frames for r in f if "place" in r[3].split("/") and r[1] == "به")
        noun = g.pick(g.nouns("place"))
        e = self.event(a, frame=[])
        e.complements = [(role, self.thing(noun, g.pick(("bare", "bare", "indef", "dem", "yek"))))]
        while True:
            b = g.pick(g.lex.verbs)
            frames = [f for f in b.frames if f and f[-1][:2] == ["P", "در"] and "place" in f[-1][3].split("/")]
            if "person" in b.subject and frames:
                frame = g.pick(frames)
                break
        subject, drop = self.going_on(e.subject)
        n = self.event(b, AFTER[e.tense], subject, frame=frame[:-1])
        n.time = None
        there = Slot(Phrase(fas("آنجا"), [], kind="adverb"), noun.en)
        there.phrase.en = [En("there", there.phrase.fa[0])]
        n.complements.append((frame[-1], self.again(e.complements[0][1]) if g.chance(0.7) else there))
        return self.told(e), self.tell(n, drop), ("", "")

    def on_property(self):
        """Sara opened the window. That window was old."""
        g = self.g
        while True:
            e = self.event()
            if e.obj and e.obj.noun and e.obj.phrase.kind == "common":
                break
        again = self.again(e.obj)
        tense = "present" if AFTER[e.tense] != "past" else g.pick(("past", "past", "present"))
        a = g.adjective(e.obj.noun, False)
        w = Fa(a.fa)
        bfa, aux, main = g.be(tense, again.who, g.chance(0.15))
        second = Phrase(again.phrase.fa + [w] + bfa, again.phrase.en + aux + main + ens(a.en, w))
        return self.told(e), second, ("", "")

    def on_answer(self):
        """Does Ali go to school? Yes, he goes to school."""
        g = self.g
        if g.chance(0.5):
            p = g.clause(depth=1, simple=True, adverbs=False)
            first, second = p, Phrase(list(p.fa), list(p.en))
        else:
            e = self.event()
            subject, drop = self.going_on(e.subject)
            if e.subject.phrase.kind == "pronoun":
                flip = (1, 0, 2, 4, 3, 5)[e.subject.who]
                subject, drop = self.pronoun(flip), True
            first = self.tell(e)
            second = self.tell(e.but(subject=subject, time=None), drop)
        yes, comma = Fa("بله"), Fa("،", True)
        second.fa, second.en = [yes, comma] + second.fa, [En("yes", yes), En(",", comma, True)] + second.en
        w = Fa("آیا")
        return Phrase([w] + first.fa, first.en), second, ("؟", "")

    def on_who(self):
        """Who broke the glass? Hossein broke that glass."""
        g = self.g
        w = fas("چه کسی")
        e = self.event(subject=Slot(Phrase(w, [En("who", list(w))], 2, True, "name", True), "who"))
        subject = self.subject()
        while subject.who != 2 or subject.phrase.kind == "pronoun":
            subject = self.subject()
        n = e.but(subject=subject, time=None)
        if n.obj and n.obj.noun and n.obj.phrase.kind == "common" and g.chance(0.5):
            n.obj = self.again(n.obj)
        return self.tell(e), self.tell(n), ("؟", "")


def stream(seed):
    """Yields (held back?, first text, second text, kind) for ever. Held back are the discourses whose first
    sentence is; those whose second sentence alone is held back are left out, so that training sees neither."""
    d = Discourse(Grammar(random.Random(seed)))
    while True:
        first, second, kind, marks = d.pair()
        if max(len(first.fa), len(second.fa)) > MAX_WORDS:
            continue
        held = held_back(key(first.fa))
        if not held and held_back(key(second.fa)):
            continue
        texts = []
        stop = d.g.chance(0.3)
        for p, mark in zip((first, second), marks):
            mark = mark or ("." if stop else "")
            if mark:
                p.fa = p.fa + [Fa(mark, True)]
            texts.append(d.g.render(Phrase(p.fa, []))[0])
        yield held, texts[0], texts[1], kind


def take(seed, count, held, unique=False):
    """count discourses of the wanted side of the split."""
    seen = set()
    for h, a, b, kind in stream(seed):
        if h != held or unique and a in seen:
            continue
        seen.add(a)
        yield a, b, kind
        count -= 1
        if count == 0:
            return
