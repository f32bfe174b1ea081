# The grammar: builds a Persian sentence and its English translation side by side, with the alignment.
# Here are the drawing of lots and the kinds of sentences; noun phrases, verb phrases and clauses are in
# files of their own. README.md states the rules in words.
import persian as P
import english as E
from clauses import Clauses
from lexicon import Lexicon, Verb
from noun_phrases import NounPhrases
from phrase import En, Fa, Phrase, ens, fas
from verb_phrases import VerbPhrases


class Grammar(NounPhrases, VerbPhrases, Clauses):
    def __init__(self, rng, rich=True):
        """rich: relative clauses are frequent; the first part of the training has few of them."""
        self.rng, self.rich = rng, rich
        lex = self.lex = Lexicon()
        self.verb_en = {v: E.EnglishVerb(v.en) for v in lex.verbs}
        self.cache = {}
        self.adverbs = {}
        for kind, fa, en in lex.adverbs:
            self.adverbs.setdefault(kind, []).append((fa, en))
        self.cards = [n for n in lex.numbers if n[0] == "card"]
        self.tens = [n for n in lex.numbers if n[0] == "tens"]
        self.ords = [n for n in lex.numbers if n[0] == "ord"]
        self.bare = {"inst"}
        self.adj_kind = {}
        for a in lex.adjectives:
            self.adj_kind.setdefault(a.kind, []).append(a)
        self.taken = self.lemmas()
        self.preverbs = {v.pre for v in lex.verbs}
        self.used = set()
        self.owner = None            # the English of خود while a clause with a plain subject is built
        # Report verbs, "to be able" and the like are known to the grammar, not to verbs.tsv.
        mk = lambda pre, past, pres, en: self.add_verb(pre, past, pres, en)
        self.have = mk("", "داشت", "دار", "have,had,had")
        self.want = mk("", "خواست", "خواه", "want")
        self.can = mk("", "توانست", "توان", "can,could,could")
        self.become = mk("", "شد", "شو", "be,was,been")
        self.report = [mk("", "گفت", "گوی", "say,said,said"), mk("", "دانست", "دان", "know,knew,known"),
                       mk("فکر", "کرد", "کن", "think,thought,thought"),
                       mk("", "شنید", "شنو", "hear,heard,heard"),
                       mk("باور", "کرد", "کن", "believe")]

    def add_verb(self, pre, past, pres, en):
        v = Verb(pre, past, pres, en, "", "person")
        self.verb_en[v] = E.EnglishVerb(en)
        return v

    def lemmas(self):
        """Every uninflected form, without joints: an inflected noun must not look like one."""
        lex, out = self.lex, set()
        for x in lex.nouns + lex.adjectives:
            out.add(x.fa)
        for n in lex.names:
            out.add(n[1])
        for v in lex.verbs:
            out.update((v.pre, v.past, v.past + "م", v.past + "ند", v.past + "یم", v.past + "ی", v.past + "ید",
                        v.past + "ه"))
        return {w.replace(P.ZWNJ, "").replace("~", "") for w in out}

    def chance(self, p):
        return self.rng.random() < p

    def pick(self, seq):
        return seq[int(self.rng.random() * len(seq))]

    def weighted(self, pairs):
        x = self.rng.random() * sum(w for _, w in pairs)
        for v, w in pairs:
            x -= w
            if x < 0:
                return v
        return pairs[-1][0]

    def nouns(self, kind):
        if kind not in self.cache:
            self.cache[kind] = self.lex.nouns_of(kind)
        return self.cache[kind]

    def clash(self, form):
        return form is None or form.replace(P.ZWNJ, "").replace("~", "") in self.taken

    def wh_question(self):
        kind = self.pick(("who", "what", "where", "why", "when", "how", "howmany", "which", "whereis"))
        if kind == "who":
            w = fas("چه کسی")
            subj = Phrase(w, [En("who", list(w))], 2, True, "name", True)
            return self.clause(False, None, 1, False, subj)
        if kind == "whereis":
            subj = self.subject(["person", "person", "thing", "place", "animal", "text"], 1)
            a = Fa("کجا")
            tense = self.pick(("present", "past"))
            bfa, aux, _ = self.be(tense, subj.who, False)
            self.fill_dropped(subj, bfa)
            return Phrase(subj.fa + [a] + bfa, [En("where", a)] + aux + subj.en)
        if kind in ("why", "when", "how"):
            wfa = fas({"why": "چرا", "when": "چه وقت", "how": "چگونه"}[kind])
            c = self.verbal(True, self.pick(("past", "present", "future", "perfect"))
                            if kind != "when" else self.pick(("past", "future")), 1, False, self.plain_subject(), False)
            en = [En(kind, list(wfa))] + c.en
            if c.lead:
                return Phrase(c.fa[:c.lead] + wfa + c.fa[c.lead:], en)
            return Phrase(wfa + c.fa, en)
        while True:
            verb = self.pick(self.lex.verbs)
            frame = self.pick(verb.frames)
            if "person" not in verb.subject or not frame:
                continue
            if kind == "where":
                if len(frame) == 1 and frame[0][0] == "P" and frame[0][1] in ("به", "در", "از") and \
                        frame[0][3].split("/")[0] in ("place", "city") and frame[0][2] in ("to", "in", "from", "at"):
                    break
            elif frame[0][0] == "O" and not verb.pre and "person" not in frame[0][1] and "lang" not in frame[0][1] and "field" not in frame[0][1] \
                    and "any" != frame[0][1]:
                break
        subj = self.plain_subject()
        tense = self.pick(("past", "present", "future", "perfect", "must", "can"))
        early, late, aux, main = self.predicate(verb, tense, subj.who, self.chance(0.08), True)
        self.fill_dropped(subj, early or late)
        if kind == "where":
            w = [Fa(frame[0][1]), Fa("کجا")]
            if frame[0][2] in ("to", "in") and self.chance(0.4):
                w = w[1:]
            en = [En("where", w[-1])] + aux[:1] + subj.en + aux[1:] + main
            if frame[0][2] == "from":
                en.append(En("from", w[0]))
            return Phrase(subj.fa + early + w + late, en)
        afa, _, ep, _ = self.arguments(verb, frame[1:], 0, subj.who, 4)
        noun = self.pick(self.objects(frame[0][1]))
        if kind == "what":
            w = fas("چه چیزی" if self.chance(0.6) else "چه")
            fa_q, en_q = w + ([Fa("را")] if len(w) > 1 else []), [En("what", list(w))]
        elif kind == "howmany" and not noun.mass:
            w, n = Fa("چند"), Fa(noun.fa)
            fa_q, en_q = [w, n], [En("how", w), En("many", w)] + ens(E.plural(noun), n)
        else:
            w, n = Fa("کدام"), Fa(noun.fa)
            fa_q, en_q = [w, n, Fa("را")], [En("which", w)] + ens(noun.en, n)
        en = en_q + aux[:1] + subj.en + aux[1:] + main + ep
        return Phrase(subj.fa + early + fa_q + afa + late, en)

    def plain_subject(self):
        """A subject whose end is plain to see, so that a question word can follow it."""
        s = self.subject(["person"], 0, simple=True)
        return s

    def imperative(self):
        while True:
            verb = self.pick(self.lex.verbs)
            if "person" in verb.subject and not verb.stative and verb.pres not in ("گری", "میر"):
                break
        who = self.pick((1, 4))
        neg = self.chance(0.25)
        afa, eo, ep, obj = self.arguments(verb, self.pick(verb.frames), 1, who, 6)
        words, _, main = self.conjugate(verb, "imperative", who, neg)
        core = words[1 if verb.pre and words[0].text == verb.pre else 0]
        aux = [En("do", core), En("not", core)] if neg else []
        w = Fa("لطفاً")
        return Phrase([w] + afa + words, [En("please", w)] + aux + self.assemble(main, verb, eo, obj) + ep)

    def second_predicate(self, who, tense):
        """A predicate that shares the subject; its object has no possessor, so it is not read as a subject."""
        while True:
            verb = self.pick(self.lex.verbs)
            if "person" in verb.subject:
                break
        return self.verb_phrase(verb, self.pick(verb.frames), tense, who, self.chance(0.12), 0)

    def compound(self):
        """Two clauses, or one subject with two predicates."""
        r = self.rng.random()
        if r < 0.4:
            subj = self.subject(["person"], 1, drop=False)
            tense = self.pick(("past", "past", "present", "future", "perfect"))
            a = self.verbal(False, tense, 1, True, subj, False)
            b = self.second_predicate(subj.who, tense)
            w = Fa("و")
            return Phrase(a.fa + [w] + b.fa, a.en + [En("and", w)] + b.en)
        a = self.clause(depth=1, simple=True, adverbs=False)
        b = self.clause(depth=1, simple=True, adverbs=False)
        fa, en = self.pick((("و", "and"), ("اما", "but"), ("چون", "because"), ("یا", "or")))
        if en == "because":
            w = Fa(fa)
            return Phrase(a.fa + [w] + b.fa, a.en + [En(en, w)] + b.en)
        w = Fa(fa)
        mark = [Fa("،", True)] if self.chance(0.4) else []
        comma = [En(",", mark or [w], True)]
        return Phrase(a.fa + mark + [w] + b.fa, a.en + comma + [En(en, w)] + b.en)

    def subordinate(self):
        """اگر, وقتی که, چون, هرچند, پس از آنکه, پیش از آنکه in front; commas in both languages."""
        kind = self.pick(("if", "when", "because", "although", "after", "before"))
        fa = {"if": "اگر", "when": "وقتی که", "because": "چون", "although": "هرچند", "after": "پس از آنکه",
              "before": "پیش از آنکه"}[kind]
        w = fas(fa)
        if kind == "if":
            a = self.verbal(False, "subjunctive", 1, True, None, False)
            b = self.clause(tense="future", depth=1, simple=True, adverbs=False)
        elif kind == "when":
            t = self.pick(("past", "present"))
            a = self.verbal(False, t, 1, True, None, False)
            b = self.verbal(False, t, 1, True, None, False)
        elif kind == "after":
            a = self.verbal(False, self.pick(("past", "pluperfect")), 1, True, None, False)
            b = self.verbal(False, "past", 1, True, None, False)
        elif kind == "before":
            a = self.verbal(False, "subjunctive", 1, True, None, False)
            b = self.verbal(False, "future", 1, True, None, False)
        else:
            a = self.clause(depth=1, simple=True, adverbs=False)
            b = self.clause(depth=1, simple=True, adverbs=False)
        comma = Fa("،", True)
        return Phrase(w + a.fa + [comma] + b.fa, [En(kind, list(w))] + a.en + [En(",", comma, True)] + b.en)

    def reported(self):
        """علی گفت که ... with the tense of the Persian kept as it is."""
        verb = self.pick(self.report)
        subj = self.subject(["person"], 1, simple=True)
        tense = self.pick(("past", "past", "present", "perfect", "future"))
        words, aux, main = self.conjugate(verb, tense, subj.who, self.chance(0.12))
        self.fill_dropped(subj, words)
        that = Fa("که")
        c = self.clause(depth=1, simple=True, adverbs=False)
        return Phrase(subj.fa + words + [that] + c.fa, subj.en + aux + main + [En("that", that)] + c.en)

    def purpose(self):
        """علی به بازار رفت تا نان بخرد: Ali went to the market to buy bread."""
        subj = self.subject(["person"], 0, simple=True, drop=True)
        tense = self.pick(("past", "past", "present", "future"))
        a = self.verbal(False, tense, 1, True, subj, False)
        w = Fa("تا")
        while True:
            verb = self.pick(self.lex.verbs)
            if "person" in verb.subject and not verb.stative:
                break
        frame = self.pick(verb.frames)
        afa, eo, ep, obj = self.arguments(verb, frame, 0, subj.who, 6)
        words, _, main = self.conjugate(verb, "subjunctive", subj.who, False, bare=True)
        return Phrase(a.fa + [w] + afa + words, a.en + [En("to", w)] + self.assemble(main, verb, eo, obj) + ep)

    def greeting(self):
        fa, en = self.pick((("سلام", "hello"), ("متشکرم", "thank you"), ("خداحافظ", "goodbye"),
                            ("صبح به خیر", "good morning"), ("شب به خیر", "good night"), ("بله", "yes"),
                            ("خیر", "no")))
        words = fas(fa)
        p = Phrase(words, ens(en, list(words)))
        if self.chance(0.8) and en not in ("yes", "no"):
            n = self.name()
            p = Phrase(p.fa + n.fa, p.en + n.en)
        return p

    def sentence(self):
        """A whole sentence: (Persian words, English words), with final punctuation or without."""
        kind = self.weighted([("plain", 55), ("yesno", 8), ("wh", 8), ("please", 4), ("compound", 8),
                              ("subordinate", 7), ("reported", 6), ("purpose", 4), ("greeting", 0.5)])
        mark = "." if self.chance(0.3) else ""
        if kind == "plain":
            p = self.clause()
            if self.chance(0.03):
                yes = self.chance(0.5)
                w, c = Fa("بله" if yes else "خیر"), Fa("،", True)
                p.fa, p.en = [w, c] + p.fa, [En("yes" if yes else "no", w), En(",", c, True)] + p.en
        elif kind == "greeting":
            p = self.greeting()
        elif kind == "yesno":
            p = self.clause(question=True, depth=1)
            aya = self.chance(0.6)
            if aya:
                w = Fa("آیا")
                p.fa = [w] + p.fa
            mark = "?" if not aya or self.chance(0.7) else ""
        elif kind == "wh":
            p = self.wh_question()
            mark = "?" if self.chance(0.7) else ""
        else:
            p = {"please": self.imperative, "compound": self.compound, "subordinate": self.subordinate,
                 "reported": self.reported, "purpose": self.purpose}[kind]()
        if mark:
            w = Fa("؟" if mark == "?" else ".", True)
            p.fa = p.fa + [w]
            p.en = p.en + [En(mark, w, True)]
        first = p.en[0]
        p.en[0] = En(first.text[0].upper() + first.text[1:], first.of)
        return p

    def render(self, p):
        """(Persian text, English text, letters per Persian word, letters per English word, alignment)."""
        style = self.weighted([("zwnj", 62), ("space", 14), ("joined", 12), ("mixed", 12)])
        index, lens, text = {}, [], ""
        for w in p.fa:
            t = P.spell(w.text, style, self.rng)
            index[id(w)] = len(lens)
            lens.append(len(t.replace(" ", "").replace(P.ZWNJ, "")))
            text += ("" if w.glue or not text else " ") + t
        en, elens, align = "", [], []
        for w in p.en:
            en += ("" if w.glue or not en else " ") + w.text
            elens.append(len(w.text))
            align.append([index[id(f)] for f in w.of])
        return text, en, lens, elens, align
