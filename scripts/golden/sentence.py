"""Tiny random sentence encoders: every pooling, dense layers, scaling, by sentence-transformers.

The vector is taken from the reference's modules; the encoder's own values are in tests/golden/bert.
"""
import json
import os
import shutil

import torch
from sentence_transformers import SentenceTransformer
from transformers import BertModel

from .bert import draw_inputs, fill
from .common import GOLDEN, versions, write_json, write_tensors
from transformers import BertConfig

FOLDER = os.path.join(GOLDEN, "sentence")
OLD = {"cls": "cls_token", "max": "max_tokens", "mean": "mean_tokens", "mean_sqrt_len_tokens": "mean_sqrt_len_tokens",
       "weightedmean": "weightedmean_tokens", "lasttoken": "lasttoken"}
SIZES = {"vocab_size": 31, "hidden_size": 12, "num_hidden_layers": 1, "num_attention_heads": 3, "intermediate_size": 10,
         "max_position_embeddings": 16}

CASES = {
    "cls": {"modes": ["cls"], "seed": 1},
    "max": {"modes": ["max"], "seed": 2, "old": True},
    "mean": {"modes": ["mean"], "seed": 3, "unit": True},
    "sqrt": {"modes": ["mean_sqrt_len_tokens"], "seed": 4, "old": True},
    "weighted": {"modes": ["weightedmean"], "seed": 5, "inner": "0_Transformer"},
    "last": {"modes": ["lasttoken"], "seed": 6, "dense": [(7, "torch.nn.modules.activation.Tanh", True)]},
    "all": {"modes": list(OLD), "seed": 7, "old": True, "unit": True,
            "dense": [(9, "torch.nn.modules.linear.Identity", False), (5, "torch.nn.modules.activation.Sigmoid", True)]},
    "two": {"modes": ["max", "cls"], "seed": 8},
}


def write_modules(case, folder, draw):
    """modules.json and the folders of everything after the encoder."""
    inner = case.get("inner", "")
    listed = [("Transformer", inner), ("Pooling", "1_Pooling")]
    pooling = {"word_embedding_dimension": SIZES["hidden_size"]}
    if case.get("old"):
        pooling |= {f"pooling_mode_{key}": mode in case["modes"] for mode, key in OLD.items()}
    else:
        pooling |= {"pooling_mode": case["modes"] if len(case["modes"]) > 1 else case["modes"][0]}
    write_json(os.path.join(folder, "1_Pooling", "config.json"), pooling)
    width = SIZES["hidden_size"] * len(case["modes"])
    for out, activation, bias in case.get("dense", []):
        name = f"{len(listed)}_Dense"
        write_json(os.path.join(folder, name, "config.json"),
                   {"in_features": width, "out_features": out, "bias": bias, "activation_function": activation})
        weights = {"linear.weight": torch.randn(out, width, generator=draw) * width ** -0.5}
        if bias:
            weights["linear.bias"] = 0.3 * torch.randn(out, generator=draw)
        write_tensors(os.path.join(folder, name, "model.safetensors"), weights, {"format": "pt"})
        listed.append(("Dense", name))
        width = out
    if case.get("unit"):
        listed.append(("Normalize", f"{len(listed)}_Normalize"))
    write_json(os.path.join(folder, "modules.json"),
               [{"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
                for i, (kind, path) in enumerate(listed)])


def write_encoder(case, folder):
    config = BertConfig(**SIZES)
    model = BertModel(config, add_pooling_layer=False).eval()
    fill(model, case["seed"])
    write_tensors(os.path.join(folder, "model.safetensors"), dict(model.named_parameters()), {"format": "pt"})
    write_json(os.path.join(folder, "config.json"),
               {"architectures": ["BertModel"], "model_type": "bert", "hidden_act": "gelu", "layer_norm_eps": 1e-12,
                "type_vocab_size": 2, **SIZES})
    write_json(os.path.join(folder, "sentence_bert_config.json"), {"max_seq_length": 14, "do_lower_case": False})
    return config


def add_tokenizer(folder):
    """The reference wants one to open the folder; no text goes through it here."""
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + [f"w{i}" for i in range(SIZES["vocab_size"] - 5)]
    with open(os.path.join(folder, "vocab.txt"), "w", encoding="utf-8") as out:
        out.write("\n".join(words) + "\n")
    write_json(os.path.join(folder, "tokenizer_config.json"), {"tokenizer_class": "BertTokenizer", "do_lower_case": False})


@torch.no_grad()
def embed(model, ids, mask):
    features = {"input_ids": ids, "attention_mask": mask, "token_type_ids": torch.zeros_like(ids)}
    return model(features)["sentence_embedding"]


def make(names):
    for name in names or CASES:
        case, folder = CASES[name], os.path.join(FOLDER, name)
        shutil.rmtree(folder, ignore_errors=True)
        encoder = os.path.join(folder, case.get("inner", "")).rstrip("/")
        config = write_encoder(case, encoder)
        write_modules(case, folder, torch.Generator().manual_seed(50 + case["seed"]))
        add_tokenizer(encoder)
        model = SentenceTransformer(folder, device="cpu").eval()
        inputs = [ids for ids, _ in draw_inputs(config, case["seed"])]
        width = max(map(len, inputs))
        ids = torch.tensor([row + [0] * (width - len(row)) for row in inputs])
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in inputs])
        vectors = embed(model, ids, mask)
        for i, row in enumerate(inputs):
            worst = (embed(model, torch.tensor([row]), torch.ones(1, len(row), dtype=torch.long))[0] - vectors[i]).abs().max()
            if worst > 1e-5:
                raise SystemExit(f"sentence/{name}: input {i} in a batch differs by {worst}")
        write_tensors(os.path.join(folder, "expected.safetensors"), {"source_ids": ids, "source_mask": mask, "embedding": vectors},
                      {"case": name, "inputs": json.dumps(inputs), **versions()})
        for base, _, files in os.walk(folder):
            for file in files:
                os.chmod(os.path.join(base, file), 0o644)
        print(f"sentence/{name}: {tuple(vectors.shape)}")
