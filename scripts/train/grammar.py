# The grammar: builds a Persian sentence and its English translation side by side, with the alignment.
# A phrase holds Persian words in Persian order and English words in English order; every English
# word carries the Persian words that it translates. README.md states the rules in words.
import persian as P
import english as E
from lexicon import Lexicon

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


class Grammar:
    def __init__(self, rng):
        self.rng = rng
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
        from lexicon import Verb
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

    # --- noun phrases -------------------------------------------------------------------------

    def adjectives_for(self, noun):
        if noun.kind == "person":
            pool = self.adj_kind["any"] + self.adj_kind["person"] * 2
        elif noun.kind in ("food", "drink"):
            pool = self.adj_kind["food"] * 3 + self.adj_kind["any"]
        elif noun.kind == "animal":
            pool = self.adj_kind["any"]
        else:
            pool = self.adj_kind["any"] + self.adj_kind["thing"] * 2
        return pool

    def adjective(self, noun, attributive=True):
        while True:
            a = self.pick(self.adjectives_for(noun))
            if not attributive or "pred" not in a.flags:
                return a

    def number(self):
        """Persian words and the English text of a cardinal above one, sometimes in digits."""
        r = self.rng.random()
        if r < 0.15:
            n = self.rng.randrange(2, 100)
            return [Fa("".join("۰۱۲۳۴۵۶۷۸۹"[int(d)] for d in str(n)))], str(n)
        if r < 0.65:
            n = self.pick(self.cards[:9])
        elif r < 0.8:
            n = self.pick(self.cards)
        else:
            n = self.pick(self.tens)
            if self.chance(0.5):
                one = self.pick(self.cards[:8])
                return [Fa(n[1]), Fa("و"), Fa(one[1])], n[2] + "-" + one[2]
        return [Fa(n[1])], n[2]

    def name(self, kind="person"):
        sex, fa, en = self.pick(self.named(kind))
        w = Fa(fa)
        out = Phrase([w], [En(en, w)], kind="name", animate=kind == "person")
        if sex == "woman":
            out.owner = "her"
        return out

    def named(self, kind):
        key = "name:" + kind
        if key not in self.cache:
            self.cache[key] = self.lex.names_of(kind)
        return self.cache[key]

    def common(self, noun, depth=1, role="obj", style=None):
        """A noun phrase with a common noun as its head. depth: possessors and clauses still allowed."""
        mass = noun.mass
        if style is None:
            style = self.weighted([
                ("bare", 34), ("plural", 0 if mass else 12), ("indef", 0 if mass else 14),
                ("yek", 0 if mass else 6), ("indefpl", 0 if mass else 4), ("dem", 8),
                ("dempl", 0 if mass else 3), ("number", 0 if mass else 9), ("mine", 7), ("minepl", 0 if mass else 2),
                ("every", 0 if mass else 2), ("all", 0 if mass else 2), ("several", 0 if mass else 2),
                ("some", 0 if mass else 2), ("ordinal", 0 if mass else 2), ("superlative", 3),
                ("relative", 7 if depth > 1 else 0)])
        if style == "relative":
            return self.with_relative(noun)
        front, fa_noun, who = [], noun.fa, 2
        if style in ("plural", "dempl", "all", "some"):
            fa_noun, who = P.plural(noun.fa), 5
        en_noun = noun.en if style not in ("plural", "indefpl", "dempl", "number", "minepl", "all", "several",
                                           "some") else E.plural(noun)
        if style == "mine" or style == "minepl":
            return self.with_enclitic(noun, style == "minepl")
        adjectives = []
        if style != "superlative":
            n = self.weighted([(0, 66), (1, 30), (2, 4)])
            if n == 2 and depth < 1:
                n = 1
            while len(adjectives) < n:
                a = self.adjective(noun)
                if a not in adjectives:
                    adjectives.append(a)
        possessor = None
        if depth > 0 and style in ("bare", "plural", "superlative", "ordinal") and self.chance(0.28):
            possessor = self.possessor(noun, depth)
        # Persian words
        head = Fa(fa_noun)
        chain = [head]
        en_adj = []
        compare = len(adjectives) == 1 and self.chance(0.12) and adjectives[0].en not in NO_COMPARISON \
            and "nocmp" not in adjectives[0].flags
        for i, a in enumerate(adjectives):
            if i:
                w = Fa("و")
                chain.append(w)
                en_adj.append(En("and", w))
            w = Fa(P.comparative(a.fa) if compare else a.fa)
            chain.append(w)
            en_adj += [En(t, w) for t in (E.compared(a, "er") if compare else [a.en])]
        suffix_at = chain[-1]
        closed = False
        if style in ("indef", "indefpl"):
            if style == "indefpl":
                who = 5
                head.text = P.plural(head.text)
            form = P.indefinite(suffix_at.text)
            if self.clash(form):
                style, who = "yek", 2
                en_noun = noun.en
                head.text = noun.fa
            else:
                suffix_at.text = form
                closed = True
        for i in range(len(chain) - 1):
            if chain[i].text != "و" and chain[i + 1].text != "و":
                chain[i].text = P.ezafe(chain[i].text)
        det, genitive = [], False
        if style == "yek":
            det = [Fa("یک")]
        elif style in ("dem", "dempl"):
            this = self.chance(0.6)
            det = [Fa("این" if this else "آن")]
            text = ("this", "that", "these", "those")[(0 if this else 1) + (2 if style == "dempl" else 0)]
            front = [En(text, det[0])]
        elif style == "number":
            det, text = self.number()
            front, who = [En(t, list(det)) for t in text.split()], 5
        elif style == "every":
            det = [Fa("هر")]
            front = [En("every", det[0])]
        elif style == "several":
            det = [Fa("چندین")]
            front, who = [En("several", det[0])], 5
        elif style == "all":
            det = [Fa("همه^")]
            front = [En("all", det[0]), En("the", head)]
        elif style == "some":
            many = self.chance(0.5)
            det = fas("بسیاری از" if many else "بعضی از")
            front = [En("many" if many else "some", det[0]), En("of", det[1]), En("the", head)]
        elif style == "ordinal":
            _, fa, en, _ = self.pick(self.ords)
            det = [Fa(fa)]
            en_adj = [En(en, det[0])] + en_adj
        elif style == "superlative":
            a = self.adjective(noun)
            while a.en in NO_COMPARISON or "nocmp" in a.flags:
                a = self.adjective(noun)
            det = [Fa(P.superlative(a.fa))]
            en_adj = [En(t, det[0]) for t in E.compared(a, "est")]
        fa = det + chain
        body = en_adj + ens(en_noun, head)
        of = []
        animate = noun.animate
        if possessor:
            chain[-1].text = P.ezafe(chain[-1].text)
            fa = fa + possessor.fa
            closed = possessor.closed
            genitive = possessor.kind == "common"
            if possessor.kind == "pronoun":
                front = possessor.en
            elif possessor.animate and possessor.who < 3 \
                    and not any(w.text == "of" for w in possessor.en):
                last = possessor.en[-1]
                front = possessor.en[:-1] + [En(last.text + "'s", last.of)]
            else:
                of = [En("of", head)] + possessor.en
                front = [En("the", head)]
        elif style in ("bare", "plural", "ordinal", "superlative") and not front:
            front = [En("the", head)]
        elif style in ("indef", "yek"):
            front = [En(E.article(body[0].text), det[0] if det else suffix_at)]
        elif style == "indefpl":
            front = [En("some", suffix_at)]
        self.used.add(noun.fa)
        specific = style not in ("indef", "yek", "indefpl", "number", "several")
        out = Phrase(fa, front + body + of, who, closed, "common", animate, genitive, ra=specific)
        out.possessed = possessor is not None
        if who < PERSON_PLURAL and noun.kind != "person":
            out.owner = "its"
        elif who < PERSON_PLURAL and "she" in noun.flags:
            out.owner = "her"
        return out

    def with_enclitic(self, noun, many):
        person = self.rng.randrange(6)
        base = P.plural(noun.fa) if many else noun.fa
        form = P.possessed(base, person)
        if self.clash(form) or not noun.mass and noun.fa == "مرد":
            return self.common(noun, 0, style="bare")
        w = Fa(form)
        text = E.plural(noun) if many else noun.en
        out = Phrase([w], [En(E.POSSESSIVE[person], w)] + ens(text, w), 5 if many else 2, True, "common",
                      noun.animate)
        out.owner = "their" if many else "its" if noun.kind != "person" else "her" if "she" in noun.flags else "his"
        return out

    def own(self, noun):
        """کتاب خود: the possessor is the subject of the clause."""
        a, b = Fa(P.ezafe(noun.fa)), Fa("خود")
        self.used.add(noun.fa)
        return Phrase([a, b], [En(self.owner, b)] + ens(noun.en, a), 2, True, "common", noun.animate)

    def possessor(self, noun, depth):
        """What follows the ezafe: a name, a pronoun, a person or a place or thing."""
        r = self.rng.random()
        if r < 0.35:
            return self.name()
        if r < 0.55:
            who = self.rng.randrange(6)
            w = Fa(P.PRONOUN[who])
            return Phrase([w], [En(E.POSSESSIVE[who], w)], who, True, "pronoun", True)
        if r < 0.62 and noun.kind in ("place", "inst", "person"):
            return self.name(self.pick(("city", "country")))
        kinds = ("place", "vehicle") if noun.kind in ("thing", "person") else \
            ("plant",) if noun.kind == "plant" else ("person", "animal") if noun.kind == "body" else ("person",)
        kind = "person" if self.chance(0.6) and noun.kind != "plant" else self.pick(kinds)
        other = self.pick(self.nouns(kind))
        while other is noun:
            other = self.pick(self.nouns(kind))
        return self.common(other, depth - 1, style=self.weighted([("bare", 6), ("plural", 1), ("dem", 1),
                                                                  ("indef", 1)]))

    def with_relative(self, noun):
        """مردی که ... : ـی before که marks the head of a restrictive clause, not indefiniteness."""
        many = not noun.mass and self.chance(0.2)
        head = P.plural(noun.fa) if many else noun.fa
        adj = self.adjective(noun) if self.chance(0.15) else None
        last = adj.fa if adj else head
        form = P.indefinite(last)
        if self.clash(form):
            return self.common(noun, 0, style="bare")
        h = Fa(P.ezafe(head) if adj else form)
        fa = [h]
        en = [En("the", h)]
        if adj:
            w = Fa(form)
            fa.append(w)
            en.append(En(adj.en, w))
        en += ens(E.plural(noun) if many else noun.en, h)
        who = 5 if many else 2
        clause = self.relative_clause(noun, who)
        if clause is None:
            return self.common(noun, 0, style="bare")
        that = Fa("که")
        intro, cfa, cen = clause
        out = Phrase(fa + [that] + cfa, en + [En(w, that) for w in intro.split()] + cen, who, True, "relative",
                     noun.animate)
        out.split = len(fa)      # را goes here
        return out

    def relative_clause(self, noun, who):
        """(relative word, Persian words, English words) of a clause with a gap for the noun."""
        self.owner = None
        tense = self.weighted([("past", 5), ("present", 3), ("perfect", 2), ("pluperfect", 1)])
        if noun.kind == "person" and self.chance(0.2):
            a = self.adjective(noun, False)
            w = Fa(a.fa)
            bfa, aux, main = self.be(self.pick(("present", "past")), who, False)
            return "who", [w] + bfa, aux + main + ens(a.en, w)
        for _ in range(20):
            v = self.pick(self.lex.verbs)
            frame = self.pick(v.frames)
            if noun.animate and noun.kind in v.subject and self.chance(0.6) or noun.kind in v.subject:
                neg = self.chance(0.12)
                vp = self.verb_phrase(v, frame, tense, who, neg, depth=0)
                if vp is None:
                    continue
                return ("who" if noun.kind == "person" else "that"), vp.fa, vp.en
            roles = [r for r in frame if r[0] == "O"]
            if len(frame) == 1 and roles and noun in self.objects(roles[0][1]) and "person" in v.subject \
                    and not self.verb_en[v].particle:
                subj = self.subject(["person"], 0, simple=True)
                if subj.fa == []:
                    continue
                words, aux, main = self.conjugate(v, tense, subj.who, self.chance(0.1))
                return "that", subj.fa + words, subj.en + aux + main
            if noun.kind == "place" and frame and frame[-1][0] == "P" and frame[-1][1] == "در":
                subj = self.subject(["person"], 0, simple=True)
                if subj.fa == []:
                    continue
                vp = self.verb_phrase(v, frame[:-1], tense, subj.who, False, depth=0)
                if vp is None:
                    continue
                w = [Fa("در"), Fa("آن")]
                return "in which", subj.fa + w + vp.fa, subj.en + vp.en
        return None

    def objects(self, kinds):
        key = "o:" + kinds
        if key not in self.cache:
            pool = []
            for k in kinds.split("/"):
                pool += self.nouns(k)
            self.cache[key] = pool
        return self.cache[key]

    def argument(self, kinds, depth, role):
        """A noun phrase whose head is of one of the classes kinds ('person/place')."""
        if kinds == "vehiclebare":
            n = self.pick(self.nouns("vehicle"))
            w = Fa(n.fa)
            return Phrase([w], ens(n.en, w), kind="bare")
        if kinds in ("langonly", "lang"):
            return self.name("lang")
        if kinds == "field":
            return self.name(self.pick(("lang", "lang", "field")))
        if kinds == "personpl":
            return self.common(self.pick(self.nouns("person")), 0, style="plural")
        options = kinds.split("/")
        kind = self.pick(options)
        if kind in ("city", "country", "lang", "field"):
            return self.name(kind)
        if kind == "any":
            kind = self.pick(("person", "animal", "thing", "thing", "place", "text", "cloth", "vehicle", "plant"))
        if kind == "goods":
            kind = self.pick(("thing", "thing", "thing", "cloth", "text", "food", "music"))
        if kind == "person":
            r = self.rng.random()
            if r < 0.35:
                return self.name()
            if r < 0.5:
                who = self.rng.randrange(6)
                w = Fa(P.PRONOUN[who])
                return Phrase([w], [En(E.OBJECT[who], w)], who, True, "pronoun", True)
        noun = self.pick(self.nouns(kind))
        if kind == "inst" and role == "pp" and self.chance(0.6):
            w = Fa(noun.fa)
            self.used.add(noun.fa)
            return Phrase([w], ens(noun.en, w), 2, False, "institution")
        return self.common(noun, depth, role)

    def subject(self, kinds, depth, simple=False, drop=True):
        """A subject. fa == [] when a pronoun of the first or second person is left to the verb."""
        kind = self.pick(kinds)
        if kind == "person":
            r = self.rng.random()
            if r < 0.37:
                who = self.weighted([(0, 5), (1, 3), (2, 5), (3, 4), (4, 2), (5, 4)])
                if who not in (2, 5) and drop and self.chance(0.5):
                    return Phrase([], [En(E.SUBJECT[who], [])], who, True, "pronoun", True)
                w = Fa(P.PRONOUN[who])
                return Phrase([w], [En(E.SUBJECT[who], w)], who, True, "pronoun", True)
            if r < 0.68:
                return self.name()
            if r < 0.74 and not simple:
                return self.joined_subject()
        noun = self.pick(self.nouns(kind))
        if simple:
            return self.common(noun, 0, "subj", self.weighted([("bare", 6), ("plural", 2), ("mine", 2)])
                               if not noun.mass else "bare")
        return self.common(noun, depth, "subj")

    def joined_subject(self):
        """علی و مریم; من و علی, whose pronoun comes last in English."""
        a = self.name() if self.chance(0.7) else self.common(self.pick(self.nouns("person")), 0, style="bare")
        b = self.name() if self.chance(0.7) else self.common(self.pick(self.nouns("person")), 0, style="bare")
        while b.fa[-1].text == a.fa[-1].text:
            b = self.name()
        if self.chance(0.25):
            a = Phrase([Fa("من")], [], 0)
            a.en = [En("I", a.fa[0])]
        w = Fa("و")
        if a.who == 0:
            return Phrase(a.fa + [w] + b.fa, b.en + [En("and", w)] + a.en, 3, b.closed, "joined", True)
        return Phrase(a.fa + [w] + b.fa, a.en + [En("and", w)] + b.en, 5, b.closed, "joined", True)

    # --- verbs --------------------------------------------------------------------------------

    def be(self, tense, who, negative):
        """(Persian words, auxiliaries, main words) of to be; the first auxiliary can be inverted."""
        if tense == "present":
            w = Fa((P.NOT_BE if negative else P.BE)[who])
            aux = [En(BE_PRESENT[who], w)]
            return [w], aux + ([En("not", w)] if negative else []), []
        if tense == "past":
            w = Fa(("ن" if negative else "") + "بود" + P.PAST[who])
            return [w], [En(BE_PAST[who], w)] + ([En("not", w)] if negative else []), []
        if tense == "future":
            a, b = Fa(("ن" if negative else "") + "خواه" + P.PRESENT[who]), Fa("بود")
            return [a, b], [En("will", a)] + ([En("not", a)] if negative else []), [En("be", b)]
        part = ("ن" if negative else "") + "بوده"
        has = "has" if who == 2 else "have"
        if who == 2:
            a, b = Fa(part), Fa("است")
            words = [a, b]
        else:
            a = b = Fa(part + P.ZWNJ + ("ام", "ای", "", "ایم", "اید", "اند")[who])
            words = [a]
        return words, [En(has, b)] + ([En("not", a)] if negative else []), [En("been", a)]

    def conjugate(self, verb, tense, who, negative, question=False, bare=False):
        """(Persian words, auxiliaries with 'not', main English words).

        question: force an auxiliary. bare: the English of a subjunctive is the bare form (after must, to).
        """
        en = self.verb_en[verb]
        words = [Fa(t) for t in P.with_preverb(verb, P.finite(verb, tense, who, negative))]
        count = len(words)
        pre = 1 if verb.pre and words[0].text == verb.pre else 0
        last = words[-1]
        core = words[pre]
        lemma = words[:pre] + [last]            # words that carry the meaning
        if tense in ("perfect", "pluperfect") and count > pre + 1:
            lemma = words[:pre] + [core]
        third = who == 2
        no = [En("not", core)] if negative else []
        tail = ens(en.tail, lemma)
        particle = [En(en.particle, lemma)] if en.particle else []
        main = lambda t: [En(t, lemma)] + tail + particle
        if tense in ("present", "subjunctive") and not bare:
            if negative or question:
                return words, [En("does" if third else "do", core)] + no, main(en.base)
            return words, [], main(en.third if third else en.base)
        if tense == "past":
            if negative or question:
                return words, [En("did", core)] + no, main(en.base)
            return words, [], main(en.past)
        if tense == "habitual":
            if negative or question:
                return words, [En("did", core)] + no, [En("use", core), En("to", core)] + main(en.base)
            return words, [], [En("used", core), En("to", core)] + main(en.base)
        if tense == "future":
            return words, [En("will", core)] + no, main(en.base)
        if tense == "perfect":
            return words, [En("has" if third else "have", last)] + no, main(en.participle)
        if tense == "pluperfect":
            return words, [En("had", last)] + no, main(en.participle)
        return words, [], main(en.base)

    def confusable(self, verb, who):
        """می‌خواند is both 'reads' and 'used to read': the habitual is left out there."""
        return who == 2 and verb.pres + "د" == verb.past

    def tense(self, verb, who, finite_only=False):
        """A tense for a plain clause; 'modal:..' and the progressives need words elsewhere."""
        table = [("present", 26), ("past", 28), ("future", 12), ("perfect", 9), ("pluperfect", 4), ("habitual", 5),
                 ("progressive", 7), ("was", 4), ("must", 4), ("can", 4), ("want", 4), ("may", 2)]
        while True:
            t = self.weighted(table)
            if t in ("progressive", "was") and (verb.stative or verb.plain_present):
                continue
            if t in ("habitual", "was") and (self.confusable(verb, who) or verb.plain_present):
                continue
            return t

    def predicate(self, verb, tense, who, negative, question=False):
        """(early Persian words, late Persian words, auxiliaries, main English). Early ones follow the subject."""
        en = self.verb_en[verb]
        if tense in ("progressive", "was"):
            helper = Fa("دار" + P.PRESENT[who] if tense == "progressive" else "داشت" + P.PAST[who])
            words, _, main = self.conjugate(verb, "present" if tense == "progressive" else "habitual", who, False)
            be = BE_PRESENT[who] if tense == "progressive" else BE_PAST[who]
            lemma = words[:-1] + [words[-1]]
            rest = ens(en.tail, lemma) + ([En(en.particle, lemma)] if en.particle else [])
            return [helper], words, [En(be, helper)], [En(en.ing, lemma)] + rest
        if tense in ("must", "can", "may", "want"):
            words, _, main = self.conjugate(verb, "subjunctive", who, False, bare=True)
            n = "ن" if negative else ""
            if tense == "must":
                w = Fa(n + "باید")
                return [w], words, [En("must", w)] + ([En("not", w)] if negative else []), main
            if tense == "can":
                w = Fa(n + "می~توان" + P.PRESENT[who])
                return [w], words, [En("can", w)] + ([En("not", w)] if negative else []), main
            if tense == "may":
                w = Fa("شاید")
                return [w], words, [En("may", w)], main
            w = Fa(n + "می~خواه" + P.PRESENT[who])
            to = [En("to", words[-1])]
            third = who == 2
            if negative or question:
                aux = [En("does" if third else "do", w)] + ([En("not", w)] if negative else [])
                return [w], words, aux, [En("want", w)] + to + main
            return [w], words, [], [En("wants" if third else "want", w)] + to + main
        words, aux, main = self.conjugate(verb, tense, who, negative, question)
        return [], words, aux, main

    def preposition(self, fa, en, arg):
        """Persian preposition words + phrase, English ones ('-': none; در before a bare institution: at)."""
        words = fas(fa)
        for w in words:
            if w.text.endswith("ٔ"):
                w.text = w.text[:-1] + "^"
        if en == "in" and arg.kind == "institution":
            en = "at"
        e = [] if en == "-" else [En(t, list(words)) for t in en.split()]
        return words + arg.fa, e + arg.en

    def arguments(self, verb, frame, depth, subject_who, budget, closed=True):
        """Persian words before the verb, English objects and complements, the object phrase or None."""
        fa_obj, fa_pp, en_obj, en_pp = [], [], [], []
        obj, generic, pp_closed = None, False, True
        for role in frame:
            if role[0] == "O":
                noun_pool = self.objects(role[1])
                if not verb.pre and noun_pool and self.chance(0.14) and role[1] not in ("person", "any", "lang"):
                    noun = self.pick(noun_pool)
                    if noun.kind not in ("person", "place", "body", "nature") and noun.fa not in self.preverbs:
                        generic = True
                        w = Fa(noun.fa)
                        self.used.add(noun.fa)
                        obj = Phrase([w], ens(noun.en if noun.mass else E.plural(noun), w), ra=False, kind="generic")
                if obj is None:
                    if self.chance(0.05):
                        w = Fa("آن")
                        if "person" not in role[1] and "lang" not in role[1] and "field" not in role[1]:
                            obj = Phrase([w], [En("it", w)], 2, True, "pronoun")
                    if obj is None and noun_pool and self.owner and self.chance(0.06):
                        obj = self.own(self.pick(noun_pool))
                    if obj is None:
                        obj = self.argument(role[1], depth, "obj")
                        if obj.kind == "pronoun" and same(obj.who, subject_who):
                            obj = self.name()
                        if obj.kind == "institution":
                            obj.kind = "common"
                en_obj = obj.en
                if obj.kind == "relative":
                    fa_obj = obj.fa[:obj.split] + [Fa("را")] + obj.fa[obj.split:]
                elif obj.ra:
                    fa_obj = obj.fa + [Fa("را")]
                    if obj.kind == "pronoun" and obj.who == 0 and obj.fa and self.chance(0.6):
                        w = Fa("مرا")
                        fa_obj, en_obj = [w], [En("me", w)]
                else:
                    fa_obj = obj.fa
                depth = 0
            else:
                arg = self.argument(role[3], depth if depth < 2 else 1, "pp")
                if arg.kind == "pronoun" and same(arg.who, subject_who):
                    arg = self.name()
                f, e = self.preposition(role[1], role[2], arg)
                fa_pp += f
                en_pp += e
                pp_closed = arg.closed
                depth = 0
        if generic and pp_closed and fa_pp:
            fa = fa_pp + fa_obj
        else:
            fa = fa_obj + fa_pp
        return fa, en_obj, en_pp, obj

    def assemble(self, main, verb, en_obj, obj):
        """Main English words with the object; a separable particle follows a pronoun object."""
        en = self.verb_en.get(verb)
        if en and en.particle and obj is not None and obj.kind == "pronoun":
            return main[:-1] + en_obj + main[-1:]
        return main + en_obj

    def verb_phrase(self, verb, frame, tense, who, negative, depth=1):
        """A predicate without subject in a simple tense (relative clauses, second conjuncts, purpose)."""
        afa, eo, ep, obj = self.arguments(verb, frame, depth, who, 8)
        words, aux, main = self.conjugate(verb, tense, who, negative)
        return Phrase(afa + words, aux + self.assemble(main, verb, eo, obj) + ep, who)

    # --- clauses ------------------------------------------------------------------------------

    def time(self, tense):
        kinds = {"past": ("past", "past", "any"), "pluperfect": ("past", "any"), "future": ("future", "future", "any"),
                 "progressive": ("now", "any"), "was": ("past",), "present": ("habit", "habit", "any"),
                 "habitual": ("habit",), "must": ("future", "any"), "can": ("any", "habit"),
                 "want": ("future", "any"), "may": ("future", "any")}.get(tense)
        if not kinds:
            return None
        fa, en = self.pick(self.adverbs[self.pick(kinds)])
        words = [Fa(t + ("^" if h else "")) for t, h in
                 ((w[:-1], True) if w.endswith("ٔ") else (w, False) for w in fa.split())]
        for w in words:
            w.text = w.text.replace(P.ZWNJ + "ها", "~ها")
        return words, ens(en, words)

    def clause(self, question=False, tense=None, depth=2, simple=False, subject=None, adverbs=True):
        """A finite clause with a subject. Returns Phrase; question: English in question order."""
        kind = self.weighted([("verb", 68), ("adj", 11), ("than", 4), ("noun", 6), ("place", 4), ("have", 5),
                              ("exist", 4 if subject is None else 0), ("passive", 3 if subject is None else 0),
                              ("this", 1.5 if subject is None else 0), ("named", 1 if subject is None else 0),
                              ("age", 1)])
        if tense in ("subjunctive", "imperative") or kind == "verb":
            return self.verbal(question, tense, depth, simple, subject, adverbs)
        if tense not in ("present", "past", "future", "perfect"):
            tense = self.weighted([("present", 50), ("past", 30), ("future", 12), ("perfect", 5)])
        neg = self.chance(0.18)
        if kind == "have":
            return self.have_clause(question, tense, neg, subject, depth)
        if kind == "exist":
            return self.exist_clause(question, tense)
        if kind == "passive":
            return self.passive(question, tense, neg, depth)
        if kind == "this":
            return self.this_clause(question, tense, neg)
        if kind == "named":
            return self.named_clause(question, tense)
        if kind == "age":
            return self.age_clause(question, tense, subject)
        return self.copula(kind, question, tense, neg, subject, depth)

    def order(self, subj, aux, rest, question):
        """English order of subject and first auxiliary."""
        if question:
            return aux[:1] + subj.en + aux[1:] + rest
        if len(aux) > 1 and aux[0].text == "can" and aux[1].text == "not":
            aux = [En("cannot", aux[0].of)] + aux[2:]
        return subj.en + aux + rest

    def fill_dropped(self, subj, words):
        """A pronoun left out in Persian is read off the verb: its English word comes from there."""
        for w in subj.en:
            if not w.of:
                w.of = [words[-1]]

    def frequency(self, negative, tense):
        if tense not in ("present", "past", "perfect") or not self.chance(0.07):
            return None
        fa, en = self.pick(self.adverbs["freq"])
        words = fas(fa)
        return words, [En(en, words)]

    def left_out(self, obj, frame, first):
        """Whether a subject of the third person may be left to the verb: what follows cannot be read as one."""
        if not frame or first:
            return False
        if obj is None:
            return True                       # the clause opens with a preposition
        return obj.ra and obj.kind in ("common", "pronoun") and not obj.possessed

    def verbal(self, question, tense, depth, simple, subject, adverbs):
        while True:
            verb = self.pick(self.lex.verbs)
            if subject is None or subject.kind in verb.subject or "person" in verb.subject and subject.animate:
                break
        subj = subject or self.subject(verb.subject, depth - 1 if not simple else 0, simple,
                                       drop=True)
        who = subj.who
        tense = tense or self.tense(verb, who)
        negative = tense not in ("progressive", "was", "may") and self.chance(0.16)
        frame = self.pick(verb.frames)
        budget = depth - (1 if len(subj.fa) > 2 else 0)
        if not question and tense in ("past", "perfect", "present") and self.chance(0.012) and adverbs:
            return self.never(verb, frame, subj, tense)
        self.owner = subj.owner if subj.kind in ("name", "pronoun", "joined", "common") and subj.fa else None
        afa, eo, ep, obj = self.arguments(verb, frame, max(budget, 0), who, 8)
        self.owner = None
        early, late, aux, main = self.predicate(verb, tense, who, negative, question)
        if subj.kind == "pronoun" and who in (2, 5) and subject is None and adverbs and not simple \
                and self.left_out(obj, frame, early) and self.chance(0.4):
            subj = Phrase([], [En(E.SUBJECT[who], [])], who, True, "pronoun", True)
        self.fill_dropped(subj, late if not early else early)
        freq = self.frequency(negative, tense) if adverbs and not simple else None
        manner = None
        if adverbs and not simple and not freq and self.chance(0.08) and "person" in verb.subject \
                and not verb.stative and tense != "perfect":
            fa, en = self.pick(self.adverbs["manner"])
            words = fas(fa)
            manner = words, ens(en, words)
        t = self.time(tense) if adverbs and not freq and not manner and self.chance(0.22) else None
        fa_subj = list(subj.fa)
        first, middle, en_end = [], [], []
        if t:
            en_end = t[1]
            if self.chance(0.4) and fa_subj:
                first = t[0]
            else:
                middle = t[0]
        inner = middle + early + (freq[0] if freq else [])
        body = afa + (manner[0] if manner else []) + late
        if fa_subj and not inner and obj is not None and afa and not subj.closed and \
                (subj.genitive or len(subj.fa) > 3):
            # An open chain of nouns right before the object: a comma says where the subject ends.
            fa_subj.append(Fa("،", True))
        fa = first + fa_subj + inner + body
        lead = len(first) + len(fa_subj)
        rest = self.assemble(main, verb, eo, obj) + ep + (manner[1] if manner else []) + en_end
        head = aux
        if freq:
            head = aux + freq[1]
        out = Phrase(fa, self.order(subj, head, rest, question), who)
        out.lead = lead       # where the subject ends
        return out

    def never(self, verb, frame, subj, tense):
        """هرگز with a negated Persian verb is 'never' with a positive English one."""
        who = subj.who
        afa, eo, ep, obj = self.arguments(verb, frame, 1, who, 8)
        neg = [Fa(t) for t in P.with_preverb(verb, P.finite(verb, tense, who, True))]
        _, aux, main = self.conjugate(verb, tense, who, False)
        core = neg[1 if verb.pre and neg[0].text == verb.pre else 0]
        lemma = neg if tense != "perfect" or who != 2 else neg[:-1]
        for w in main:
            w.of = lemma
        for w in aux:
            w.of = [neg[-1]]
        self.fill_dropped(subj, neg)
        w = Fa("هرگز")
        return Phrase(subj.fa + [w] + afa + neg,
                      subj.en + aux + [En("never", w)] + self.assemble(main, verb, eo, obj) + ep, who)

    def have_clause(self, question, tense, neg, subject, depth):
        subj = subject or self.subject(["person"], depth - 1)
        noun = self.pick(self.objects("goods/animal/vehicle"))
        style = "generic" if noun.mass or neg and self.chance(0.5) else self.pick(("indef", "number", "yek", "indefpl"))
        if style == "generic":
            w = Fa(noun.fa)
            obj = Phrase([w], ens(noun.en if noun.mass else E.plural(noun), w))
        else:
            obj = self.common(noun, 0, style=style)
        words, aux, main = self.conjugate(self.have, tense, subj.who, neg, question)
        self.fill_dropped(subj, words)
        return Phrase(subj.fa + obj.fa + words, self.order(subj, aux, main + obj.en, question), subj.who)

    def passive(self, question, tense, neg, depth):
        """کتاب خوانده شد: the participle and شدن."""
        while True:
            verb = self.pick(self.lex.verbs)
            frame = self.pick(verb.frames)
            if not verb.pre and len(frame) == 1 and frame[0][0] == "O" and "field" not in frame[0][1] \
                    and not self.verb_en[verb].tail and not verb.stative:
                break
        subj = self.common(self.pick(self.objects(frame[0][1])), depth - 1, "subj")
        become = self.become
        words, aux, _ = self.conjugate(become, tense, subj.who, neg)
        part = Fa(verb.past + "ه")
        no = [En("not", words[0])] if neg else []
        third = subj.who == 2
        if tense == "present":
            aux, be = [En(BE_PRESENT[subj.who], words[0])], []
        elif tense == "past":
            aux, be = [En(BE_PAST[subj.who], words[0])], []
        elif tense == "future":
            aux, be = [En("will", words[0])], [En("be", words[-1])]
        else:
            aux, be = [En("has" if third else "have", words[-1])], [En("been", words[0])]
        return Phrase(subj.fa + [part] + words,
                      self.order(subj, aux + no, be + [En(self.verb_en[verb].participle, part)], question), subj.who)

    def this_clause(self, question, tense, neg):
        """این یک کتاب است: This is a book. The article keeps این from belonging to the noun."""
        near = self.chance(0.6)
        w = Fa("این" if near else "آن")
        noun = self.pick(self.objects("goods/animal/place/plant/vehicle/person"))
        while noun.mass:
            noun = self.pick(self.objects("goods/animal/place/plant/vehicle/person"))
        np = self.common(noun, 0, style="yek")
        bfa, aux, main = self.be(tense if tense in ("present", "past") else "present", 2, neg)
        subj = Phrase([w], [En("this" if near else "that", w)])
        return Phrase([w] + np.fa + bfa, self.order(subj, aux, main + np.en, question))

    def named_clause(self, question, tense):
        """نام پدرش رضا است: His father's name is Reza."""
        n = Fa("نام")
        owner = self.possessor(self.pick(self.nouns("body")), 0) if self.chance(0.3) else \
            self.common(self.pick(self.nouns("person")), 0, style=self.pick(("bare", "mine", "mine", "dem"))) \
            if self.chance(0.6) else None
        if owner is None or owner.kind == "pronoun" or owner.kind == "name":
            who = self.rng.randrange(6)
            w = Fa(P.PRONOUN[who])
            owner_fa, owner_en = [w], [En(E.POSSESSIVE[who], w)]
        elif owner.who >= PERSON_PLURAL or any(w.text == "of" for w in owner.en) or not owner.animate:
            return self.named_clause(question, tense)
        else:
            last = owner.en[-1]
            owner_fa, owner_en = owner.fa, owner.en[:-1] + [En(last.text + "'s", last.of)]
        called = self.name()
        bfa, aux, main = self.be(tense if tense in ("present", "past") else "present", 2, False)
        subj = Phrase([n] + owner_fa, owner_en + [En("name", n)])
        return Phrase(subj.fa + called.fa + bfa, self.order(subj, aux, main + called.en, question))

    def age_clause(self, question, tense, subject):
        """علی بیست سال دارد: Ali is twenty years old."""
        subj = subject or self.subject(["person"], 0)
        number, text = self.number()
        year = Fa("سال")
        tense = tense if tense in ("present", "past") else "present"
        w = Fa(("دار" + P.PRESENT[subj.who]) if tense == "present" else "داشت" + P.PAST[subj.who])
        be = (BE_PRESENT if tense == "present" else BE_PAST)[subj.who]
        self.fill_dropped(subj, [w])
        age = [En(t, list(number)) for t in text.split()] + [En("years", year), En("old", w)]
        return Phrase(subj.fa + number + [year, w], self.order(subj, [En(be, w)], age, question), subj.who)

    def place_pp(self, depth):
        kind, fa, en = self.pick([p for p in self.lex.prepositions if p[0] in ("thing", "place")])
        if kind == "thing":
            arg = self.common(self.pick(self.nouns("thing")), depth, style=self.pick(("bare", "bare", "dem", "indef")))
        else:
            arg = self.argument("place/place/place/inst/city" if fa == "در" else "place", depth, "pp")
        return self.preposition(fa, en, arg), arg

    def exist_clause(self, question, tense):
        (pfa, pen), arg = self.place_pp(1)
        noun = self.pick(self.objects("thing/animal/plant/vehicle/person/text/food/place"))
        while noun.mass:
            noun = self.pick(self.objects("thing/animal/plant/vehicle/person/text/food/place"))
        np = self.common(noun, 0, style=self.pick(("indef", "yek", "number", "indefpl", "several")))
        there = Fa("وجود")
        tense = "present" if tense != "past" else "past"
        w = Fa(("دار" + P.PRESENT[np.who]) if tense == "present" else "داشت" + P.PAST[np.who])
        be = (BE_PRESENT if tense == "present" else BE_PAST)[np.who]
        e = [En(be, w), En("there", there)] if question else [En("there", there), En(be, w)]
        return Phrase(pfa + np.fa + [there, w], e + np.en + pen)

    def copula(self, kind, question, tense, neg, subject, depth):
        kinds = ["person"] * 6 + ["animal", "thing", "food", "place", "text", "cloth", "vehicle", "plant", "nature",
                                  "body", "music", "drink", "abstract"]
        if kind == "noun":
            kinds = ["person"]
        noun_class = self.pick(kinds)
        subj = subject or self.subject([noun_class], depth - 1)
        if subject:
            noun_class = "person"
        bfa, aux, main = self.be(tense, subj.who, neg)
        self.fill_dropped(subj, bfa)
        pron = type("N", (), {"kind": noun_class})
        pre_fa, comp_fa, comp_en = [], [], []
        if kind in ("adj", "than"):
            a = self.adjective(pron, False)
            if kind == "than":
                while a.en in NO_COMPARISON or "nocmp" in a.flags or "pred" in a.flags:
                    a = self.adjective(pron, False)
                other = self.argument(noun_class, 0, "pp")
                while other.fa[-1].text == (subj.fa[-1].text if subj.fa else "") or \
                        other.kind == "pronoun" and same(other.who, subj.who):
                    other = self.argument(noun_class, 0, "pp")
                frm, w = Fa("از"), Fa(P.comparative(a.fa))
                comp_fa = [frm] + other.fa + [w]
                comp_en = [En(t, w) for t in E.compared(a, "er")] + [En("than", frm)] + other.en
            else:
                w = Fa(a.fa)
                comp_fa, comp_en = [w], ens(a.en, w)
                if self.chance(0.25) and "nocmp" not in a.flags:
                    fa, en = self.pick(self.adverbs["degree"])
                    d = Fa(fa)
                    comp_fa, comp_en = [d] + comp_fa, ens(en, d) + comp_en
        elif kind == "noun":
            noun = self.pick(self.nouns("person"))
            many = subj.who >= PERSON_PLURAL
            text = E.plural(noun) if many else noun.en
            w = Fa(noun.fa)
            if self.chance(0.35):
                a = self.adjective(noun)
                form = P.indefinite(a.fa)
                if not self.clash(form) and not many:
                    w.text = P.ezafe(noun.fa)
                    x = Fa(form)
                    comp_fa = [w, x]
                    comp_en = [En(E.article(a.en), x), En(a.en, x)] + ens(text, w)
            if not comp_fa:
                comp_fa = [w]
                comp_en = ([] if many else [En(E.article(text), w)]) + ens(text, w)
            if not subj.closed:
                # Without the comma the predicate noun would read as a possessor.
                pre_fa = [Fa("،", True)] if subj.fa else []
        else:
            (comp_fa, comp_en), _ = self.place_pp(0)
        fa = subj.fa + pre_fa + comp_fa + bfa
        return Phrase(fa, self.order(subj, aux, main + comp_en, question), subj.who)

    # --- sentences ----------------------------------------------------------------------------

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
