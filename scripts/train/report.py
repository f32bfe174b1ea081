# Measures an exported model on held-back sentences: exact match, chrF, agreement of every cross-attention
# head with the grammar's alignment. Writes report.json beside the model.
import collections
import json
import os
import platform
import sys

import numpy as np
import sentencepiece
import tokenizers
import torch
import transformers
from transformers import MarianMTModel, MarianTokenizer

import data
from lexicon import Lexicon
from sentences import take

TEST_SEED = 6
SHOWN = ["علی به مدرسه می‌رود", "علی به مدرسه میرود", "علی به مدرسه می رود"]


def chrf(hypotheses, references, n=6, beta=2.0):
    """Corpus chrF: F-beta over character n-grams 1..n without spaces, averaged over the orders."""
    total = []
    for k in range(1, n + 1):
        match = hyp = ref = 0
        for h, r in zip(hypotheses, references):
            h, r = h.replace(" ", ""), r.replace(" ", "")
            a = collections.Counter(h[i:i + k] for i in range(len(h) - k + 1))
            b = collections.Counter(r[i:i + k] for i in range(len(r) - k + 1))
            match, hyp, ref = match + sum((a & b).values()), hyp + sum(a.values()), ref + sum(b.values())
        total.append((match / max(1, hyp), match / max(1, ref)))
    p, r = (sum(t[i] for t in total) / n for i in (0, 1))
    return 100 * (1 + beta ** 2) * p * r / max(1e-9, beta ** 2 * p + r)


def translate(model, tok, sentences, beams, batch=64):
    out = [None] * len(sentences)
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
    for i in range(0, len(order), batch):
        idx = order[i:i + batch]
        x = tok([sentences[j] for j in idx], return_tensors="pt", padding=True)
        with torch.no_grad():
            y = model.generate(**x, num_beams=beams, do_sample=False, max_length=64)
        for j, t in zip(idx, tok.batch_decode(y, skip_special_tokens=True)):
            out[j] = t
    return out


def agreement(model, enc, test, pad):
    """Share of target words (punctuation marks included) whose strongest source word is the grammar's.

    The row read is the one that predicts the word: the decoder position whose output is the word's
    first piece. Weights are summed over the pieces of a source word; </s> competes as a word of its own.
    Returns a layers x heads table.
    """
    layers, heads = model.config.decoder_layers, model.config.decoder_attention_heads
    good, n = np.zeros((layers, heads)), 0
    for fa, en, a, b, align in test:
        e = enc.pair(fa, en, a, b, align)
        sp = enc.source.encode(fa, out_type=str)
        tp = enc.target.encode(en, out_type=str)
        su, _ = data.units(sp, a)
        tu, _ = data.units(tp, b)
        word = np.zeros((len(sp) + 1, len(a) + 1))
        for i, u in enumerate(su + [len(a)]):
            word[i, u] = 1
        with torch.no_grad():
            out = model(input_ids=torch.tensor([e[0]]), decoder_input_ids=torch.tensor([[pad] + e[1][:-1]]),
                        output_attentions=True, use_cache=False)
        firsts = [i for i, u in enumerate(tu) if i == 0 or tu[i - 1] != u]
        n += len(firsts)
        for layer in range(layers):
            att = out.cross_attentions[layer][0].numpy()          # heads, target, source
            best = (att[:, firsts] @ word).argmax(-1)
            for k, i in enumerate(firsts):
                good[layer] += np.isin(best[:, k], align[tu[i]])
    return good / n, n


def versions():
    return {"python": platform.python_version(), "torch": torch.__version__, "transformers": transformers.__version__,
            "sentencepiece": sentencepiece.__version__, "tokenizers": tokenizers.__version__, "numpy": np.__version__}


def curve(points):
    """The checkpoints of a training as one list a figure."""
    return {"curve_" + k: [p[k] for p in points] for k in points[-1] if k != "seconds"}


def write(folder, result):
    """report.json: a line for every figure or list."""
    lines = ["%s: %s" % (json.dumps(k), json.dumps(v, ensure_ascii=False)) for k, v in result.items()]
    with open(os.path.join(folder, "report.json"), "w", encoding="utf-8") as f:
        f.write("{\n  " + ",\n  ".join(lines) + "\n}\n")


def main(folder, work, training, count=2000):
    tok = MarianTokenizer.from_pretrained(folder)
    model = MarianMTModel.from_pretrained(folder, attn_implementation="eager").eval()
    test = list(take(TEST_SEED, count, held=True, unique=True))
    src, ref = [t[0] for t in test], [t[1] for t in test]
    greedy = translate(model, tok, src, 1)
    beam = translate(model, tok, src, 4)
    table, words = agreement(model, data.Encoder(folder), test, len(tok) - 1)
    layer, head = (int(x) for x in np.unravel_index(table.argmax(), table.shape))
    shown = {s: [translate(model, tok, [s], b)[0] for b in (1, 4)] for s in SHOWN}
    wrong = [(s, r, h) for s, r, h in zip(src, ref, greedy) if r != h]
    result = {
        "lexicon_entries": Lexicon().count(),
        "parameters": sum(p.numel() for p in model.parameters()),
        "vocabulary": len(tok),
        "held_back_sentences": count,
        "exact_match_greedy": sum(a == b for a, b in zip(greedy, ref)) / count,
        "exact_match_beam_4": sum(a == b for a, b in zip(beam, ref)) / count,
        "chrf_greedy": round(chrf(greedy, ref), 3),
        "chrf_beam_4": round(chrf(beam, ref), 3),
        "alignment": {"convention": "row that predicts the word's first piece; weights summed over the pieces of a "
                                    "source word; layers and heads counted from 0",
                      "target_words": words, "layer": layer, "head": head,
                      "agreement": round(float(table.max()), 4), "all_heads": np.round(table, 4).tolist()},
        "shown": {s: {"greedy": t[0], "beam_4": t[1]} for s, t in shown.items()},
        "training": training,
        "versions": versions(),
    }
    write(folder, result)
    if work:
        with open(os.path.join(work, "wrong.tsv"), "w", encoding="utf-8") as f:
            f.writelines("\t".join(w) + "\n" for w in wrong)
    return result


if __name__ == "__main__":
    r = main(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]) if len(sys.argv) > 3 else {})
    print(json.dumps(r, ensure_ascii=False, indent=1))
