# Noun phrases: determiners, number, adjectives, possessors, relative clauses, subjects.
import persian as P
import english as E
from phrase import NO_COMPARISON, PERSON_PLURAL, En, Fa, Phrase, ens, fas


class NounPhrases:
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
                ("relative", 14 if self.rich and depth > 0 else 7 if depth > 1 else 0)])
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
        if (noun.kind == "person" or self.rich) and self.chance(0.2):
            a = self.adjective(noun, False)
            w = Fa(a.fa)
            bfa, aux, main = self.be(self.pick(("present", "past")), who, False)
            return "who" if noun.kind == "person" else "that", [w] + bfa, aux + main + ens(a.en, w)
        for _ in range(20):
            v = self.pick(self.lex.verbs)
            frame = self.pick(v.frames)
            fits = noun.kind in v.subject
            other_gap = fits and (noun.animate or self.rich) and self.chance(0.5) and self.rich
            if fits and not other_gap:
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
