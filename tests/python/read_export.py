"""What `export` writes opens elsewhere: examples/read_export.py reads every format, and its numbers
are those that the program prints. usage: read_export.py RASAD"""
import importlib.util
import json
import os
import struct
import subprocess
import sys
import tempfile

START = ["input --ids 80,98,14,0", "prefix --ids 5", "forward"]
SITE = "enc.0.self.pattern.h1"  # two axes are left of it
# file, what it takes to read it, what was exported
FILES = [("all.safetensors", "numpy safetensors", "*"), ("all.npz", "numpy", "*"), ("one.npy", "numpy", SITE),
         ("one.csv", "numpy pandas", SITE), ("two.json", "numpy", SITE + " enc.out")]


def rasad(program, *lines):
    done = subprocess.run([program, "-q", "-n", "--json", "-m", "tests/golden/marian/swish-3h"],
                          input="\n".join([*START, *lines]) + "\n", capture_output=True, text=True, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def numbers(x):
    return [v for part in x for v in numbers(part)] if isinstance(x, list) else [struct.pack("<f", float(x))]


def check(program, example, path, sites):
    rasad(program, "export %s %s" % (path, sites))
    arrays, about = example.read(path)
    names = [path] if path.endswith((".npy", ".csv")) else ["enc.out"]
    for name in names:
        printed = rasad(program, "print " + (SITE if name == path else name))
        assert printed["shape"][-2:] == list(arrays[name].shape)[-2:], (printed["shape"], arrays[name].shape)
        assert numbers(printed["data"]) == numbers(arrays[name].tolist()), name
    if path.endswith(".safetensors"):
        assert json.loads(about["source_ids"]) == [80, 98, 14, 0], about
        assert set(json.loads(about["axes"])) == set(arrays)
    shown = subprocess.run([sys.executable, "examples/read_export.py", path], capture_output=True, text=True,
                           check=True, env={**os.environ, "PYTHONIOENCODING": "utf-8"}).stdout
    assert len(shown.splitlines()) == len(arrays) + ("source_tokens" in about), shown


def main():
    program, failed = os.path.abspath(sys.argv[1]), 0
    spec = importlib.util.spec_from_file_location("example", "examples/read_export.py")
    example = importlib.util.module_from_spec(spec)
    sys.argv[1:] = []
    spec.loader.exec_module(example)
    print("1..%d" % len(FILES))
    with tempfile.TemporaryDirectory() as folder:
        for i, (name, modules, sites) in enumerate(FILES):
            absent = [m for m in modules.split() if importlib.util.find_spec(m) is None]
            if absent:
                print("ok %d # SKIP %s: no %s here" % (i + 1, name, " ".join(absent)))
                continue
            try:
                check(program, example, os.path.join(folder, name), sites)
                print("ok %d - %s" % (i + 1, name))
            except Exception as e:
                failed += 1
                print("# %s: %s\nnot ok %d - %s" % (type(e).__name__, e, i + 1, name))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
