# Measures the exported BERT and Sentence-BERT folders on held-back sentences: masked pieces, next sentences, what the
# next-sentence loss adds beside a twin without it, and likeness of sentences against the grammar's gold scores.
import math
import os

import numpy as np
import torch
from transformers import BertForPreTraining, BertModel

import bert
import bert_data
import report
import sbert
import wordpiece

SHOWN = ["علی به [MASK] می‌رود", "مریم [MASK] را خواند", "آیا [MASK] به مدرسه می‌رود؟"]
PAIRS = [("علی کتابی خرید.", "سپس آن کتاب را خواند."),
         ("علی کتابی خرید.", "ما فردا به شیراز خواهیم رفت.")]


def rounded(figures):
    return {k: round(v, 4) for k, v in figures.items()}


def features(encoder, corpus, seed, count):
    """(state at [CLS] beside the mean of all states, label) of pairs of sentences drawn from seed."""
    rng = np.random.default_rng(seed)
    examples = [e for e in corpus.examples(rng) if e[2] >= 0][:count]
    x = []
    for i in range(0, len(examples), 200):
        part = examples[i:i + 200]
        ids = torch.zeros(len(part), max(len(e[0]) for e in part), dtype=torch.long)
        segments = torch.zeros_like(ids)
        for r, e in enumerate(part):
            ids[r, :len(e[0])], segments[r, :len(e[0])] = torch.from_numpy(e[0]), torch.from_numpy(e[1])
        keep = (ids > 0).long()
        with torch.no_grad():
            h = encoder(input_ids=ids, token_type_ids=segments, attention_mask=keep).last_hidden_state
        x.append(torch.cat([h[:, 0], (h * keep[..., None]).sum(1) / keep.sum(1, keepdim=True)], 1))
    return torch.cat(x), torch.tensor([e[2] for e in examples])


def probe(encoder, train, test, count=4000):
    """Held-back accuracy of a logistic regression that tells next sentences from others by the frozen encoder."""
    x, y = features(encoder, train, 5, count)
    tx, ty = features(encoder, test, 6, count)
    mean, sd = x.mean(0), x.std(0) + 1e-6
    x, tx = (x - mean) / sd, (tx - mean) / sd
    torch.manual_seed(0)
    line = torch.nn.Linear(x.shape[1], 2)
    opt = torch.optim.LBFGS(line.parameters(), max_iter=200, line_search_fn="strong_wolfe")

    def closure():
        opt.zero_grad()
        loss = torch.nn.functional.cross_entropy(line(x), y) + 1e-3 * line.weight.square().sum()
        loss.backward()
        return loss
    opt.step(closure)
    return float((line(tx).argmax(1) == ty).float().mean())


def candidates(model, t, text, count=5):
    e = t.encode(text)
    at = e.tokens.index("[MASK]")
    with torch.no_grad():
        p = model(input_ids=torch.tensor([e.ids])).prediction_logits[0, at].softmax(-1)
    best = p.topk(count)
    return [[t.id_to_token(int(i)), round(float(v), 4)] for v, i in zip(best.values, best.indices)]


def follows(model, t, a, b):
    e = t.encode(a, b)
    with torch.no_grad():
        out = model(input_ids=torch.tensor([e.ids]), token_type_ids=torch.tensor([e.type_ids]))
    return round(float(out.seq_relationship_logits.softmax(-1)[0, bert_data.NEXT]), 4)


def report_bert(folder, work, checkpoint, twin_checkpoint, training):
    """report.json of the BERT folder; the twin was trained the same way without next sentences."""
    t = wordpiece.read(folder)
    vocab = t.get_vocab_size()
    model = BertForPreTraining.from_pretrained(folder, dtype=torch.float32).eval()
    state, twin_state = torch.load(checkpoint), torch.load(twin_checkpoint)
    twin = bert.new_model(vocab, 1).eval()
    twin.load_state_dict(twin_state["model"])
    train, test = (bert_data.Corpus(os.path.join(work, n + ".npz")) for n in ("train", "test"))
    pairs = sbert.read_pairs(os.path.join(work, "test-pairs.npz"))
    with_nsp, without = bert.measure(model, test, vocab), bert.measure(twin, test, vocab)
    result = {
        "parameters": sum(p.numel() for p in model.parameters()), "vocabulary": vocab,
        "training_discourses": train.pairs, "training_single_sentences": train.singles,
        "held_back_discourses": test.pairs, "held_back_single_sentences": test.singles,
        **rounded(with_nsp), "mlm_perplexity": round(math.exp(with_nsp["mlm_loss"]), 3),
        "without_nsp_mlm_loss": round(without["mlm_loss"], 4), "without_nsp_mlm_top1": round(without["mlm_top1"], 4),
        "without_nsp_mlm_top5": round(without["mlm_top5"], 4),
        "without_nsp_mlm_perplexity": round(math.exp(without["mlm_loss"]), 3),
        "probe_next_sentence": round(probe(model.bert, train, test), 4),
        "without_nsp_probe_next_sentence": round(probe(twin.bert, train, test), 4),
        "similarity_spearman_mean": round(sbert.measure(model.bert, pairs)[0], 4),
        "without_nsp_similarity_spearman_mean": round(sbert.measure(twin.bert, pairs)[0], 4),
        **report.curve(state["curve"]),
        "without_nsp_curve_held_back_mlm_loss": [p["held_back_mlm_loss"] for p in twin_state["curve"]],
        "shown": {s: candidates(model, t, s) for s in SHOWN},
        "shown_next": [[a, b, follows(model, t, a, b)] for a, b in PAIRS],
        "training": training, "versions": report.versions()}
    report.write(folder, result)
    return result


def report_sbert(folder, before_folder, work, checkpoint, training):
    """report.json of the Sentence-BERT folder: before and after, by three ways of pooling."""
    after = BertModel.from_pretrained(folder, dtype=torch.float32).eval()
    before = BertForPreTraining.from_pretrained(before_folder, dtype=torch.float32).eval().bert
    pairs = sbert.read_pairs(os.path.join(work, "test-pairs.npz"))
    result = {"parameters": sum(p.numel() for p in after.parameters()), "held_back_pairs": len(pairs),
              "training_pairs": len(sbert.read_pairs(os.path.join(work, "train-pairs.npz")))}
    for name, encoder in (("before", before), ("after", after)):
        for how in ("mean", "cls", "max"):
            rho, error = sbert.measure(encoder, pairs, how)
            result["%s_spearman_%s" % (name, how)] = round(rho, 4)
            if how == "mean":
                result[name + "_squared_error"] = round(error, 4)
    shared = [len(set(a) & set(b)) / len(set(a) | set(b)) for a, b, _ in pairs]
    result["shared_pieces_spearman"] = round(sbert.spearman(shared, [p[2] for p in pairs]), 4)
    result.update(report.curve(torch.load(checkpoint)["curve"]))
    result.update(training=training, versions=report.versions())
    report.write(folder, result)
    return result
