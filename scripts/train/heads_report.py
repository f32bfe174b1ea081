# Measures a translation model that was trained on a fixed set: on sentences of that set and on held-back ones, and
# what its heads do. Writes report.json beside the model.
import numpy as np
import torch
from transformers import MarianMTModel, MarianTokenizer

import data
import report
import train


def entropies(model, pairs, pad, count=300):
    """Mean entropy (bits) of the rows of every head: tables layers x heads of encoder, decoder and cross-attention."""
    total = {"encoder": 0.0, "decoder": 0.0, "cross": 0.0}
    rows = dict.fromkeys(total, 0)
    for s, t in (e[:2] for e in pairs[:count]):
        with torch.no_grad():
            out = model(input_ids=torch.tensor([s]), decoder_input_ids=torch.tensor([[pad] + t[:-1]]),
                        output_attentions=True, use_cache=False)
        for name, maps in (("encoder", out.encoder_attentions), ("decoder", out.decoder_attentions),
                           ("cross", out.cross_attentions)):
            a = torch.stack([m[0] for m in maps]).double()            # layers, heads, rows, columns
            total[name] = total[name] - (a * a.clamp_min(1e-30).log2()).sum(-1).sum(-1)
            rows[name] += a.shape[2]
    return {n: np.round((total[n] / rows[n]).numpy(), 4).tolist() for n in total}


def main(folder, checkpoint, seen, held, training):
    """seen, held: sentence pairs with alignments, of the training set and of the held-back ones."""
    tok = MarianTokenizer.from_pretrained(folder)
    model = MarianMTModel.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32).eval()
    enc, pad = data.Encoder(folder), len(tok) - 1
    result = {"heads": model.config.decoder_attention_heads, "layers": model.config.decoder_layers,
              "head_width": model.config.d_model // model.config.decoder_attention_heads,
              "parameters": sum(p.numel() for n, p in model.named_parameters() if "embed_positions" not in n),
              "training_sentences": training["sentences"], "measured_sentences": [len(seen), len(held)]}
    for name, pairs in (("training", seen), ("held_back", held)):
        out = report.translate(model, tok, [p[0] for p in pairs], 1)
        ref = [p[1] for p in pairs]
        encoded = [e for e in (enc.pair(*p) for p in pairs) if e]
        result["exact_match_" + name] = round(sum(a == b for a, b in zip(out, ref)) / len(pairs), 4)
        result["chrf_" + name] = round(report.chrf(out, ref), 2)
        result["loss_" + name] = round(train.cross_entropy(model, encoded, pad), 4)
    result["overfitting_exact_match"] = round(result["exact_match_training"] - result["exact_match_held_back"], 4)
    result["overfitting_loss"] = round(result["loss_held_back"] - result["loss_training"], 4)
    table, words = report.agreement(model, enc, held, pad)
    result.update(target_words=words, aligned_head_agreement=round(float(table[train.GUIDED]), 4),
                  agreement_cross=np.round(table, 4).tolist())
    for name, t in entropies(model, [e for e in (enc.pair(*p) for p in held) if e], pad).items():
        result["entropy_" + name] = t
    result["shown"] = {s: report.translate(model, tok, [s], 1)[0] for s in report.SHOWN}
    points = torch.load(checkpoint)["curve"]
    result.update(report.curve(points), training=training, versions=report.versions())
    report.write(folder, result)
    return result
