"""Writing files so that the same values give the same bytes."""
import json
import os
import struct

import numpy
import torch
from safetensors.torch import load, save

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
GOLDEN = os.path.join(ROOT, "tests", "golden")


def versions():
    import safetensors
    import sentencepiece
    import transformers
    return {"torch": torch.__version__, "transformers": transformers.__version__,
            "safetensors": safetensors.__version__, "sentencepiece": sentencepiece.__version__}


def write_bytes(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as out:
        out.write(data)


def write_tensors(path, tensors, metadata):
    """The library writes the keys of __metadata__ in random order; sort them after it."""
    tensors = {name: value.detach().contiguous() for name, value in tensors.items()}
    data = save(tensors, metadata={key: str(value) for key, value in metadata.items()})
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + size])
    header["__metadata__"] = dict(sorted(header["__metadata__"].items()))
    text = json.dumps(header, separators=(",", ":")).encode("utf-8")
    text += b" " * (-len(text) % 8)
    data = struct.pack("<Q", len(text)) + text + data[8 + size:]
    again = load(data)
    for name, value in tensors.items():
        same = torch.equal(again[name], value) or value.is_floating_point() and numpy.array_equal(
            again[name].numpy(), value.numpy(), equal_nan=True)
        if not same:
            raise SystemExit(f"{path}: {name} did not survive writing")
    write_bytes(path, data)


def write_json(path, value):
    """A list is written one element a line, so that a difference is a line."""
    if isinstance(value, list):
        rows = [json.dumps(row, ensure_ascii=False) for row in value]
        text = "[\n" + ",\n".join(rows) + "\n]\n"
    else:
        text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    write_bytes(path, text.encode("utf-8"))


def write_lines(path, rows):
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    write_bytes(path, text.encode("utf-8"))
