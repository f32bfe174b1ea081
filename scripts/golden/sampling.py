"""Probabilities after temperature, top-k and top-p, for given logits: sampling without the random part."""
import os

import torch
from transformers import TemperatureLogitsWarper, TopKLogitsWarper, TopPLogitsWarper

from .common import GOLDEN, write_json


def processed(logits, temperature, top_k, top_p):
    """The order of the reference's generate(): temperature, then top-k, then top-p, then softmax."""
    scores = logits[None]
    if temperature != 1.0:
        scores = TemperatureLogitsWarper(temperature)(None, scores)
    if top_k:
        scores = TopKLogitsWarper(top_k)(None, scores)
    if top_p < 1.0:
        scores = TopPLogitsWarper(top_p)(None, scores)
    return torch.softmax(scores.double(), -1)[0]


def vectors():
    draw = torch.Generator().manual_seed(3)
    tied = torch.tensor([2.0, 1.0, 1.0, 1.0, 0.5, 0.5, -1.0, -3.0])
    masked = torch.randn(12, generator=draw)
    masked[[2, 11]] = float("-inf")
    return {"flat": torch.zeros(6), "peaked": torch.tensor([0.0, 12.0, -4.0, 1.0, 3.0]), "tied": tied,
            "one": torch.tensor([0.7]), "masked": masked, "wide": 2.5 * torch.randn(40, generator=draw),
            "large": 80 * torch.randn(20, generator=draw)}


def make():
    rows = []
    for name, logits in vectors().items():
        for temperature in (1.0, 0.5, 1.7):
            for top_k, top_p in ((0, 1.0), (1, 1.0), (3, 1.0), (50, 1.0), (0, 0.9), (0, 0.3), (5, 0.8)):
                if top_p < 1.0 and name in ("flat", "tied"):
                    continue        # which of equal tokens top-p keeps is left to the sort of the library
                probs = processed(logits, temperature, top_k, top_p).tolist()
                rows.append({"name": name, "temperature": temperature, "top_k": top_k, "top_p": top_p,
                             "logits": [None if x == float("-inf") else round(x, 9) for x in logits.tolist()],
                             "probs": [float(f"{x:.9g}") for x in probs]})
    write_json(os.path.join(GOLDEN, "sampling", "processed.json"), rows)
    print(f"sampling: {len(rows)} vectors")
