# Encoded sentence pairs: token ids and, for every target piece, the source pieces it should look at.
import json
import os

import numpy as np
import sentencepiece as spm

from sentences import take
import pieces

MAX_PIECES = 31            # an alignment row is a 32-bit mask with room for </s>


def make_vocabulary(folder, seed, count, source_size, target_size):
    """source.spm, target.spm and the joint vocab.json (</s> 0, <unk> 1, ..., <pad> last)."""
    pairs = list(take(seed, count, held=False, rich=False))
    source = pieces.train([p[0] for p in pairs], os.path.join(folder, "source"), source_size)
    target = pieces.train([p[1] for p in pairs], os.path.join(folder, "target"), target_size)
    vocab = {"</s>": 0, "<unk>": 1}
    for p in source[3:] + target[3:]:
        vocab.setdefault(p, len(vocab))
    vocab["<pad>"] = len(vocab)
    with open(os.path.join(folder, "vocab.json"), "w", encoding="utf-8") as f:
        json.dump(vocab, f, ensure_ascii=False, indent=0)
        f.write("\n")
    return vocab


def units(text_pieces, lengths):
    """For every piece the index of the word that its first letter belongs to; lengths in letters."""
    owner = [i for i, n in enumerate(lengths) for _ in range(n)]
    out, at = [], 0
    for p in text_pieces:
        out.append(owner[min(at, len(owner) - 1)])
        at += len(p.replace("\u2581", ""))
    return out, at == len(owner)


class Encoder:
    def __init__(self, folder):
        self.source = spm.SentencePieceProcessor(model_file=os.path.join(folder, "source.spm"))
        self.target = spm.SentencePieceProcessor(model_file=os.path.join(folder, "target.spm"))
        with open(os.path.join(folder, "vocab.json"), encoding="utf-8") as f:
            self.vocab = json.load(f)

    def pair(self, fa, en, fa_lens, en_lens, align):
        """(source ids, target ids, masks), all with </s>; None when too long or not aligned."""
        sp = self.source.encode(fa, out_type=str)
        tp = self.target.encode(en, out_type=str)
        if len(sp) > MAX_PIECES or len(tp) > MAX_PIECES:
            return None
        su, ok1 = units(sp, fa_lens)
        tu, ok2 = units(tp, en_lens)
        if not (ok1 and ok2):
            return None
        word = [0] * len(fa_lens)
        for i, u in enumerate(su):
            word[u] |= 1 << i
        masks = []
        for u in tu:
            m = 0
            for w in align[u]:
                m |= word[w]
            masks.append(m)
        masks.append(1 << len(sp))
        unk = 1
        return ([self.vocab.get(p, unk) for p in sp] + [0], [self.vocab.get(p, unk) for p in tp] + [0], masks)


def write_shard(path, folder, seed, count, rich):
    """count training pairs of a seed of their own, as flat arrays."""
    enc = Encoder(folder)
    src, tgt, mask, sl, tl = [], [], [], [], []
    for fa, en, a, b, align in take(seed, count, held=False, rich=rich):
        e = enc.pair(fa, en, a, b, align)
        if e is None:
            continue
        src += e[0]
        tgt += e[1]
        mask += e[2]
        sl.append(len(e[0]))
        tl.append(len(e[1]))
    np.savez(path + ".part.npz", src=np.array(src, np.int16), tgt=np.array(tgt, np.int16),
             mask=np.array(mask, np.uint32), sl=np.array(sl, np.uint8), tl=np.array(tl, np.uint8))
    os.rename(path + ".part.npz", path)


class Shard:
    """A shard as batches of sentences of about equal length, tokens target tokens each, in random order.

    Every worker draws the same order and takes every workers-th batch of it.
    """

    def __init__(self, path, tokens, rng, rank=0, workers=1):
        self.z = z = np.load(path)
        self.sl, self.tl = sl, tl = z["sl"].astype(np.int64), z["tl"].astype(np.int64)
        noise = rng.random(len(sl))
        order = np.lexsort((noise, tl, sl))
        groups, start = [], 0
        while start < len(order):
            n = max(1, int(tokens // max(sl[order[start]], tl[order[start]])))
            groups.append(order[start:start + n])
            start += n
        lots = rng.permutation(len(groups))
        self.groups = [groups[g] for g in lots[:len(lots) // workers * workers][rank::workers]]

    def batches(self, first=0):
        """(source ids, target ids, masks) of each batch from number first on; -1 pads the ids."""
        sl, tl = self.sl, self.tl
        so, to = np.concatenate([[0], np.cumsum(sl)]), np.concatenate([[0], np.cumsum(tl)])
        src, tgt, mask = self.z["src"], self.z["tgt"], self.z["mask"]
        for idx in self.groups[first:]:
            s = np.full((len(idx), sl[idx].max()), -1, np.int64)
            t = np.full((len(idx), tl[idx].max()), -1, np.int64)
            m = np.zeros(t.shape, np.uint32)
            for row, i in enumerate(idx):
                s[row, :sl[i]] = src[so[i]:so[i + 1]]
                t[row, :tl[i]] = tgt[to[i]:to[i + 1]]
                m[row, :tl[i]] = mask[to[i]:to[i + 1]]
            yield s, t, m
