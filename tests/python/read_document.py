"""A document (`save session FILE.safetensors`) reads with safetensors and json alone, and says what
the program prints of the same session. usage: read_document.py RASAD"""
import importlib.util
import json
import math
import os
import struct
import subprocess
import sys
import tempfile

START = ["input علی به مدرسه می‌رود", "run --beam 3", "save-run beams", "note سر دوم", "run", "remit 2", "choose #2",
         "continue"]
# enough of each kind: embeddings, a projection, patterns, the feed-forward layer, logits
SITES = ["enc.embed", "enc.1.self.q", "dec.1.self.pattern", "dec.2.cross.pattern", "dec.0.mlp.post", "logits"]


def rasad(program, *lines):
    """The data of each line."""
    done = subprocess.run([program, "-q", "-n", "--json", "-m", "examples/models/fa-en"],
                          input="\n".join([*START, *lines]) + "\n", capture_output=True, text=True, check=True)
    return [json.loads(x) for x in done.stdout.strip().splitlines()]


def numbers(x):
    return [v for part in x for v in numbers(part)] if isinstance(x, list) else [struct.pack("<f", float(x))]


class Tests:
    def __init__(self, program, folder):
        from safetensors import safe_open
        self.path = os.path.join(folder, "s.rasad.safetensors")
        prints = ["print " + site for site in SITES]
        said = rasad(program, "tokens src", "tokens tgt", *prints, "save session " + self.path)
        self.beams = said[1]
        self.run, (self.source, self.target) = said[len(START) - 1], said[len(START):len(START) + 2]
        self.printed = dict(zip(SITES, said[len(START) + 2:]))
        self.step = rasad(program, "remit 3", "topk 5")[-1]
        with safe_open(self.path, "numpy") as f:
            about = f.metadata()
            self.values = {name: f.get_tensor(name) for name in f.keys()}
        self.axes, self.document = json.loads(about["axes"]), json.loads(about["document"])

    def test_tokens(self):
        d = self.document
        assert d["source"]["text"] == self.source["text"]
        pieces = d["pieces"]["source"]
        spans = [(t["id"], pieces[str(t["id"])], t["start"], t["end"], t["special"]) for t in d["source"]["tokens"]]
        none = lambda v: -1 if v is None else v
        assert spans == [(t["id"], t["piece"], none(t["start"]), none(t["end"]), t["special"])
                         for t in self.source["tokens"]], spans

    def test_choices(self):
        run, pieces = self.document["run"], self.document["pieces"]["target"]
        ids = run["prompt"] + [c["id"] for c in run["choices"]]
        assert ids == self.target["ids"], ids
        assert [pieces[str(i)] for i in ids] == [t["piece"] for t in self.target["tokens"]]
        assert run["hypotheses"][0]["text"] == self.run["text"] and run["over"], run["hypotheses"]
        assert abs(run["score"] - self.run["score"]) < 1e-9
        assert abs(sum(c["logp"] for c in run["choices"]) - run["score"]) < 1e-6
        assert [c["forced"] for c in run["choices"]] == [i == self.forced() for i in range(len(run["choices"]))]

    def forced(self):
        return next(i for i, c in enumerate(self.document["run"]["choices"]) if c["id"] != c["candidates"][0][0])

    def test_candidates(self):
        kept = self.document["run"]["choices"][self.step["step"]]["candidates"][:5]
        assert [c[0] for c in kept] == [c["id"] for c in self.step["candidates"]], kept
        assert all(abs(c[1] - x["logp"]) < 1e-6 for c, x in zip(kept, self.step["candidates"]))

    def test_values(self):
        assert set(self.values) == set(self.axes)
        assert {k.split("/")[0] for k in self.values if "/" in k} == {"beams"}
        for site, said in self.printed.items():
            assert self.axes[site] == said["axes"], site
            assert list(self.values[site].shape) == said["shape"], site
            assert numbers(self.values[site].tolist()) == numbers(said["data"]), site

    def test_named_run(self):
        named, = self.document["runs"]
        run, logits = named["run"], self.values["beams/logits"]
        assert named["name"] == "beams" and run["changes"] == ""
        assert named["source"]["text"] == self.source["text"]
        assert [t["id"] for t in named["source"]["tokens"]] == [t["id"] for t in self.source["tokens"]]
        said = [(b["ids"], b["text"]) for b in self.beams["beams"]]
        assert run["beams"]["width"] == 3
        assert [(h["ids"], h["text"]) for h in run["hypotheses"]] == said, run["hypotheses"]
        assert logits.shape[1] == len(run["prompt"]) + len(run["choices"]) - 1
        for i, c in enumerate(run["choices"]):  # the values are those of the best sentence
            row = logits[0, len(run["prompt"]) - 1 + i].astype("float64")
            row -= math.log(sum(map(math.exp, row)))
            assert abs(row[c["id"]] - c["logp"]) < 1e-6, (i, c)

    def test_words(self):
        assert self.document["lines"][:len(START)] == START, self.document["lines"]
        assert self.document["notes"] == ["سر دوم"]

    def test_example(self):
        shown = subprocess.run([sys.executable, "examples/read_export.py", self.path], capture_output=True, text=True,
                               check=True, env={**os.environ, "PYTHONIOENCODING": "utf-8"}).stdout.splitlines()
        assert len(shown) == len(self.values) + 1 and shown[0].endswith(
            "  ".join([self.document["source"]["text"], "->", self.run["text"]])), shown[:2]


def main():
    if importlib.util.find_spec("safetensors") is None or importlib.util.find_spec("numpy") is None:
        print("1..1\nok 1 # SKIP no safetensors and numpy here")
        return False
    names, failed = [n for n in vars(Tests) if n.startswith("test_")], 0
    with tempfile.TemporaryDirectory() as folder:
        tests = Tests(os.path.abspath(sys.argv[1]), folder)
        print("1..%d" % len(names))
        for i, name in enumerate(names):
            try:
                getattr(tests, name)()
                print("ok %d - %s" % (i + 1, name))
            except Exception as e:
                failed += 1
                print("# %s: %s\nnot ok %d - %s" % (type(e).__name__, e, i + 1, name))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
