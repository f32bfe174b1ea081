# The training loop that every model here goes through: Adam, the rise and fall of the rate, gradients
# averaged over the workers and clipped, checkpoints to go on from, and the curve of what was measured.
import glob
import json
import math
import os
import subprocess
import sys
import time

import torch
import torch.distributed as dist


def options(parser, warmup=400, every=400):
    """The switches that every training has."""
    parser.add_argument("work", help="folder for data and checkpoints")
    parser.add_argument("--name", default="run")
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--decay", type=int, required=True, help="step from which the rate falls")
    parser.add_argument("--peak", type=float, default=1.5e-3)
    parser.add_argument("--warmup", type=int, default=warmup)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=every, help="steps between two checkpoints")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint, as if never stopped")


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
    torch.set_num_threads(1)
    if workers == 1:
        return 0
    rank = int(os.environ.get("TRAIN_RANK", "0"))
    meeting = os.path.join(os.path.abspath(work), name + ".meeting")
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


def run(script, work, name, settings):
    """Runs a training script of this folder to its end, from its last checkpoint if it has one."""
    command = [sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), script), work, "--name", name,
               "--resume"]
    for key, value in settings.items():
        command += ["--" + key, str(value)]
    subprocess.run(command, check=True)


def last_checkpoint(work, name):
    found = sorted(glob.glob(os.path.join(work, name + "-[0-9]*.pt")))
    return found[-1] if found else None


def train(model, batches, losses, a, rank=0, check=None, frozen_row=None):
    """Steps until a.steps.

    batches(n): iterator over the batches from number n on. losses(model, batch): the loss to follow and a dict
    of the figures to print, each a mean over the batch. check(model): dict of figures measured at a checkpoint.
    frozen_row: (parameter, row) whose gradient is always zero. Returns the curve, one dict a checkpoint.
    """
    parameters = [p for p in model.parameters() if p.requires_grad]
    opt = torch.optim.Adam(parameters, lr=1e-3, betas=(0.9, 0.98), eps=1e-9)
    step, curve, before = 0, [], 0.0
    last = last_checkpoint(a.work, a.name) if a.resume else None
    if last:
        state = torch.load(last)
        model.load_state_dict(state["model"])
        opt.load_state_dict(state["opt"])
        step, curve = state["step"], state["curve"]
        before = curve[-1]["seconds"] if curve else 0.0
    start, shown, kept = time.time(), {}, {}
    if rank == 0:
        print("parameters", sum(p.numel() for p in parameters), "from step", step, flush=True)
    if step >= a.steps:
        return curve
    model.train()
    for batch in batches(step):
        for g in opt.param_groups:
            g["lr"] = rate(step, a.steps, a.warmup, a.decay, a.peak)
        loss, figures = losses(model, batch)
        loss.backward()
        if frozen_row:
            frozen_row[0].grad[frozen_row[1]].zero_()
        if a.workers > 1:
            average(parameters, a.workers)
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        opt.step()
        opt.zero_grad(set_to_none=True)
        step += 1
        for k, v in figures.items():
            shown.setdefault(k, []).append(float(v.detach()))
            kept.setdefault(k, []).append(shown[k][-1])
        seconds = before + time.time() - start
        if step % 100 == 0 and rank == 0:
            print("step %d %s lr %.5f, %.0f s" % (step, mean(shown), g["lr"], seconds), flush=True)
            shown = {}
        if rank == 0 and (step % a.every == 0 or step == a.steps):
            point = {"step": step, "seconds": round(seconds, 1), **mean(kept)}
            kept = {}
            if check:
                model.eval()
                point.update(check(model))
                model.train()
            curve.append(point)
            print(json.dumps(point), flush=True)
            save(model, opt, step, curve, a)
        if step >= a.steps:
            break
    return curve


def mean(figures):
    return {k: round(sum(v) / len(v), 4) for k, v in figures.items()}


def save(model, opt, step, curve, a):
    path = os.path.join(a.work, "%s-%06d.pt" % (a.name, step))
    torch.save({"model": model.state_dict(), "opt": opt.state_dict(), "step": step, "curve": curve}, path + ".part")
    os.rename(path + ".part", path)
    for old in sorted(glob.glob(os.path.join(a.work, a.name + "-[0-9]*.pt")))[:-2]:
        os.remove(old)
