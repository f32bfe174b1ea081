"""What the reference chooses from made-up logits: writes tests/golden/choices.jsonl.

    python3 -m golden.choices        (in scripts/)

The logits are a hash of seed, previous token, length and token (fine enough for no ties), the same in tests/unit/engine/gen_test.c,
so that every rule and option of the searches is tried without a model.
"""
import itertools
import json
import os

import torch
from transformers import GenerationConfig, GenerationMixin, PretrainedConfig, PreTrainedModel, StoppingCriteriaList
from transformers.modeling_outputs import CausalLMOutput

from golden.common import GOLDEN

VOCAB, START, PAD = 24, 23, 22
NEVER = -1e8


def logit(seed, previous, length, token):
    h = (seed * 2654435761 + previous * 40503 + length * 69069 + token * 1566083941 + 12345) & 0xFFFFFFFF
    h ^= h >> 15
    h = h * 2246822519 & 0xFFFFFFFF
    h ^= h >> 13
    h = h * 3266489917 & 0xFFFFFFFF
    h ^= h >> 16
    return (h % 8000009 - 4000004) / 1e6 + (1.5 if token == 0 else 0)


class Table(PreTrainedModel, GenerationMixin):
    config_class = PretrainedConfig
    main_input_name = "input_ids"

    def __init__(self, config, seed):
        super().__init__(config)
        self.seed, self.dummy = seed, torch.nn.Parameter(torch.zeros(1))

    def prepare_inputs_for_generation(self, input_ids, **kwargs):
        return {"input_ids": input_ids}

    def forward(self, input_ids, **kwargs):
        rows = [[[logit(self.seed, previous, i + 1, v) for v in range(VOCAB)] for i, previous in enumerate(row)]
                for row in input_ids.tolist()]
        return CausalLMOutput(logits=torch.tensor(rows, dtype=torch.float32))


def cases():
    """Options of every search."""
    for seed, width, penalty, early in itertools.product((1, 2), (1, 2, 4, 7), (1.0, 0.5, 2.0, 0.0, -1.0),
                                                         (False, True, "never")):
        yield {"seed": seed, "width": width, "max_new": 9, "penalty": penalty, "early": early}
    for seed, width in itertools.product((3, 4, 5), (0, 1, 3, 5)):
        base = {"seed": seed, "width": width, "max_new": 8}
        yield base
        yield base | {"min_new": 6}
        yield base | {"forced_eos": 0}
        yield base | {"forced_bos": 5}
        yield base | {"forced_bos": 5, "forced_eos": 1, "min_new": 3, "max_new": 5}
        yield base | {"eos": [0, 7, 9]}
        yield base | {"eos": [0, 7], "min_new": 2, "penalty": 1.5}
        yield base | {"eos": []}
        yield base | {"banned": [0, 3, 4, 8]}
        yield base | {"banned": [3, 4, 8, 15], "renormalize": True, "min_new": 3}
        yield base | {"max_new": 1}
        yield base | {"max_new": 2, "forced_eos": 0}
        yield base | {"prefix": [4, 9, 2], "forced_bos": 5}
        yield base | {"prefix": [11], "forced_eos": 0, "penalty": 0.3, "early": "never"}


def run(case):
    eos, banned = case.get("eos", [0]), [PAD] + case.get("banned", [])
    model = Table(PretrainedConfig(vocab_size=VOCAB, max_position_embeddings=64), case["seed"])
    prompt = [START] + case.get("prefix", [])
    config = GenerationConfig(
        num_beams=max(case["width"], 1), num_return_sequences=max(case["width"], 1), do_sample=False,
        max_new_tokens=case["max_new"], min_new_tokens=case.get("min_new") or None, use_cache=False,
        length_penalty=case.get("penalty", 1.0), early_stopping=case.get("early", False),
        eos_token_id=eos or None, pad_token_id=PAD, bad_words_ids=[[i] for i in banned],
        forced_bos_token_id=case.get("forced_bos"), forced_eos_token_id=case.get("forced_eos"),
        renormalize_logits=case.get("renormalize", False), return_dict_in_generate=True, output_scores=True, output_logits=True)
    # a width of 1 is greedy to the library: the beam search of one beam is asked for by its own name
    if case["width"] == 1:
        with torch.no_grad():
            model._prepare_special_tokens(config, False, device="cpu")
            ids = torch.tensor([prompt])
            config.max_length = len(prompt) + case["max_new"]
            out = model._beam_search(ids, model._get_logits_processor(config, len(prompt)),
                                     model._get_stopping_criteria(config, StoppingCriteriaList()), config, use_cache=False)
    else:
        out = model.generate(torch.tensor([prompt]), generation_config=config)
    found = []
    scores = out.sequences_scores.tolist() if case["width"] else [None]
    for ids, score in zip(out.sequences.tolist(), scores):
        ids = ids[len(prompt):]
        ends = [i for i, token in enumerate(ids) if token in eos]
        if ends:
            ids = ids[:ends[0] + 1]
        while ids and ids[-1] == PAD:
            ids.pop()
        if score is None:
            score = sum(torch.log_softmax(step[0].double(), -1)[i].item() for step, i in zip(out.logits, ids))
        if score > NEVER:
            found.append((ids, score, bool(ends)))
    return found


def main():
    defaults = {"min_new": 0, "penalty": 1.0, "early": False, "forced_bos": -1, "forced_eos": -1, "eos": [0],
                "prefix": [], "renormalize": False}
    with open(os.path.join(GOLDEN, "choices.jsonl"), "w", encoding="utf-8") as out:
        for case in cases():
            row = defaults | case | {"banned": [PAD] + case.get("banned", [])}
            row["found"] = [{"ids": ids, "score": round(score, 6), "eos": end} for ids, score, end in run(case)]
            out.write(json.dumps(row, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
