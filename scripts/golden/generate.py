"""Greedy and beam search of the reference, and a check that rounding does not decide what they find."""
import copy

import torch

PLACEHOLDER = -1e8      # beams that were never finished are returned with a score of about -1e9


def settings(sources, prefix):
    """(source, prefix, options) of every search."""
    asked = []
    for i, source in enumerate(sources):
        greedy = {"num_beams": 1, "max_new_tokens": 12}
        asked += [(source, [], greedy), (source, [], greedy | {"max_new_tokens": 3}),
                  (source, [], greedy | {"min_new_tokens": 7})]
        for width in (2, 3, 4, 5):
            asked.append((source, [], {"num_beams": width, "max_new_tokens": 12}))
        wide = {"num_beams": 4, "max_new_tokens": 10}
        for penalty in (0.6, 2.0):
            asked.append((source, [], wide | {"length_penalty": penalty}))
        for early in (True, "never"):
            asked.append((source, [], wide | {"early_stopping": early, "length_penalty": (1.0, 2.0, 0.6)[i % 3]}))
        asked.append((source, [], {"num_beams": 3, "max_new_tokens": 4}))
        asked.append((source, [], {"num_beams": 2, "max_new_tokens": 12, "min_new_tokens": 6}))
    for count in (1, 4):
        asked.append((sources[1], prefix[:count], {"num_beams": 1, "max_new_tokens": 9}))
        asked.append((sources[0], prefix[:count], {"num_beams": 4, "max_new_tokens": 9, "length_penalty": 0.6}))
    return asked


def config_of(model, options):
    config = copy.deepcopy(model.generation_config)
    config.max_length = None
    config.update(num_beams=options["num_beams"], max_new_tokens=options["max_new_tokens"],
                  min_new_tokens=options.get("min_new_tokens"), do_sample=False,
                  length_penalty=options.get("length_penalty", 1.0), early_stopping=options.get("early_stopping", False),
                  num_return_sequences=options["num_beams"], return_dict_in_generate=True,
                  output_scores=True, output_logits=True)
    return config


def cut(ids, eos):
    """Generated ids up to and with the end token; what follows is padding."""
    return ids[:ids.index(eos) + 1] if eos in ids else ids


@torch.no_grad()
def search(model, source, prefix, options):
    start = [model.config.decoder_start_token_id] + prefix
    source = torch.tensor([source])
    return model.generate(input_ids=source, attention_mask=torch.ones_like(source),
                          decoder_input_ids=torch.tensor([start]), generation_config=config_of(model, options))


def greedy_row(model, out, start, options):
    eos, forced = model.config.eos_token_id, model.generation_config.forced_eos_token_id
    ids = cut(out.sequences[0].tolist()[start:], eos)
    steps = [torch.log_softmax(step[0].double(), -1) for step in out.logits]
    each = [step[i].item() for step, i in zip(steps, ids)]
    best = [torch.topk(step[0], 2).values for step in out.scores]
    row = {"ids": ids, "score": round(sum(each), 6), "stopped": "eos" if ids[-1] == eos else "max", "logp": [round(x, 6) for x in each],
           "margin": min([round((two[0] - two[1]).item(), 6) for two in best if torch.isfinite(two[1])], default=None)}
    if forced is not None and len(ids) == options["max_new_tokens"]:
        row["forced_end"] = True
        row["score_forced_as_0"] = round(sum(each[:-1]), 6)
    return row


def beam_row(model, out, start):
    eos = model.config.eos_token_id
    beams = []
    for ids, score in zip(out.sequences.tolist(), out.sequences_scores.tolist()):
        if score > PLACEHOLDER:
            ids = cut(ids[start:], eos)
            if eos not in ids:
                while ids and ids[-1] == model.config.pad_token_id:
                    ids.pop()
            beams.append({"ids": ids, "score": round(score, 6), "stopped": "eos" if eos in ids else "max"})
    return {"ids": beams[0]["ids"], "score": beams[0]["score"], "stopped": beams[0]["stopped"], "beams": beams}


def one(model, source, prefix, options):
    out = search(model, source, prefix, options)
    start = 1 + len(prefix)
    row = {"source": source, "prefix": prefix, "method": "beam" if options["num_beams"] > 1 else "greedy",
           "num_beams": options["num_beams"], "max_new_tokens": options["max_new_tokens"],
           "min_new_tokens": options.get("min_new_tokens", 0), "length_penalty": options.get("length_penalty", 1.0),
           "early_stopping": options.get("early_stopping", False)}
    return row | (greedy_row(model, out, start, options) if options["num_beams"] == 1 else beam_row(model, out, start))


def found(row):
    return [beam["ids"] for beam in row.get("beams", [])] or [row["ids"]]


def shaken(model, amount, seed):
    """The same model with every weight off by about `amount` of itself."""
    other, draw = copy.deepcopy(model), torch.Generator().manual_seed(seed)
    seen = set()
    for value in list(other.parameters()) + [other.final_logits_bias]:
        if id(value) not in seen:
            seen.add(id(value))
            value.data.mul_(1 + amount * torch.randn(value.shape, generator=draw))
    return other


def rows(model, sources, prefix, tokenizer=None, fatal=True):
    """One dictionary a search; searches whose order a change of 1e-5 turns over are left out and counted."""
    kept, others = [], [shaken(model, 1e-5, seed) for seed in (1, 2)]
    asked = settings(sources, prefix)
    for source, start, options in asked:
        row = one(model, source, start, options)
        if any(found(one(other, source, start, options)) != found(row) for other in others):
            continue
        if tokenizer:
            row["text"] = tokenizer.decode(row["ids"], skip_special_tokens=True)
        kept.append(row)
    if fatal and len(kept) < len(asked) - 2:
        raise SystemExit(f"only {len(kept)} of {len(asked)} searches are stable: choose another seed")
    return kept


def lively(model, sources):
    """Do the greedy searches differ, and neither end at once nor repeat themselves?"""
    found = [one(model, source, [], {"num_beams": 1, "max_new_tokens": 12})["ids"] for source in sources]
    various = len({str(ids) for ids in found}) > 2
    return various and all(len(set(ids)) > len(ids) / 2 and len(ids) > 2 for ids in found)


def worth(rows):
    """What a seed shows: stable searches, ends found and not, and options that matter."""
    greedy = [row for row in rows if row["method"] == "greedy" and not row["prefix"]]
    distinct = min([len(set(row["ids"])) / len(row["ids"]) for row in greedy if len(row["ids"]) > 5], default=0)
    stops = {(row["method"], row["stopped"], bool(row.get("forced_end"))) for row in rows}
    by_source = {}
    for row in rows:
        if row["num_beams"] == 4 and row["max_new_tokens"] == 10:
            by_source.setdefault(str(row["source"]), set()).add(str(found(row)))
    widths = {}
    for row in rows:
        if not row["prefix"] and row["max_new_tokens"] == 12 and not row["min_new_tokens"]:
            widths.setdefault(str(row["source"]), set()).add(str(row["ids"]))
    return (round(3 * distinct + len(stops) + sum(map(len, by_source.values())) / 4 + sum(map(len, widths.values())) / 5
                  + len(rows) / 20, 2), round(distinct, 2))


def summary(rows):
    ends = sum(row["stopped"] == "eos" and not row.get("forced_end") for row in rows)
    margins = [row["margin"] for row in rows if row.get("margin") is not None]
    return (f"{len(rows)} searches, {ends} found their end, {len({str(row['ids']) for row in rows})} different, "
            f"smallest margin {min(margins):.4f}")
