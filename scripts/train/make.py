#!/usr/bin/env python3
# `make train`: every trained example of examples/ again, seeded. Says in one line what is missing.
import argparse
import importlib.util
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
NEEDED = ("torch", "transformers", "tokenizers", "sentencepiece", "safetensors", "numpy", "google.protobuf")
PACKAGE = {"google.protobuf": "protobuf"}
# name: script. Later ones build on earlier ones: the heads models use the vocabulary of fa-en.
MADE = {"fa-en": "make-fa-en.py", "heads": "make-heads.py", "bert": "make-bert.py"}


def present(module):
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def main():
    a = argparse.ArgumentParser(description="make the trained examples again")
    a.add_argument("--work", default="/tmp/rasad-train", help="folder for data and checkpoints; a run that was "
                   "stopped goes on from what it finds there")
    a.add_argument("names", nargs="*", help="some of " + " ".join(MADE))
    a = a.parse_args()
    unknown = [n for n in a.names if n not in MADE]
    if unknown:
        sys.exit("make train: no trained example is called %s; there are %s" % (unknown[0], ", ".join(MADE)))
    missing = [PACKAGE.get(m, m) for m in NEEDED if not present(m)]
    if missing:
        sys.exit("make train: missing for Python: %s; install with: pip install %s" % (
            ", ".join(missing), " ".join(missing)))
    for name in a.names or MADE:
        print("making", name, flush=True)
        subprocess.run([sys.executable, os.path.join(HERE, MADE[name]), "--work", os.path.join(a.work, name)],
                       check=True)


if __name__ == "__main__":
    main()
