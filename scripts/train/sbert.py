# Tunes the small BERT as Sentence-BERT: two sentences through the same encoder, the mean of each one's pieces,
# and the cosine of the two means drawn towards the gold score of the grammar.
import argparse
import itertools
import os

import numpy as np
import torch

import bert
import bert_data
import loop
import similar
import wordpiece


def write_pairs(path, folder, seed, count, held):
    t = wordpiece.read(folder)
    pairs = list(similar.take(seed, count, held))
    ids = lambda side: [e.ids for e in t.encode_batch([p[side] for p in pairs])]
    out = {"gold": np.array([p[2] for p in pairs], np.float32)}
    for name, side in (("first", 0), ("second", 1)):
        out[name], out[name + "_len"] = bert_data.flat(ids(side))
    np.savez(path + ".part.npz", **out)
    os.rename(path + ".part.npz", path)


def read_pairs(path):
    """(first ids, second ids, gold) of every pair."""
    z = np.load(path)
    sides = [np.split(z[n].astype(np.int64), np.cumsum(z[n + "_len"].astype(np.int64))[:-1]) for n in ("first", "second")]
    return list(zip(*sides, z["gold"].tolist()))


def pooled(encoder, sentences, how="mean"):
    """A vector for every list of ids: the mean or the maximum over its pieces, or the one at [CLS]."""
    ids = np.zeros((len(sentences), max(len(s) for s in sentences)), np.int64)
    for r, s in enumerate(sentences):
        ids[r, :len(s)] = s
    ids = torch.from_numpy(ids)
    keep = (ids > 0).long()
    h = encoder(input_ids=ids, attention_mask=keep).last_hidden_state
    if how == "cls":
        return h[:, 0]
    if how == "max":
        return h.masked_fill(keep[..., None] == 0, -1e9).max(1).values
    return (h * keep[..., None]).sum(1) / keep.sum(1, keepdim=True)


def cosines(encoder, pairs, how="mean"):
    n = len(pairs)
    v = pooled(encoder, [p[0] for p in pairs] + [p[1] for p in pairs], how)
    return torch.nn.functional.cosine_similarity(v[:n], v[n:])


def ranks(x):
    """Ranks from 0, equal values sharing the mean of theirs."""
    _, inverse, count = np.unique(np.asarray(x), return_inverse=True, return_counts=True)
    return (np.cumsum(count) - (count + 1) / 2)[inverse]


def spearman(x, y):
    return float(np.corrcoef(ranks(x), ranks(y))[0, 1])


def measure(encoder, pairs, how="mean"):
    """(Spearman, mean squared error) of the cosines against the gold scores."""
    with torch.no_grad():
        c = np.concatenate([cosines(encoder, pairs[i:i + 200], how).numpy() for i in range(0, len(pairs), 200)])
    gold = np.array([p[2] for p in pairs])
    return spearman(c, gold), float(((c - gold) ** 2).mean())


def main():
    a = argparse.ArgumentParser()
    loop.options(a, warmup=100)
    a.add_argument("--pairs", type=int, default=64, help="pairs of a batch")
    a.add_argument("--start", required=True, help="checkpoint of bert.py to start from")
    a = a.parse_args()
    rank = loop.join(a.work, a.name, a.workers)
    model = bert.new_model(len(wordpiece.read(a.work).get_vocab()), a.seed)
    model.load_state_dict(torch.load(a.start)["model"])
    encoder = model.bert
    for p in encoder.pooler.parameters():
        p.requires_grad_(False)              # Sentence-BERT does not use it
    train, held = (read_pairs(os.path.join(a.work, n + "-pairs.npz")) for n in ("train", "held"))

    def batches(n):
        rng = np.random.default_rng(a.seed)
        for _ in itertools.count():
            order = rng.permutation(len(train))
            for i in range(0, len(order) - a.pairs + 1, a.pairs):
                if n:
                    n -= 1
                    continue
                yield [train[j] for j in order[i:i + a.pairs]]

    def losses(encoder, batch):
        loss = ((cosines(encoder, batch) - torch.tensor([p[2] for p in batch])) ** 2).mean()
        return loss, {"loss": loss}

    def check(encoder):
        rho, error = measure(encoder, held)
        return {"held_back_spearman": round(rho, 4), "held_back_loss": round(error, 4)}

    loop.train(encoder, batches, losses, a, rank, check)


if __name__ == "__main__":
    main()
