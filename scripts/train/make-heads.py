#!/usr/bin/env python3
# Makes examples/models/fa-en-h1, -h4 and -h8: the recipe of fa-en with two layers and 1, 4 and 8 heads of the same
# width, on one fixed set of sentences that is gone round again and again, so that overfitting can be measured.
import argparse
import json
import os
import shutil

import data
import export
import heads_report
import loop
import report
from sentences import take

HERE = os.path.dirname(os.path.abspath(__file__))
MODELS = os.path.abspath(os.path.join(HERE, "..", "..", "examples", "models"))
SEED = {"dev": 5, "test": report.TEST_SEED, "shards": 2000, "weights": 1}
SHARD, SHARDS, PLAIN_SHARDS = 20000, 3, 1
TRAINING = {"layers": 2, "fixed": SHARDS, "tokens": 1000, "workers": 1, "peak": 0.0015, "warmup": 400, "guide": 0.15}


def prepare(work):
    """The vocabulary of fa-en, the sentences to measure on while training, and the fixed training set."""
    os.makedirs(work, exist_ok=True)
    for name in ("source.spm", "target.spm", "vocab.json"):
        shutil.copyfile(os.path.join(MODELS, "fa-en", name), os.path.join(work, name))
    with open(os.path.join(work, "dev.json"), "w", encoding="utf-8") as f:
        json.dump(list(take(SEED["dev"], 400, held=True, unique=True)), f, ensure_ascii=False)
    for i in range(SHARDS):
        path = os.path.join(work, "shard-%03d.npz" % i)
        if not os.path.exists(path):
            data.write_shard(path, work, SEED["shards"] + i, SHARD, rich=i >= PLAIN_SHARDS)


def measured(count=1000):
    """(sentences of the training set, held-back ones), both drawn with many relative clauses."""
    seen = take(SEED["shards"] + SHARDS - 1, count, held=False, rich=True)
    return list(seen), list(take(SEED["test"], count, held=True, unique=True))


def main():
    a = argparse.ArgumentParser(description="make the three models that differ in the number of heads")
    a.add_argument("--work", default="/tmp/fa-en-heads-work", help="folder for data and checkpoints")
    a.add_argument("--models", default=MODELS)
    a.add_argument("--heads", type=int, nargs="*", default=[1, 4, 8])
    a.add_argument("--steps", type=int, default=4000)
    a.add_argument("--decay", type=int, default=2000, help="step from which the learning rate falls")
    a.add_argument("--only", choices=("prepare", "train", "export"), help="one stage alone")
    a = a.parse_args()
    if a.only in (None, "prepare"):
        prepare(a.work)
    training = {**TRAINING, "steps": a.steps, "decay": a.decay, "seed": SEED["weights"]}
    for heads in a.heads:
        name, folder = "h%d" % heads, os.path.join(a.models, "fa-en-h%d" % heads)
        if a.only in (None, "train"):
            loop.run("train.py", a.work, name, {**training, "heads": heads, "every": 400})
        if a.only in (None, "export"):
            last = loop.last_checkpoint(a.work, name)
            export.export(a.work, last, folder, TRAINING["layers"], heads, half=True)
            heads_report.main(folder, last, *measured(),
                              {**training, "sentences": SHARD * SHARDS, "plain_sentences": SHARD * PLAIN_SHARDS,
                               "seeds": SEED})


if __name__ == "__main__":
    main()
