"""Positions by formula as the reference library computes them: T5's buckets, Llama's rotations, Marian's sinusoids."""
import os

import torch
from transformers import LlamaConfig
from transformers.models.llama.modeling_llama import LlamaRotaryEmbedding, apply_rotary_pos_emb
from transformers.models.marian.modeling_marian import MarianSinusoidalPositionalEmbedding
from transformers.models.t5.modeling_t5 import T5Attention

from .common import GOLDEN, write_json

REACH = 300


def buckets():
    """Of the distances -REACH .. REACH (key position - query position)."""
    distance = torch.arange(-REACH, REACH + 1)[None]
    rows = []
    for both in (True, False):
        for count, most in ((32, 128), (32, 20), (8, 16), (16, 256), (4, 3), (64, 1000), (6, 40)):
            row = T5Attention._relative_position_bucket(distance, bidirectional=both, num_buckets=count, max_distance=most)
            rows.append({"both": both, "buckets": count, "max_distance": most, "reach": REACH, "row": row[0].tolist()})
    return rows


def rounded(values):
    return [float(f"{x:.7g}") for x in values]


def rotations():
    rows = []
    for width, base in ((2, 10000.0), (8, 10000.0), (6, 500.0)):
        draw = torch.Generator().manual_seed(width)
        config = LlamaConfig(hidden_size=width, num_attention_heads=1, head_dim=width, max_position_embeddings=64,
                             rope_parameters={"rope_type": "default", "rope_theta": base})
        x = torch.randn(1, 1, 1, width, generator=draw)
        for position in (0, 1, 5, 63):
            cos, sin = LlamaRotaryEmbedding(config)(x, torch.tensor([[position]]))
            turned, _ = apply_rotary_pos_emb(x, x, cos, sin)
            rows.append({"width": width, "base": base, "position": position, "x": rounded(x.flatten().tolist()),
                         "turned": rounded(turned.flatten().tolist())})
    return rows


def sinusoids():
    rows = []
    for width in (8, 6):
        table = MarianSinusoidalPositionalEmbedding(40, width)
        weight = table.create_weight() if hasattr(table, "create_weight") else table._init_weight()
        weight = table.weight.data if weight is None else weight
        for position in (0, 1, 2, 39):
            rows.append({"width": width, "position": position, "row": rounded(weight[position].tolist())})
    return rows


def make():
    kinds = {"bucket": buckets(), "rotary": rotations(), "sinusoid": sinusoids()}
    rows = [{"kind": kind, **row} for kind, some in kinds.items() for row in some]
    write_json(os.path.join(GOLDEN, "positions", "expected.json"), rows)
    print(f"positions: {len(rows)} rows")
