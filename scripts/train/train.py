# Trains the model: MarianMTModel of transformers, our own loop. One cross-attention head is guided
# towards the grammar's word alignment, as Marian's guided alignment does.
import argparse
import glob
import json
import math
import os
import subprocess
import sys
import time

import numpy as np
import torch
import torch.distributed as dist
from transformers import MarianConfig, MarianMTModel

import data

GUIDED = (1, 0)             # decoder layer and head, counted from 0


def new_model(vocab_size, seed):
    torch.manual_seed(seed)
    pad = vocab_size - 1
    config = MarianConfig(
        vocab_size=vocab_size, decoder_vocab_size=vocab_size, d_model=128, encoder_layers=3, decoder_layers=3,
        encoder_attention_heads=4, decoder_attention_heads=4, encoder_ffn_dim=512, decoder_ffn_dim=512,
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


def losses(model, batch, pad):
    s, t, m = batch
    out, labels = forward(model, s, t, pad)
    real = labels >= 0
    states = out.last_hidden_state[real]
    # <pad> is banned in generation, so the softmax leaves its (last) row out.
    logits = states @ model.model.shared.weight[:pad].T
    ce = torch.nn.functional.cross_entropy(logits, labels[real])
    bits = (torch.from_numpy(m.astype(np.int64))[..., None] >> torch.arange(s.shape[1])) & 1
    attention = out.cross_attentions[GUIDED[0]][:, GUIDED[1]]
    hit = (attention * bits).sum(-1)[real]
    guided = -(hit.clamp_min(1e-6).log()).mean()
    return ce, guided


def rate(step, steps, warmup, decay, peak):
    """Learning rate: a linear rise, a constant stretch, from step decay on a cosine to nearly nothing."""
    if step < warmup:
        return peak * (step + 1) / warmup
    if step < decay:
        return peak
    x = (step - decay) / max(1, steps - decay)
    return peak * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1.0, x))))


def join(work, name, workers):
    """Starts the other workers and meets them: one process a core, gradients averaged once a step.

    Threads inside one process would meet hundreds of times a step, which is slow on a busy machine.
    """
    rank = int(os.environ.get("TRAIN_RANK", "0"))
    meeting = os.path.join(work, name + ".meeting")
    if rank == 0:
        if os.path.exists(meeting):
            os.remove(meeting)
        for r in range(1, workers):
            subprocess.Popen([sys.executable] + sys.argv, env=dict(os.environ, TRAIN_RANK=str(r)))
    dist.init_process_group("gloo", init_method="file://" + meeting, rank=rank, world_size=workers)
    return rank


def average(parameters, workers):
    flat = torch.cat([p.grad.reshape(-1) for p in parameters])
    dist.all_reduce(flat)
    flat /= workers
    at = 0
    for p in parameters:
        p.grad.copy_(flat[at:at + p.numel()].view_as(p))
        at += p.numel()


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


def exact(model, dev, pad):
    """Share of held-back pairs (encoded, a list) translated exactly."""
    good = 0
    dev = sorted(dev, key=lambda e: len(e[0]))
    for i in range(0, len(dev), 100):
        part = dev[i:i + 100]
        s = np.full((len(part), max(len(e[0]) for e in part)), -1, np.int64)
        for r, e in enumerate(part):
            s[r, :len(e[0])] = e[0]
        out = greedy(model, s, pad).tolist()
        for e, o in zip(part, out):
            o = o[1:]
            o = o[:o.index(0) + 1] if 0 in o else o
            good += o == e[1]
    return good / len(dev)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("work")
    a.add_argument("--steps", type=int, required=True)
    a.add_argument("--tokens", type=int, default=1600, help="target tokens of a batch, for each worker")
    a.add_argument("--workers", type=int, default=2)
    a.add_argument("--peak", type=float, default=2e-3)
    a.add_argument("--warmup", type=int, default=800)
    a.add_argument("--guide", type=float, default=0.15)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--decay", type=int, required=True, help="step from which the rate falls")
    a.add_argument("--resume", default="", help="a checkpoint to go on from, as if never stopped")
    a.add_argument("--name", default="run")
    a.add_argument("--every", type=int, default=1000)
    a = a.parse_args()
    torch.set_num_threads(1)
    rank = join(os.path.abspath(a.work), a.name, a.workers)
    say = print if rank == 0 else lambda *x, **k: None
    enc = data.Encoder(a.work)
    pad = len(enc.vocab) - 1
    model = new_model(pad + 1, a.seed)
    model.train()
    with open(os.path.join(a.work, "dev.json"), encoding="utf-8") as f:
        dev = [enc.pair(*e) for e in json.load(f)]
    dev = [e for e in dev if e is not None][:300]
    say("parameters", sum(p.numel() for p in model.parameters()), "vocabulary", pad + 1, "dev", len(dev), flush=True)
    parameters = [p for p in model.parameters() if p.requires_grad]
    opt = torch.optim.Adam(parameters, lr=1e-3, betas=(0.9, 0.98), eps=1e-9)
    rng = np.random.default_rng(a.seed)
    done = 0                    # steps up to the end of the shards so far
    step, shard, start, sentences, ce_sum, al_sum, n = 0, 0, time.time(), 0, 0.0, 0.0, 0
    if a.resume:
        state = torch.load(a.resume)
        model.load_state_dict(state["model"])
        opt.load_state_dict(state["opt"])
        step = state["step"]
    while step < a.steps:
        path = wait_for(os.path.join(a.work, "shard-%03d.npz" % shard))
        shard += 1
        part = data.Shard(path, a.tokens, rng, rank, a.workers)
        first = max(0, step - done)
        done += len(part.groups)
        for batch in part.batches(first):
            for g in opt.param_groups:
                g["lr"] = rate(step, a.steps, a.warmup, a.decay, a.peak)
            ce, al = losses(model, batch, pad)
            (ce + a.guide * al).backward()
            model.model.shared.weight.grad[pad].zero_()
            average(parameters, a.workers)
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            opt.step()
            opt.zero_grad(set_to_none=True)
            step += 1
            sentences += a.workers * len(batch[0])
            ce_sum, al_sum, n = ce_sum + float(ce.detach()), al_sum + float(al.detach()), n + 1
            if step % 100 == 0:
                say("step %d shard %d ce %.4f align %.4f lr %.5f sentences %d, %.0f/s, %.0f s" % (
                    step, shard - 1, ce_sum / n, al_sum / n, g["lr"], sentences, sentences / (time.time() - start),
                    time.time() - start), flush=True)
                ce_sum, al_sum, n = 0.0, 0.0, 0
            if rank == 0 and (step % a.every == 0 or step == a.steps):
                model.eval()
                print("step %d exact %.4f" % (step, exact(model, dev, pad)), flush=True)
                model.train()
                torch.save({"model": model.state_dict(), "opt": opt.state_dict(), "step": step},
                           os.path.join(a.work, "%s-%06d.pt" % (a.name, step)))
                for old in sorted(glob.glob(os.path.join(a.work, a.name + "-*.pt")))[:-4]:
                    os.remove(old)
            if step >= a.steps:
                break


if __name__ == "__main__":
    main()
