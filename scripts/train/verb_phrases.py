# Verb phrases: tenses of both languages, objects and complements.
import persian as P
import english as E
from phrase import BE_PAST, BE_PRESENT, En, Fa, Phrase, ens, fas, same


class VerbPhrases:
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
