# Trains a translation model: MarianMTModel of transformers in our own loop. One cross-attention head is
# guided towards the grammar's word alignment, as Marian's guided alignment does.
import argparse
import itertools
import json
import os
import time

import numpy as np
import torch
from transformers import MarianConfig, MarianMTModel

import data
import loop

GUIDED = (1, 0)             # decoder layer and head, counted from 0


def new_model(vocab_size, seed, layers=3, heads=4):
    torch.manual_seed(seed)
    pad = vocab_size - 1
    config = MarianConfig(
        vocab_size=vocab_size, decoder_vocab_size=vocab_size, d_model=128, encoder_layers=layers, decoder_layers=layers,
        encoder_attention_heads=heads, decoder_attention_heads=heads, encoder_ffn_dim=512, decoder_ffn_dim=512,
        activation_function="swish", dropout=0.0, attention_dropout=0.0, activation_dropout=0.0,
        max_position_embeddings=512, scale_embedding=True, share_encoder_decoder_embeddings=True,
        tie_word_embeddings=True, pad_token_id=pad, eos_token_id=0, bos_token_id=0, forced_eos_token_id=0,
        decoder_start_token_id=pad, static_position_embeddings=True, init_std=0.06, use_cache=True)
    config._attn_implementation = "eager"
    model = MarianMTModel(config)
    with torch.no_grad():
        model.model.shared.weight[pad].zero_()
    return model


def forward(model, s, t, pad, attentions=True):
    """Decoder states and the cross-attention of the guided layer for padded ids (-1 is padding)."""
    s, t = torch.from_numpy(s), torch.from_numpy(t)
    keep = (s >= 0).long()
    s = torch.where(s < 0, pad, s)
    d = torch.full_like(t, pad)
    d[:, 1:] = torch.where(t[:, :-1] < 0, pad, t[:, :-1])
    out = model.model(input_ids=s, attention_mask=keep, decoder_input_ids=d, use_cache=False,
                      output_attentions=attentions)
    return out, t


def states_of(model, s, t, pad, attentions=False):
    """Decoder states and labels of the real target pieces in a row, the mask of real ones, all outputs."""
    out, labels = forward(model, s, t, pad, attentions)
    real = labels >= 0
    return out.last_hidden_state[real], labels[real], real, out


def losses(model, batch, pad):
    s, t, m = batch
    states, labels, real, out = states_of(model, s, t, pad, True)
    # <pad> is banned in generation, so the softmax leaves its (last) row out.
    logits = states @ model.model.shared.weight[:pad].T
    ce = torch.nn.functional.cross_entropy(logits, labels)
    bits = (torch.from_numpy(m.astype(np.int64))[..., None] >> torch.arange(s.shape[1])) & 1
    attention = out.cross_attentions[GUIDED[0]][:, GUIDED[1]]
    hit = (attention * bits).sum(-1)[real]
    guided = -(hit.clamp_min(1e-6).log()).mean()
    return ce, guided


def wait_for(path):
    while not os.path.exists(path):
        time.sleep(1)
    return path


def greedy(model, s, pad, longest=40):
    """Greedy ids for a padded batch, with the key/value cache of transformers."""
    ids = torch.from_numpy(np.where(s < 0, pad, s))
    keep = torch.from_numpy((s >= 0).astype(np.int64))
    with torch.no_grad():
        return model.generate(input_ids=ids, attention_mask=keep, num_beams=1, do_sample=False, max_length=longest,
                              bad_words_ids=[[pad]])


def padded(part):
    """Ids of a list of encoded pairs as a batch without masks, -1 as padding."""
    sides = []
    for side in (0, 1):
        ids = np.full((len(part), max(len(e[side]) for e in part)), -1, np.int64)
        for r, e in enumerate(part):
            ids[r, :len(e[side])] = e[side]
        sides.append(ids)
    return sides


def parts(pairs, size=100):
    """Encoded pairs in groups of about equal length."""
    pairs = sorted(pairs, key=lambda e: len(e[0]))
    return [pairs[i:i + size] for i in range(0, len(pairs), size)]


def cross_entropy(model, pairs, pad):
    """Mean over the target pieces of encoded pairs; the model is in eval mode."""
    total, pieces = 0.0, 0
    for part in parts(pairs):
        with torch.no_grad():
            states, labels = states_of(model, *padded(part), pad)[:2]
            logits = states @ model.model.shared.weight[:pad].T
            total += float(torch.nn.functional.cross_entropy(logits, labels, reduction="sum"))
        pieces += len(labels)
    return total / pieces


def exact(model, pairs, pad):
    """Share of encoded pairs that greedy search translates exactly; the model is in eval mode."""
    good = 0
    for part in parts(pairs):
        for e, o in zip(part, greedy(model, padded(part)[0], pad).tolist()):
            o = o[1:]
            o = o[:o.index(0) + 1] if 0 in o else o
            good += o == e[1]
    return good / len(pairs)


def batches(work, tokens, seed, fixed, rank=0, workers=1):
    """A function that gives the batches from number n on, of ever new shards or of the first fixed ones again."""
    def start(n):
        rng = np.random.default_rng(seed)
        for shard in itertools.count():
            number = shard % fixed if fixed else shard
            path = wait_for(os.path.join(work, "shard-%03d.npz" % number))
            part = data.Shard(path, tokens, rng, rank, workers)
            if n < len(part.groups):
                yield from part.batches(n)
            n = max(0, n - len(part.groups))
    return start


def sample(path, count):
    """The first count pairs of a shard, encoded."""
    z = np.load(path)
    out, s, t = [], 0, 0
    for sl, tl in zip(z["sl"][:count].tolist(), z["tl"][:count].tolist()):
        out.append((z["src"][s:s + sl].tolist(), z["tgt"][t:t + tl].tolist()))
        s, t = s + sl, t + tl
    return out


def main():
    a = argparse.ArgumentParser()
    loop.options(a)
    a.add_argument("--tokens", type=int, default=1600, help="target tokens of a batch, for each worker")
    a.add_argument("--guide", type=float, default=0.15)
    a.add_argument("--layers", type=int, default=3)
    a.add_argument("--heads", type=int, default=4)
    a.add_argument("--fixed", type=int, default=0, help="go round the first FIXED shards; 0: every shard once")
    a = a.parse_args()
    rank = loop.join(a.work, a.name, a.workers)
    enc = data.Encoder(a.work)
    pad = len(enc.vocab) - 1
    model = new_model(pad + 1, a.seed, a.layers, a.heads)
    with open(os.path.join(a.work, "dev.json"), encoding="utf-8") as f:
        dev = [enc.pair(*e) for e in json.load(f)]
    dev = [e for e in dev if e is not None][:300]
    # The last shard is drawn as the held-back sentences are: many relative clauses.
    seen = sample(wait_for(os.path.join(a.work, "shard-%03d.npz" % (a.fixed - 1))), 300) if a.fixed else []

    def losses_of(model, batch):
        ce, guided = losses(model, batch, pad)
        return ce + a.guide * guided, {"loss": ce, "align": guided}

    def check(model):
        point = {}
        for name, pairs in (("held_back", dev), ("seen", seen)):
            if pairs:
                point[name + "_loss"] = round(cross_entropy(model, pairs, pad), 4)
                point[name + "_exact"] = round(exact(model, pairs, pad), 4)
        return point

    loop.train(model, batches(a.work, a.tokens, a.seed, a.fixed, rank, a.workers), losses_of, a, rank, check,
               frozen_row=(model.model.shared.weight, pad))


if __name__ == "__main__":
    main()
