"""Reads what `export` and `save session` wrote: python3 examples/read_export.py FILE...

    rasad> export all.safetensors *
    rasad> export attention.npz *.pattern
    rasad> export h2.csv dec.1.cross.pattern.h2
    rasad> save session s.safetensors
"""
import json
import sys


def read(path):
    """Names and arrays, and the metadata where the format has some."""
    if path.endswith(".safetensors"):
        from safetensors import safe_open  # axes, tokens and ids of both sides are in the metadata
        with safe_open(path, "numpy") as f:
            return {name: f.get_tensor(name) for name in f.keys()}, f.metadata()
    import numpy
    if path.endswith(".npz"):
        return dict(numpy.load(path)), {}
    if path.endswith(".npy"):
        return {path: numpy.load(path)}, {}
    if path.endswith(".csv"):
        import pandas
        return {path: pandas.read_csv(path, header=None).to_numpy("float32")}, {}
    with open(path, encoding="utf-8") as f:  # .json
        sites = json.load(f)["sites"]
    return {s["site"]: numpy.array(s["data"], "float32") for s in sites}, {}


for path in sys.argv[1:]:
    arrays, about = read(path)
    if "source_tokens" in about:
        print(path, *json.loads(about["source_tokens"]))
    if "document" in about:  # tokens, choices with their candidates, notes and more
        session = json.loads(about["document"])
        print(path, session["source"]["text"], "->", session["run"]["hypotheses"][0]["text"], sep="  ")
    for name, x in sorted(arrays.items()):
        print(f"{path}  {name}  {list(x.shape)}  sum {x.sum(dtype='float64'):.6f}")
