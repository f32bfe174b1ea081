# Clauses: a subject with a verb, a predicate or an existence, as a statement or a question.
import persian as P
import english as E
from phrase import BE_PAST, BE_PRESENT, NO_COMPARISON, PERSON_PLURAL, En, Fa, Phrase, ens, fas, same


class Clauses:
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
