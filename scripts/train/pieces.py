# The SentencePiece Unigram models. The library's trainer supplies the normaliser and the frame of the
# file; which pieces are kept is decided here, because the library weighs words by their frequency,
# and a small model needs every word of the lexicon, rare or not, in one or two pieces.
import math
import re

import sentencepiece as spm
from sentencepiece import sentencepiece_model_pb2 as pb

SPACE = "\u2581"
LONGEST = 16
# Endings and prefixes of both languages, kept whatever they save: a form that has no piece of its
# own is then a stem with its ending and not a row of letters.
AFFIXES = ("ها های هایی هایم هایت هایش هایمان هایتان هایشان ند ید یم مان تان شان تر ترین یی ای ات اش ام "
           "▁ب ▁ن ▁می ▁نمی ▁بر ▁ها ▁های ▁هایی ▁تر ▁ترین ▁ای ▁ام ▁ات ▁اش ▁ایم ▁اید ▁اند "
           "-two -three -four -five -six -seven -eight -nine rs pped "
           "ed ing er est es ers ies ier iest 's ty ting ter test").split()


def best(word, score):
    """Viterbi: the pieces of the best segmentation and its score."""
    n = len(word)
    top = [0.0] + [-1e9] * n
    back = [0] * (n + 1)
    for end in range(1, n + 1):
        for start in range(max(0, end - LONGEST), end):
            s = score.get(word[start:end])
            if s is not None and top[start] + s > top[end]:
                top[end], back[end] = top[start] + s, start
    out, end = [], n
    while end:
        out.append(word[back[end]:end])
        end = back[end]
    return out[::-1], top[n]


def estimate(words, score):
    """Counts of the pieces over the best segmentations."""
    count = {}
    for w, weight in words.items():
        for p in best(w, score)[0]:
            count[p] = count.get(p, 0) + weight
    return count


def scores(count, letters):
    total = sum(count.values()) + 0.1 * len(letters)
    out = {p: math.log(c / total) for p, c in count.items()}
    for c in letters:
        out[c] = math.log((count.get(c, 0) + 0.1) / total)
    return out


def choose(words, size, affixes):
    """The size pieces that a Unigram model keeps: repeatedly drop those whose loss costs least."""
    letters = sorted({c for w in words for c in w})
    seen = {}
    for w, weight in words.items():
        for i in range(len(w)):
            for j in range(i + 2, min(len(w), i + LONGEST) + 1):
                p = w[i:j]
                n, f = seen.get(p, (0, 0))
                seen[p] = (n + 1, f + weight)
        seen[w] = (2, seen.get(w, (0, 0))[1] + weight)
    count = {p: f * len(p) for p, (n, f) in seen.items() if n > 1}
    for w, weight in words.items():
        for c in w:
            count[c] = count.get(c, 0) + weight
    fixed = [a for a in affixes if a in count and len(a) > 1]
    floor = sum(words.values()) / 2000
    score = scores(count, letters)
    while True:
        for _ in range(2):
            count = estimate(words, score)
            for a in fixed:
                count[a] = max(count.get(a, 0), floor)
            score = scores(count, letters)
        if len(score) <= size:
            return score
        loss = []
        for p, c in count.items():
            if len(p) == 1 or p in fixed:
                continue
            s = score.pop(p)
            loss.append((c * (s - best(p, score)[1]), p))
            score[p] = s
        loss.sort(reverse=True)
        room = size - len(letters) - len(fixed)
        keep = max(room, int(len(loss) * 0.85))
        score = {p: score[p] for _, p in loss[:keep]} | {c: score[c] for c in [*letters, *fixed]}


def word_weights(lines, flatten):
    """Words as SentencePiece sees them, punctuation apart, each with its count to the power flatten."""
    count = {}
    for line in lines:
        line = re.sub(r"([.,?،؟])", r" \1 ", line.replace("\u200c", " "))
        for w in line.split():
            w = w if w in ".,?،؟" else SPACE + w
            count[w] = count.get(w, 0) + 1
            if w.endswith("'s"):
                del_ = w[:-2]
                count[w] -= 1
                count[del_] = count.get(del_, 0) + 1
                count["'s"] = count.get("'s", 0) + 1
    return {w: c ** flatten for w, c in count.items() if c > 2 and not any(d in w for d in "0123456789۰۱۲۳۴۵۶۷۸۹")}


def train(lines, prefix, size, flatten=0.5):
    """Writes prefix.spm with size pieces; returns the pieces in order."""
    with open(prefix + ".txt", "w", encoding="utf-8") as f:
        f.write("\n".join(lines[:20000]) + "\n")
    spm.SentencePieceTrainer.train(input=prefix + ".txt", model_prefix=prefix + ".frame", vocab_size=400,
                                   model_type="unigram", character_coverage=1.0, num_threads=1,
                                   normalization_rule_name="nmt_nfkc", minloglevel=2, hard_vocab_limit=False)
    model = pb.ModelProto()
    with open(prefix + ".frame.model", "rb") as f:
        model.ParseFromString(f.read())
    words = word_weights(lines, flatten)
    for d in "0123456789" if not any("؟" in w for w in words) else "۰۱۲۳۴۵۶۷۸۹":
        words[d] = 20.0
    words[SPACE] = 20.0
    score = choose(words, size - 3, AFFIXES)
    del model.pieces[3:]
    for p, s in sorted(score.items(), key=lambda x: (-x[1], x[0])):
        model.pieces.add(piece=p, score=s)
    model.trainer_spec.vocab_size = len(model.pieces)
    model.trainer_spec.input[:] = []
    model.trainer_spec.model_prefix = ""
    with open(prefix + ".spm", "wb") as f:
        f.write(model.SerializeToString())
    return [p.piece for p in model.pieces]
