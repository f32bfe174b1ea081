"""Tiny random BERTs of unusual sizes with the value of every site, by the reference library.

Weights are written with the names that files of different age have; the reference never sees those
names, only the same numbers.
"""
import json
import os
import shutil

import torch
from transformers import (BertConfig, BertForMaskedLM, BertForNextSentencePrediction, BertForPreTraining, BertModel)

from .common import GOLDEN, versions, write_json, write_tensors
from .sites import Recorder, attention, check

FOLDER = os.path.join(GOLDEN, "bert")
PARTS = ("self.query", "self.key", "self.value", "output.dense")

CASES = {
    "full-3h": {
        "kind": BertForPreTraining, "seed": 3, "batch": True,
        "config": {"vocab_size": 61, "hidden_size": 24, "num_hidden_layers": 2, "num_attention_heads": 3,
                   "intermediate_size": 37, "max_position_embeddings": 40}},
    "masked-untied": {
        "kind": BertForMaskedLM, "seed": 4, "batch": True,
        "config": {"vocab_size": 47, "hidden_size": 25, "num_hidden_layers": 3, "num_attention_heads": 5,
                   "intermediate_size": 19, "max_position_embeddings": 33, "hidden_act": "relu", "type_vocab_size": 3,
                   "layer_norm_eps": 1e-5, "tie_word_embeddings": False}},
    "next-f16": {
        "kind": BertForNextSentencePrediction, "seed": 5, "dtype": torch.float16,
        "config": {"vocab_size": 29, "hidden_size": 14, "num_hidden_layers": 1, "num_attention_heads": 2,
                   "intermediate_size": 45, "max_position_embeddings": 16, "hidden_act": "silu"}},
    "encoder-alone": {
        "kind": BertModel, "seed": 6,
        "config": {"vocab_size": 33, "hidden_size": 21, "num_hidden_layers": 2, "num_attention_heads": 7,
                   "intermediate_size": 8, "max_position_embeddings": 18, "hidden_act": "gelu_new",
                   "type_vocab_size": 1}},
    "old-names": {
        "kind": BertForPreTraining, "seed": 7, "old": True,
        "config": {"vocab_size": 35, "hidden_size": 18, "num_hidden_layers": 2, "num_attention_heads": 3,
                   "intermediate_size": 31, "max_position_embeddings": 24}},
    "no-pooler": {
        "kind": BertModel, "seed": 8, "old": True, "pooler": False,
        "config": {"vocab_size": 35, "hidden_size": 10, "num_hidden_layers": 1, "num_attention_heads": 1,
                   "intermediate_size": 12, "max_position_embeddings": 24, "hidden_act": "tanh"}},
}


def fill(model, seed):
    """Random everything: norms are not 1 and 0, biases not 0. Large enough for uneven attention."""
    draw = torch.Generator().manual_seed(seed)
    for name, value in sorted(dict(model.named_parameters(remove_duplicate=True)).items()):
        noise = torch.randn(value.shape, generator=draw)
        if "LayerNorm.weight" in name:
            noise = 1 + 0.3 * noise
        elif name.endswith("bias"):
            noise = 0.2 * noise
        elif "embeddings" in name:
            noise = 0.6 * noise
        else:
            noise = 1.4 * noise * value.shape[-1] ** -0.5
        value.data.copy_(noise)


def old_name(name):
    """Names of the first release."""
    return name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta")


def written(model, case):
    """The tensors as the folder's file has them."""
    names = dict(model.named_parameters(remove_duplicate=True))
    tensors = {name: value.detach() for name, value in names.items()
               if case.get("pooler", True) or not name.startswith("pooler.")}
    if case.get("old"):
        tensors = {old_name(name): value for name, value in tensors.items()}
        prefix = "bert." if any(name.startswith("bert.") for name in tensors) else ""
        tensors[prefix + "embeddings.position_ids"] = torch.arange(model.config.max_position_embeddings)[None]
        if "cls.predictions.bias" in tensors:  # tied, and written out all the same
            tensors["cls.predictions.decoder.weight"] = tensors["bert.embeddings.word_embeddings.weight"].clone()
            tensors["cls.predictions.decoder.bias"] = tensors.pop("cls.predictions.bias")
    return tensors


