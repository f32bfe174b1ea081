# Trains a small BERT: BertForPreTraining of transformers in our own loop, with both heads or, for the comparison,
# with the masked pieces alone.
import argparse
import itertools
import os

import numpy as np
import torch
from transformers import BertConfig, BertForPreTraining

import bert_data
import loop
import wordpiece


def new_model(vocab, seed):
    torch.manual_seed(seed)
    return BertForPreTraining(BertConfig(
        vocab_size=vocab, hidden_size=128, num_hidden_layers=3, num_attention_heads=4, intermediate_size=512,
        max_position_embeddings=wordpiece.LONGEST, type_vocab_size=2, hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0, initializer_range=0.05, pad_token_id=0))


def forward(model, batch):
    """(logits of the pieces to predict, their labels, NSP logits, NSP labels); -100 are left out of the first two."""
    shown, segments, keep, labels, nsp = (torch.from_numpy(x) for x in batch)
    out = model.bert(input_ids=shown, token_type_ids=segments, attention_mask=keep)
    hidden = out.last_hidden_state[labels >= 0]
    return model.cls.predictions(hidden), labels[labels >= 0], model.cls.seq_relationship(out.pooler_output), nsp


def measure(model, corpus, vocab, seed=77, tokens=4000):
    """Masked pieces and next sentences on a corpus, the lots drawn from seed; the model is in eval mode."""
    rng = np.random.default_rng(seed)
    bits = pieces = top1 = top5 = right = pairs = 0.0
    nsp_bits = 0.0
    for b in corpus.batches(rng, vocab, tokens):
        with torch.no_grad():
            logits, labels, nsp, next_labels = forward(model, b)
        bits += float(torch.nn.functional.cross_entropy(logits, labels, reduction="sum"))
        best = logits.topk(5, -1).indices == labels[:, None]
        top1, top5, pieces = top1 + float(best[:, 0].sum()), top5 + float(best.sum()), pieces + len(labels)
        known = next_labels >= 0
        if known.any():
            nsp_bits += float(torch.nn.functional.cross_entropy(nsp[known], next_labels[known], reduction="sum"))
            right += float((nsp[known].argmax(-1) == next_labels[known]).sum())
            pairs += int(known.sum())
    return {"mlm_loss": bits / pieces, "mlm_top1": top1 / pieces, "mlm_top5": top5 / pieces,
            "nsp_loss": nsp_bits / max(1, pairs), "nsp_accuracy": right / max(1, pairs)}


def main():
    a = argparse.ArgumentParser()
    loop.options(a)
    a.add_argument("--tokens", type=int, default=1600, help="pieces of a batch")
    a.add_argument("--nsp", type=int, default=1, help="0: without the next-sentence loss")
    a = a.parse_args()
    rank = loop.join(a.work, a.name, a.workers)
    vocab = len(wordpiece.read(a.work).get_vocab())
    model = new_model(vocab, a.seed)
    train, held = (bert_data.Corpus(os.path.join(a.work, n + ".npz")) for n in ("train", "held"))

    def batches(n):
        rng = np.random.default_rng(a.seed)
        for _ in itertools.count():
            for b in train.batches(rng, vocab, a.tokens):
                if n:
                    n -= 1
                    continue
                yield b

    def losses(model, batch):
        logits, labels, nsp, next_labels = forward(model, batch)
        mlm = torch.nn.functional.cross_entropy(logits, labels)
        figures = {"loss": mlm}
        if not a.nsp:
            return mlm, figures
        if (next_labels < 0).all():
            return mlm, figures
        figures["nsp"] = torch.nn.functional.cross_entropy(nsp, next_labels)
        return mlm + figures["nsp"], figures

    def check(model):
        return {"held_back_" + k: round(v, 4) for k, v in measure(model, held, vocab).items()}

    loop.train(model, batches, losses, a, rank, check)


if __name__ == "__main__":
    main()
