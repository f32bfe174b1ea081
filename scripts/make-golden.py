#!/usr/bin/env python3
"""Makes the files under tests/golden with torch, transformers and sentencepiece.

    make-golden.py [marian|bert|sentence|token|wordpiece|sampling|positions|bundled] [NAME...]     one kind, or some of its cases
    make-golden.py                                               all but bundled
    make-golden.py find-seed NAME                                looks for a better seed of a Marian case
"""
import os
import sys

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

KINDS = ("token", "wordpiece", "marian", "bert", "sentence", "sampling", "positions", "bundled")


def make(kind, names):
    if kind == "token":
        from golden import spm
        spm.make(names)
    elif kind == "wordpiece":
        from golden import bert_ranges, wordpiece
        bert_ranges.make()
        wordpiece.make(names)
    elif kind == "marian":
        from golden import marian
        marian.make(names)
    elif kind == "sentence":
        from golden import sentence
        sentence.make(names)
    elif kind == "bert":
        from golden import bert
        bert.make(names)
    elif kind == "sampling":
        from golden import sampling
        sampling.make()
    elif kind == "positions":
        from golden import positions
        positions.make()
    elif kind == "bundled":
        from golden import bundled
        bundled.make(names)


def main(arguments):
    import torch
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    if not arguments:
        for kind in KINDS[:-1]:
            make(kind, [])
    elif arguments[0] in KINDS:
        make(arguments[0], arguments[1:])
    elif arguments[0] == "find-seed" and len(arguments) == 2:
        from golden import marian
        marian.find_seed(arguments[1])
    else:
        sys.exit(__doc__.strip())


if __name__ == "__main__":
    main(sys.argv[1:])