def save(name, case, folder):
    """Writes the model folder; returns the model with exactly the numbers that were written."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    config = BertConfig(**case["config"], attn_implementation="eager")
    model = case["kind"](config).eval()
    fill(model, case["seed"])
    model.to(case.get("dtype", torch.float32))
    write_tensors(os.path.join(folder, "model.safetensors"), written(model, case), {"format": "pt"})
    described = json.loads(config.to_json_string(use_diff=False))
    described |= {"architectures": [case["kind"].__name__], "model_type": "bert"}
    kept = ("architectures", "hidden_act", "hidden_size", "intermediate_size", "is_decoder", "layer_norm_eps",
            "max_position_embeddings", "model_type", "num_attention_heads", "num_hidden_layers", "pad_token_id",
            "tie_word_embeddings", "type_vocab_size", "vocab_size")
    if case.get("old"):  # the files of the first release said less
        kept = [key for key in kept if key not in ("architectures", "is_decoder", "tie_word_embeddings")]
    write_json(os.path.join(folder, "config.json"), {key: described[key] for key in kept})
    return model.float()


def layer(sites, record, module, i, heads, weights, seen):
    prefix = f"enc.{i}"
    attention(sites, record, f"{module}.attention", "self", prefix, heads, weights, seen, PARTS)
    for number, norm, before, added, stream in ((1, "attention.output", "resid_pre", "self.out", "resid_mid"),
                                                (2, "output", "resid_mid", "mlp.out", "resid_post")):
        if number == 2:
            sites[f"{prefix}.mlp.pre"] = record.left[f"{module}.intermediate.dense"]
            sites[f"{prefix}.mlp.post"] = record.entered[f"{module}.output.dense"]
            sites[f"{prefix}.mlp.out"] = record.left[f"{module}.output.dense"]
        total = record.entered[f"{module}.{norm}.LayerNorm"]
        check(f"{prefix}.norm{number}.in", sites[f"{prefix}.{before}"] + sites[f"{prefix}.{added}"], total)
        sites[f"{prefix}.norm{number}.in"] = total
        sites[f"{prefix}.norm{number}"] = record.left[f"{module}.{norm}.LayerNorm"]
        sites[f"{prefix}.{stream}"] = sites[f"{prefix}.norm{number}"]


def heads_of(sites, record, stem):
    """What stands on the encoder: pooler, masked tokens, next sentence."""
    if f"{stem}pooler.dense" in record.left:
        sites["pooled.first"] = record.entered[f"{stem}pooler.dense"]
        sites["pooled.pre"] = record.left[f"{stem}pooler.dense"]
        sites["pooled"] = record.left[f"{stem}pooler.activation"]
    if "cls.predictions.decoder" in record.left:
        sites["mlm.pre"] = record.left["cls.predictions.transform.dense"]
        sites["mlm.post"] = record.entered["cls.predictions.transform.LayerNorm"]
        sites["mlm.norm"] = record.left["cls.predictions.transform.LayerNorm"]
        sites["mlm.logits"] = record.left["cls.predictions.decoder"]
        sites["mlm.probs"] = torch.softmax(sites["mlm.logits"], -1)
    for name in ("cls.seq_relationship", "cls"):  # the second where the head is all there is
        if isinstance(record.left.get(name), torch.Tensor) and record.left[name].shape[-1] == 2:
            sites["nsp.logits"] = record.left[name]
            sites["nsp.probs"] = torch.softmax(record.left[name], -1)
            break


@torch.no_grad()
def sites_of(model, ids, segments, mask=None):
    """ids, segments: int64 [B, S]; mask [B, S] of 0 and 1. Returns site -> tensor."""
    mask = torch.ones_like(ids) if mask is None else mask
    record = Recorder(model)
    out = model(input_ids=ids, token_type_ids=segments, attention_mask=mask, output_attentions=True,
                output_hidden_states=True)
    record.close()
    stem = "" if isinstance(model, BertModel) else "bert."
    config, sites, seen = model.config, {}, mask.bool()[:, None, None, :]
    part = f"{stem}embeddings"
    sites["enc.embed"] = record.left[f"{part}.word_embeddings"]
    sites["enc.segment"] = record.left[f"{part}.token_type_embeddings"]
    sites["enc.pos"] = record.left[f"{part}.position_embeddings"].expand_as(sites["enc.embed"])
    sites["enc.embed_segment"] = sites["enc.embed"] + sites["enc.segment"]
    sites["enc.norm.in"] = record.entered[f"{part}.LayerNorm"]
    check("enc.norm.in", sites["enc.embed_segment"] + sites["enc.pos"], sites["enc.norm.in"])
    stream = sites["enc.norm"] = record.left[f"{part}.LayerNorm"]
    for i in range(config.num_hidden_layers):
        check(f"enc.{i}.resid_pre", stream, out.hidden_states[i])
        sites[f"enc.{i}.resid_pre"] = out.hidden_states[i]
        layer(sites, record, f"{stem}encoder.layer.{i}", i, config.num_attention_heads, out.attentions[i], seen)
        stream = sites[f"enc.{i}.resid_post"]
    sites["enc.out"] = out.hidden_states[-1]
    check("enc.out", stream, sites["enc.out"])
    heads_of(sites, record, stem)
    return {name: value.detach().to(torch.float32).contiguous().clone() for name, value in sites.items()}


def draw_inputs(config, seed):
    """Four inputs, of 7, 3, 12 and 1 tokens, and a segment for each token, the later ones in the later."""
    draw, inputs = torch.Generator().manual_seed(1000 + seed), []
    for count in (7, 3, 12, 1):
        ids = torch.randint(config.vocab_size, (count,), generator=draw).tolist()
        inputs.append((ids, [i * config.type_vocab_size // count for i in range(count)]))
    return inputs


def write_batch(name, folder, model, inputs):
    """Three inputs of unequal length; what is real equals the single run."""
    rows = [inputs[1], inputs[2], inputs[0]]
    width = max(len(ids) for ids, _ in rows)
    pad = [[0] * (width - len(ids)) for ids, _ in rows]
    source = torch.tensor([ids + more for (ids, _), more in zip(rows, pad)])
    segments = torch.tensor([kinds + more for (_, kinds), more in zip(rows, pad)])
    mask = torch.tensor([[1] * len(ids) + more for (ids, _), more in zip(rows, pad)])
    sites = sites_of(model, source, segments, mask)
    for i, (ids, kinds) in enumerate(rows):
        single = sites_of(model, torch.tensor([ids]), torch.tensor([kinds]))
        worst = (sites["enc.out"][i, :len(ids)] - single["enc.out"][0]).abs().max().item()
        if worst > 2e-5:
            raise SystemExit(f"{name}: enc.out of input {i} in a batch differs by {worst}")
    wanted = ("enc.segment", "enc.0.self.scores", "enc.0.self.pattern", "enc.1.self.z", "enc.out", "pooled",
              "mlm.logits", "nsp.logits")
    write_tensors(os.path.join(folder, "batch.safetensors"),
                  {"source_ids": source, "source_mask": mask, "segments": segments,
                   **{site: sites[site] for site in wanted if site in sites}}, {"case": name, **versions()})


def make(names):
    for name in names or CASES:
        case, folder = CASES[name], os.path.join(FOLDER, name)
        model = save(name, case, folder)
        inputs = draw_inputs(model.config, case["seed"])
        ids, segments = inputs[0]
        sites = sites_of(model, torch.tensor([ids]), torch.tensor([segments]))
        if not case.get("pooler", True):
            sites = {site: value for site, value in sites.items() if not site.startswith("pooled")}
        write_tensors(os.path.join(folder, "expected.safetensors"), sites,
                      {"case": name, "source_ids": json.dumps(ids), "segments": json.dumps(segments), **versions()})
        if case.get("batch"):
            write_batch(name, folder, model, inputs)
        for file in os.listdir(folder):
            os.chmod(os.path.join(folder, file), 0o644)
        print(f"bert/{name}: {sum(os.path.getsize(os.path.join(folder, f)) for f in os.listdir(folder))} bytes")
