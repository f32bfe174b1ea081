#!/usr/bin/env python3
# Makes examples/words.fa.txt, a corpus for word vectors, and examples/words.fa.tsv, the class of each of its
# words. Simple sentences of the lexicon's verbs and their classes of complements, in few inflected forms, and
# sentences in which regularities lie that analogies can find. Seeded; needs nothing but Python.
import os
import random

import persian as P
from lexicon import Lexicon

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
SEED, SENTENCES = 6, 21000

# Capital, country, language spoken there.
CAPITALS = (("تهران", "ایران", "فارسی"), ("پاریس", "فرانسه", "فرانسوی"), ("لندن", "انگلستان", "انگلیسی"),
            ("برلین", "آلمان", "آلمانی"), ("مسکو", "روسیه", "روسی"), ("توکیو", "ژاپن", "ژاپنی"),
            ("پکن", "چین", "چینی"), ("قاهره", "مصر", "عربی"), ("رم", "ایتالیا", None), ("بغداد", "عراق", "عربی"),
            ("کابل", "افغانستان", "فارسی"))
# Man, woman, what their sentences are about.
KIN = (("پدر", "مادر", ("نوزاد", "کودک", "خانه")), ("پسر", "دختر", ("توپ", "عروسک", "مدرسه")),
       ("برادر", "خواهر", ("اتاق", "بازی", "دوچرخه")), ("عمو", "خاله", ("هدیه", "مهمان", "سفر")),
       ("پدربزرگ", "مادربزرگ", ("نوه", "داستان", "عینک")), ("پادشاه", "ملکه", ("قصر", "تاج", "کشور")))
# Trade, where it is carried on, what is handled there.
TRADES = (("معلم", "مدرسه", "درس"), ("پزشک", "بیمارستان", "دارو"), ("آشپز", "رستوران", "غذا"),
          ("نانوا", "نانوایی", "نان"), ("قاضی", "دادگاه", "قانون"), ("کشاورز", "مزرعه", "گندم"),
          ("خلبان", "فرودگاه", "هواپیما"), ("ملوان", "بندر", "کشتی"), ("کتابدار", "کتابخانه", "کتاب"),
          ("بازیگر", "تئاتر", "نمایش"), ("کارگر", "کارخانه", "ماشین"), ("باغبان", "باغ", "گل"),
          ("دانشمند", "آزمایشگاه", "آزمایش"), ("فروشنده", "فروشگاه", "کالا"), ("استاد", "دانشگاه", "کتاب"))


def plain(text):
    """The usual spelling: ZWNJ at joints, the ezafe of a silent h written."""
    return text.replace("~", P.ZWNJ).replace("^", "ٔ")


