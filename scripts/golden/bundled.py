"""The bundled model on real sentences: 64 numbers of every site of each, and what the searches say."""
import json
import os
import warnings

import torch
from transformers import MarianMTModel, MarianTokenizer
from transformers.utils import logging

from . import generate, text
from .common import GOLDEN, ROOT, versions, write_json, write_tensors
from .sites import sites_of

warnings.filterwarnings("ignore")
logging.set_verbosity_error()
logging.disable_progress_bar()
MODEL = os.path.join(ROOT, "examples", "models", "fa-en")
SENTENCES = os.path.join(ROOT, "examples", "sentences.fa-en.tsv")
FIRST = "علی به مدرسه می‌رود"
SAMPLES, COUNT = 64, 20


def sentences():
    """The first of the course, then COUNT others, spread evenly over the file."""
    lines = text.PERSIAN.splitlines() + text.PERSIAN_HARD
    if os.path.exists(SENTENCES):
        with open(SENTENCES, encoding="utf-8") as file:
            lines = [line.split("\t")[0].strip() for line in file if line.strip() and not line.startswith("#")]
    lines = [line for line in dict.fromkeys(lines) if line and line != FIRST]
    step = max(1, len(lines) // COUNT)
    return [FIRST] + lines[::step][:COUNT]


def sampled(value):
    """64 numbers at (k * 2654435761 + 12345) mod n, the largest finite magnitude, and n."""
    flat = value.flatten()
    where = torch.tensor([(k * 2654435761 + 12345) % len(flat) for k in range(SAMPLES)])
    finite = flat[torch.isfinite(flat)]
    return torch.cat([flat[where], finite.abs().max()[None], torch.tensor([float(len(flat))])])


def searches(model, others, tokenizer, source):
    rows, room = [], model.config.max_position_embeddings - 1
    for width in (1, 4):
        options = {"num_beams": width, "max_new_tokens": min(60, room)}
        if width > 1:
            options["length_penalty"] = model.generation_config.length_penalty or 1.0
            options["early_stopping"] = model.generation_config.early_stopping or False
        row = generate.one(model, source, [], options)
        row["stable"] = all(generate.found(generate.one(other, source, [], options)) == generate.found(row)
                            for other in others)
        row["text"] = tokenizer.decode(row["ids"], skip_special_tokens=True)
        for beam in row.get("beams", []):
            beam["text"] = tokenizer.decode(beam["ids"], skip_special_tokens=True)
        rows.append(row)
    return rows


def make(arguments):
    folder = arguments[0] if arguments else MODEL
    if not os.path.exists(os.path.join(folder, "config.json")):
        raise SystemExit(f"no model in {folder}: train it first (scripts/train)")
    model = MarianMTModel.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    tokenizer = MarianTokenizer.from_pretrained(folder)
    others = [generate.shaken(model, 1e-5, seed) for seed in (1, 2)]
    columns, rows = {}, []
    for string in sentences():
        source = tokenizer(string).input_ids
        found = searches(model, others, tokenizer, source)
        said = [i for i in found[0]["ids"] if i != model.config.eos_token_id]
        decoder = [model.config.decoder_start_token_id] + said
        for site, value in sites_of(model, torch.tensor([source]), torch.tensor([decoder])).items():
            columns.setdefault(site, []).append(sampled(value))
        rows += [{"text_in": string, "decoder_ids": decoder} | row for row in found]
        print(f"{string}  ->  {found[0]['text']}")
    out = os.path.join(GOLDEN, "bundled")
    write_tensors(os.path.join(out, "expected.safetensors"), {k: torch.stack(v) for k, v in columns.items()},
                  {"source_ids": json.dumps([row["source"] for row in rows[::2]]),
                   "decoder_ids": json.dumps([row["decoder_ids"] for row in rows[::2]]),
                   "samples": SAMPLES, **versions()})
    write_json(os.path.join(out, "generate.json"), rows)
