#!/usr/bin/env python3
# Makes examples/models/fa-en again from nothing but this folder: vocabulary, data, training, export,
# report, example sentences. Needs torch, transformers and sentencepiece; takes hours on two cores.
import argparse
import json
import os

import data
import export
import loop
import report
from sentences import take

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
SEED = {"vocabulary": 11, "dev": 5, "test": report.TEST_SEED, "shards": 1000, "corpus": 8, "weights": 1}
SHARD = 50000
PLAIN_SHARDS = 13        # the first shards draw few relative clauses, the later ones many
SOURCE_PIECES, TARGET_PIECES = 1600, 1450


def prepare(work):
    """source.spm, target.spm, vocab.json and dev.json in work."""
    os.makedirs(work, exist_ok=True)
    data.make_vocabulary(work, SEED["vocabulary"], 150000, SOURCE_PIECES, TARGET_PIECES)
    dev = list(take(SEED["dev"], 400, held=True, unique=True))
    with open(os.path.join(work, "dev.json"), "w", encoding="utf-8") as f:
        json.dump(dev, f, ensure_ascii=False)


def shards(work, count):
    for i in range(count):
        path = os.path.join(work, "shard-%03d.npz" % i)
        if not os.path.exists(path):
            data.write_shard(path, work, SEED["shards"] + i, SHARD, rich=i >= PLAIN_SHARDS)


def examples():
    """The two text files of examples/: 200 held-back pairs, 1,000 Persian sentences that are not held back."""
    with open(os.path.join(ROOT, "examples", "sentences.fa-en.tsv"), "w", encoding="utf-8") as f:
        for p in take(SEED["test"], 200, held=True, unique=True):
            f.write(p[0] + "\t" + p[1] + "\n")
    with open(os.path.join(ROOT, "examples", "corpus.fa.txt"), "w", encoding="utf-8") as f:
        for p in take(SEED["corpus"], 1000, held=False, unique=True):
            f.write(p[0] + "\n")


def main():
    a = argparse.ArgumentParser(description="make the bundled Persian-English model")
    a.add_argument("--work", default="/tmp/fa-en-work", help="folder for data and checkpoints")
    a.add_argument("--model", default=os.path.join(ROOT, "examples", "models", "fa-en"))
    a.add_argument("--steps", type=int, default=4400)
    a.add_argument("--decay", type=int, default=2800, help="step from which the learning rate falls")
    a.add_argument("--only", choices=("prepare", "shards", "examples"), help="one stage alone")
    a.add_argument("--shards", type=int, default=26, help="how many of %d sentences" % SHARD)
    a = a.parse_args()
    if a.only in (None, "prepare"):
        prepare(a.work)
    if a.only in (None, "shards"):
        shards(a.work, a.shards)
    if a.only in (None, "examples"):
        examples()
    if a.only:
        return
    training = {"steps": a.steps, "decay_from": a.decay, "tokens": 1600, "workers": 2, "peak": 0.0015, "warmup": 400,
                "guide": 0.15, "shard_sentences": SHARD, "plain_shards": PLAIN_SHARDS, "seeds": SEED}
    names = ("steps", "tokens", "workers", "peak", "warmup", "guide")
    loop.run("train.py", a.work, "run", {**{n: training[n] for n in names}, "decay": a.decay, "every": 400,
                                         "seed": SEED["weights"]})
    export.export(a.work, loop.last_checkpoint(a.work, "run"), a.model)
    result = report.main(a.model, a.work, training)
    print("exact match", result["exact_match_greedy"], "chrF", result["chrf_greedy"])


if __name__ == "__main__":
    main()
