# The corpus of the BERT examples as token ids, and its batches: half of the pairs keep their own second sentence,
# half get one of another discourse; masks are drawn anew every time a sentence comes round (80/10/10 rule).
import os

import numpy as np

import discourse
import sentences
import wordpiece

CLS, SEP, MASK = (wordpiece.SPECIAL.index(s) for s in ("[CLS]", "[SEP]", "[MASK]"))
NEXT, RANDOM = 0, 1          # the labels of the NSP head, as in the library
MASKED = 0.15


def make_vocabulary(folder, seed, count, size):
    lines = [t for p in discourse.take(seed, count, held=False) for t in p[:2]]
    lines += [p[0] for p in sentences.take(seed + 1, count, held=False)]
    wordpiece.write(wordpiece.train(lines, size), folder)


def flat(lists):
    return np.array([i for ids in lists for i in ids], np.int16), np.array([len(ids) for ids in lists], np.uint8)


def write_corpus(path, folder, seed, pairs, singles, held):
    """Ids of discourses (two sentences each) and of single sentences of the translation grammar."""
    t = wordpiece.read(folder)
    two = list(discourse.take(seed, pairs, held, unique=held))
    one = [p[0] for p in sentences.take(seed + 1, singles, held, unique=held)]
    ids = lambda lines: [e.ids for e in t.encode_batch(lines, add_special_tokens=False)]
    out = {}
    for name, lines in (("first", [p[0] for p in two]), ("second", [p[1] for p in two]), ("single", one)):
        out[name], out[name + "_len"] = flat(ids(lines))
    np.savez(path + ".part.npz", **out)
    os.rename(path + ".part.npz", path)


class Corpus:
    def __init__(self, path):
        z = np.load(path)
        self.part = {}
        for name in ("first", "second", "single"):
            ids, n = z[name], z[name + "_len"].astype(np.int64)
            self.part[name] = [a.astype(np.int64) for a in np.split(ids, np.cumsum(n)[:-1])] if len(n) else []
        self.pairs, self.singles = len(self.part["first"]), len(self.part["single"])

    def examples(self, rng, nsp=True):
        """Every discourse and single sentence once, as (ids, segments, NSP label); a single one has label -100."""
        first, second = self.part["first"], self.part["second"]
        swap = rng.random(self.pairs) < 0.5
        other = (np.arange(self.pairs) + rng.integers(1, self.pairs, self.pairs)) % self.pairs
        out = []
        for i in range(self.pairs):
            b = second[other[i]] if swap[i] else second[i]
            ids = np.concatenate(([CLS], first[i], [SEP], b, [SEP]))
            segments = np.zeros(len(ids), np.int64)
            segments[len(first[i]) + 2:] = 1
            out.append((ids, segments, RANDOM if swap[i] else NEXT))
        for s in self.part["single"]:
            ids = np.concatenate(([CLS], s, [SEP]))
            out.append((ids, np.zeros(len(ids), np.int64), -100))
        return out

    def batches(self, rng, vocab, tokens):
        """(ids, segments, attention mask, MLM labels, NSP labels) of about equal lengths, in random order."""
        examples = self.examples(rng)
        length = np.array([len(e[0]) for e in examples])
        order = np.lexsort((rng.random(len(examples)), length))
        groups, at = [], 0
        while at < len(order):
            n = max(1, tokens // int(length[order[at]]))
            groups.append(order[at:at + n])
            at += n
        for g in rng.permutation(len(groups)):
            yield batch([examples[i] for i in groups[g]], rng, vocab)


def mask(ids, rng, vocab):
    """BERT's rule: 15 % of the pieces are to be predicted; of them 80 % are shown as [MASK], 10 % as a random
    piece, 10 % as they are. At least one in a sentence. Returns (shown ids, labels with -100 elsewhere)."""
    real = ids >= len(wordpiece.SPECIAL)
    lot = np.where(real, rng.random(ids.shape), 2.0)
    chosen = (lot < MASKED) | (lot == lot.min(1, keepdims=True))
    labels = np.where(chosen, ids, -100)
    how = rng.random(ids.shape)
    shown = np.where(chosen & (how < 0.8), MASK, ids)
    anything = rng.integers(len(wordpiece.SPECIAL), vocab, ids.shape)
    return np.where(chosen & (how >= 0.9), anything, shown), labels


def batch(examples, rng, vocab):
    longest = max(len(e[0]) for e in examples)
    ids = np.zeros((len(examples), longest), np.int64)
    segments, keep = np.zeros_like(ids), np.zeros_like(ids)
    for r, (i, s, _) in enumerate(examples):
        ids[r, :len(i)], segments[r, :len(i)], keep[r, :len(i)] = i, s, 1
    shown, labels = mask(ids, rng, vocab)
    return shown, segments, keep, labels, np.array([e[2] for e in examples])
