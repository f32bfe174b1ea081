#!/usr/bin/env python3
# Makes examples/models/fa-bert, fa-sbert and examples/similar.fa.tsv from nothing but this folder: corpus, WordPiece
# vocabulary, the encoder with next-sentence prediction and its twin without, the siamese tuning, reports.
import argparse
import os

import bert_data
import bert_report
import export
import loop
import sbert
import similar

EXAMPLES = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples"))
PIECES = 2800
SEED = {"vocabulary": 31, "train": 41, "held": 43, "test": 45, "train_pairs": 51, "held_pairs": 53, "test_pairs": 55,
        "similar": 57, "weights": 1}
BERT = {"steps": 5000, "decay": 2500, "every": 500, "tokens": 1600, "peak": 0.001, "warmup": 400,
        "seed": SEED["weights"]}
SBERT = {"steps": 2000, "decay": 600, "every": 200, "pairs": 64, "peak": 0.0005, "warmup": 100, "seed": SEED["weights"]}


def prepare(work):
    os.makedirs(work, exist_ok=True)
    if not os.path.exists(os.path.join(work, "vocab.txt")):
        bert_data.make_vocabulary(work, SEED["vocabulary"], 20000, PIECES)
    for name, pairs, singles in (("train", 120000, 40000), ("held", 1500, 500), ("test", 3000, 1000)):
        path = os.path.join(work, name + ".npz")
        if not os.path.exists(path):
            bert_data.write_corpus(path, work, SEED[name], pairs, singles, name != "train")
    for name, pairs in (("train", 60000), ("held", 1000), ("test", 2000)):
        path = os.path.join(work, name + "-pairs.npz")
        if not os.path.exists(path):
            sbert.write_pairs(path, work, SEED[name + "_pairs"], pairs, name != "train")


def examples(path):
    """Held-back pairs of sentences with their gold scores."""
    with open(path, "w", encoding="utf-8") as f:
        for a, b, score in similar.take(SEED["similar"], 300, True):
            f.write("%s\t%s\t%.3f\n" % (a, b, score))


def main():
    a = argparse.ArgumentParser(description="make the small Persian BERT, Sentence-BERT and their figures")
    a.add_argument("--work", default="/tmp/fa-bert-work", help="folder for data and checkpoints")
    a.add_argument("--examples", default=EXAMPLES)
    a.add_argument("--only", choices=("prepare", "bert", "twin", "sbert", "export"), help="one stage alone")
    a = a.parse_args()
    stage = lambda name: a.only in (None, name)
    if stage("prepare"):
        prepare(a.work)
        examples(os.path.join(a.examples, "similar.fa.tsv"))
    if stage("bert"):
        loop.run("bert.py", a.work, "nsp", BERT)
    if stage("twin"):
        loop.run("bert.py", a.work, "twin", {**BERT, "nsp": 0})
    if stage("sbert"):
        loop.run("sbert.py", a.work, "sbert", {**SBERT, "start": loop.last_checkpoint(a.work, "nsp")})
    if stage("export"):
        bert, twin, tuned = (loop.last_checkpoint(a.work, n) for n in ("nsp", "twin", "sbert"))
        folders = [os.path.join(a.examples, "models", n) for n in ("fa-bert", "fa-sbert")]
        export.export_bert(a.work, export.weights_of(bert), folders[0])
        export.export_sbert(a.work, export.weights_of(tuned), folders[1])
        bert_report.report_bert(folders[0], a.work, bert, twin, {**BERT, "seeds": SEED})
        bert_report.report_sbert(folders[1], folders[0], a.work, tuned, {**SBERT, "seeds": SEED})


if __name__ == "__main__":
    main()