class Corpus:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.lex = Lexicon()
        self.kinds = {}             # word -> (part of speech, class)
        self.times = [a[1] for a in self.lex.adverbs if a[0] in ("past", "any", "freq", "habit", "manner")]

    def pick(self, seq):
        return seq[self.rng.randrange(len(seq))]

    def chance(self, p):
        return self.rng.random() < p

    def note(self, word, part, kind):
        if " " not in word:
            self.kinds.setdefault(plain(word), (part, kind))
        return word

    def noun(self, kind, adjective=0.22):
        """The words of a noun phrase of a class, or of one of several: person/animal."""
        kind = self.pick(kind.split("/"))
        names = self.lex.names_of(kind)
        if names and (kind != "person" or self.chance(0.45)):
            n = self.pick(names)
            return [self.note(n[1], "name", n[0])]
        flag = {"personpl": "person", "vehiclebare": "vehicle", "langonly": "lang"}.get(kind, kind)
        pool = self.lex.nouns_of(flag)
        if not pool:
            return [self.note(self.pick(self.lex.names_of(flag))[1], "name", flag)]
        noun = self.pick(pool)
        self.note(noun.fa, "noun", noun.kind)
        if not self.chance(adjective):
            return [noun.fa]
        kinds = ("any", "person") if noun.animate else ("any", noun.kind if noun.kind == "food" else "thing")
        a = self.pick([a for a in self.lex.adjectives if a.kind in kinds and "pred" not in a.flags])
        self.note(P.ezafe(noun.fa), "noun", noun.kind)
        return [P.ezafe(noun.fa), self.note(a.fa, "adjective", a.kind)]

    def finite(self, verb):
        tense = self.pick(("past", "past", "present"))
        words = P.with_preverb(verb, P.finite(verb, tense, 2, False))
        for w in words[:-1]:
            self.note(w, "preverb", "verb")
        self.note(words[-1], "verb", "verb")
        return words

    def complements(self, frame):
        objects, others = [], []
        for role in frame:
            if role[0] == "O":
                objects = self.noun(role[1]) + ["را"]
            else:
                others += [self.note(w, "function", "preposition") for w in role[1].replace("ٔ", "^").split()]
                others += self.noun(role[3])
        return objects + others

    def subject(self, verb):
        kind = self.pick([k for k in verb.subject if k not in ("rings", "event")] or ["thing"])
        return self.noun(kind)

    def time(self):
        return self.pick(self.times).split() if self.chance(0.15) else []

    def clause(self):
        verb = self.pick(self.lex.verbs)
        return self.subject(verb) + self.time() + self.complements(self.pick(verb.frames)) + self.finite(verb)

    def shared_object(self):
        """Two verbs with one object: مریم سیب را شست و خورد."""
        def wants(v):
            return [f[0][1] for f in v.frames if len(f) == 1 and f[0][0] == "O"]
        verb = self.pick([v for v in self.lex.verbs if wants(v) and "person" in v.subject])
        kind = self.pick(wants(verb))
        other = self.pick([v for v in self.lex.verbs if kind in wants(v) and "person" in v.subject])
        return self.subject(verb) + self.noun(kind) + ["را"] + self.finite(verb) + ["و"] + self.finite(other)

    def capital(self):
        city, country, lang = self.pick(CAPITALS)
        self.note(city, "name", "city"), self.note(country, "name", "country"), lang and self.note(lang, "name", "lang")
        who = self.noun("person", 0)
        frames = [[city, "پایتخت", country, "است"], ["دولت", country, "در", city, "است"],
                  who + ["از", city, "به", "شهرهای", "دیگر", country, "رفت"],
                  who + ["در", city, "پایتخت", country, "زندگی", "می~کند"]]
        if lang:
            frames += [["مردم", country, "به", lang, "حرف", "می~زنند"], ["مردم", city, "به", lang, "حرف", "می~زنند"],
                       ["زبان", country, lang, "است"], who + ["در", country, lang, "یاد", "گرفت"]]
        return self.pick(frames)

    def kin(self):
        man, woman, things = self.pick(KIN)
        male = self.chance(0.5)
        who = self.note(man if male else woman, "noun", "person")
        name = self.note(self.pick(self.lex.names_of("man" if male else "woman"))[1], "name",
                         "man" if male else "woman")
        title = self.note("آقا" if male else "خانم", "noun", "person")
        thing = self.pick(things)
        return self.pick(([name, who, "خوبی", "است"], [who, thing, "را", "دید"], [title, name, who, "است"],
                          [who, "به", thing, "فکر", "کرد"], [title, who, "آمد"], [name, "مثل", "یک", who, "بود"],
                          [who, "دربارهٔ", thing, "حرف", "زد"], [who, "با", title, name, "حرف", "زد"]))

    def trade(self):
        who, place, thing = self.pick(TRADES)
        self.note(who, "noun", "person"), self.note(place, "noun", "place")
        return self.pick(([who, "در", place, "کار", "می~کند"], [who, "به", place, "رفت"],
                          [who, "در", place, thing, "دارد"], [who, thing, "را", "به", place, "آورد"],
                          ["در", place, "یک", who, "بود"], [place, "بدون", who, "بسته", "است"],
                          [place, "پر", "از", thing, "بود"]))

    def sentence(self):
        x = self.rng.random()
        make = self.clause if x < 0.66 else self.shared_object if x < 0.8 else self.capital if x < 0.87 else \
            self.kin if x < 0.94 else self.trade
        return plain(" ".join(make()))


def main():
    c = Corpus(SEED)
    lines = [c.sentence() for _ in range(SENTENCES)]
    with open(os.path.join(ROOT, "examples", "words.fa.txt"), "w", encoding="utf-8") as f:
        f.write("\n".join(lines) + "\n")
    with open(os.path.join(ROOT, "examples", "words.fa.tsv"), "w", encoding="utf-8") as f:
        f.write("# word\tpart of speech\tclass; made with words.fa.txt by scripts/train/make-words.py\n")
        for word in sorted(c.kinds):
            f.write("\t".join((word,) + c.kinds[word]) + "\n")


if __name__ == "__main__":
    main()
