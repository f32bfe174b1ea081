# Persian spelling and inflection. Forms carry three marks that spell() turns into one of several
# usual spellings: '~' a joint written with ZWNJ, a space or nothing (می‌رود, می رود, میرود),
# ZWNJ itself a joint written with ZWNJ or a space (خانه‌ای), '^' the ezafe after a silent ه.
ZWNJ = "\u200c"
PRESENT = ("م", "ی", "د", "یم", "ید", "ند")
PAST = ("م", "ی", "", "یم", "ید", "ند")
BE = ("هستم", "هستی", "است", "هستیم", "هستید", "هستند")
NOT_BE = ("نیستم", "نیستی", "نیست", "نیستیم", "نیستید", "نیستند")
ENCLITIC = ("م", "ت", "ش", "مان", "تان", "شان")
PRONOUN = ("من", "تو", "او", "ما", "شما", "آن~ها")
CONSONANT_VAV = {"گاو"}


def silent_h(word):
    """True for a final ه that is only a vowel: خانه, but not راه or کوه."""
    return word.endswith("ه") and len(word) > 2 and word[-2] not in "او"


def vowel(word):
    return word[-1] in "او" and word not in CONSONANT_VAV


def ezafe(word):
    """The form before a modifier: خانهٔ, صدای, کتاب."""
    if silent_h(word):
        return word + "^"
    return word + "ی" if vowel(word) else word


def plural(word):
    return word + (ZWNJ if silent_h(word) else "~") + "ها"


def indefinite(word):
    """ـی of indefiniteness (also before a restrictive که); None where it would be hard to read."""
    if silent_h(word):
        return word + ZWNJ + "ای"
    if word.endswith("ی"):
        return word + ZWNJ + "ای" if len(word) > 3 else None
    return word + ("یی" if vowel(word) else "ی")


def possessed(word, person):
    """Enclitic possessive: کتابم, خانه‌ات, صدایش; None after ی, where it is not used here."""
    end = ENCLITIC[person]
    if silent_h(word):
        return word + ZWNJ + (("ا" + end) if person < 3 else end)
    if word.endswith("ی"):
        return None
    return word + ("ی" if vowel(word) else "") + end


def comparative(word):
    if word == "خوب":
        return "بهتر"
    if word == "بد":
        return "بدتر"
    return word + (ZWNJ if silent_h(word) else "~") + "تر"


def superlative(word):
    return comparative(word) + "ین"


def prefixed(prefix, form):
    """ب or ن before a verb form: برود, بیاید, نیامد, بیندازد, نیفتاد, بایستد."""
    if form.startswith("آ"):
        return prefix + "یا" + form[1:]
    if form.startswith("ای"):
        return prefix + form
    if form.startswith("ا"):
        return prefix + "ی" + form[1:]
    return prefix + form


def finite(verb, tense, who, negative):
    """The words of a finite verb without preverb, in order, for person who (0..5).

    tense: present, habitual, past, future, perfect, pluperfect, subjunctive, imperative.
    """
    n = "ن" if negative else ""
    if tense == "present":
        form = verb.pres + PRESENT[who]
        if verb.plain_present:
            return [n + form]
        return [n + "می~" + form]
    if tense == "habitual":
        return [n + "می~" + verb.past + PAST[who]]
    if tense == "past":
        form = verb.past + PAST[who]
        return [prefixed("ن", form) if negative else form]
    if tense == "future":
        return [n + "خواه" + PRESENT[who], verb.past]
    part = verb.past + "ه"
    part = prefixed("ن", part) if negative else part
    if tense == "perfect":
        if who == 2:
            return [part, "است"]
        return [part + ZWNJ + ("ام", "ای", "", "ایم", "اید", "اند")[who]]
    if tense == "pluperfect":
        return [part, "بود" + PAST[who]]
    form = verb.pres + PRESENT[who]
    if tense == "imperative" and who == 1:
        form = verb.pres
        if form.endswith(("ای", "وی")):
            form = form[:-1]
    if verb.plain_present:
        return [n + "داشته", "باش" + ("" if tense == "imperative" and who == 1 else PRESENT[who])]
    if negative:
        return [prefixed("ن", form)]
    # Compound and prefixed verbs go without ب: کار کند, برگردد.
    return [form if verb.pre else prefixed("ب", form)]


def with_preverb(verb, words):
    """Puts the preverb in front, glued (برمی‌گردد) or apart (کار می‌کند, بر خواهد گشت)."""
    if not verb.pre:
        return words
    if verb.glued and len(words) == 1 or verb.glued and not words[0].lstrip("ن").startswith("خواه"):
        return [verb.pre + words[0]] + words[1:]
    return [verb.pre] + words


def spell(word, style, rng):
    """One spelling of a form with marks. style: zwnj, space, joined or mixed."""
    out = []
    for i, c in enumerate(word):
        how = style
        if style == "mixed":
            how = rng.choice(("zwnj", "space", "joined"))
        if c == "~":
            # A joint after a letter that never connects (زیر‌ها, تار‌ترین) reads the same joined.
            out.append({"zwnj": ZWNJ, "space": " ", "joined": ""}[how])
        elif c == ZWNJ:
            out.append(" " if how == "space" else ZWNJ)
        elif c == "^":
            if style == "zwnj":
                out.append("ٔ" if rng.random() < 0.6 else ZWNJ + "ی")
            else:
                out.append(rng.choice(("ٔ", "", "", ZWNJ + "ی")))
        else:
            out.append(c)
    return "".join(out)
