"""Every named value of one Marian forward pass, taken from the reference implementation by hooks.

What the modules do not give (scores) is recomputed from what they give, and everything is checked
against the model's own output before it is believed.
"""
import torch

CLOSE = 1e-6


class Recorder:
    """Keeps input and output of every module of a model during one call."""

    def __init__(self, model):
        self.entered, self.left, self.handles = {}, {}, []
        for name, module in model.named_modules():
            self.handles.append(module.register_forward_hook(self.keep(name)))

    def keep(self, name):
        def hook(_module, given, result):
            self.entered[name] = given[0] if given else None
            self.left[name] = result
        return hook

    def close(self):
        for handle in self.handles:
            handle.remove()


def check(what, got, want, scale=CLOSE):
    finite = torch.isfinite(want)
    if not torch.equal(finite, torch.isfinite(got)):
        raise SystemExit(f"{what}: masked in different places")
    worst = (got[finite] - want[finite]).abs().max().item() if finite.any() else 0.0
    largest = max(1.0, want[finite].abs().max().item()) if finite.any() else 1.0
    if worst > scale * largest:
        raise SystemExit(f"{what}: recomputed value differs by {worst}")


def by_head(value, heads):
    batch, length, width = value.shape
    return value.view(batch, length, heads, width // heads).transpose(1, 2).contiguous()


PROJECTIONS = ("q_proj", "k_proj", "v_proj", "out_proj")


def attention(sites, record, module, name, prefix, heads, weights, allowed, parts=PROJECTIONS):
    """q k v scores pattern z out of one attention; `allowed` is [B, 1, query, key], true where seen."""
    q = by_head(record.left[f"{module}.{parts[0]}"], heads)
    k = by_head(record.left[f"{module}.{parts[1]}"], heads)
    v = by_head(record.left[f"{module}.{parts[2]}"], heads)
    z = by_head(record.entered[f"{module}.{parts[3]}"], heads)
    scores = q @ k.transpose(2, 3) * q.shape[-1] ** -0.5
    scores = scores.masked_fill(~allowed.expand_as(scores), float("-inf"))
    check(f"{prefix}.{name}.pattern", torch.softmax(scores, -1), weights)
    check(f"{prefix}.{name}.z", weights @ v, z)
    values = {"q": q, "k": k, "v": v, "scores": scores, "pattern": weights, "z": z,
              "out": record.left[f"{module}.{parts[3]}"]}
    for part, value in values.items():
        sites[f"{prefix}.{name}.{part}"] = value


def sublayer(sites, record, layer, norm, prefix, number, before, added, stream):
    """A post-norm sub-layer: sum, norm, and the stream that the next one starts from."""
    total = record.entered[f"{layer}.{norm}"]
    check(f"{prefix}.norm{number}.in", sites[f"{prefix}.{before}"] + sites[f"{prefix}.{added}"], total)
    sites[f"{prefix}.norm{number}.in"] = total
    sites[f"{prefix}.norm{number}"] = record.left[f"{layer}.{norm}"]
    sites[f"{prefix}.{stream}"] = record.left[f"{layer}.{norm}"]


def mlp(sites, record, layer, prefix):
    sites[f"{prefix}.mlp.pre"] = record.left[f"{layer}.fc1"]
    sites[f"{prefix}.mlp.post"] = record.entered[f"{layer}.fc2"]
    sites[f"{prefix}.mlp.out"] = record.left[f"{layer}.fc2"]


def embeddings(sites, record, stack, prefix, scale, rows):
    embed = record.left[f"model.{stack}.embed_tokens"] * scale
    pos = record.left[f"model.{stack}.embed_positions"]
    sites[f"{prefix}.embed"] = embed
    sites[f"{prefix}.pos"] = pos.reshape(1, -1, pos.shape[-1]).expand(rows, -1, -1).contiguous()


@torch.no_grad()
def sites_of(model, source, decoder, mask=None):
    """source, decoder: int64 [B, S] and [B, T]; mask [B, S] of 0 and 1. Returns site -> tensor."""
    config = model.config
    if mask is None:
        mask = torch.ones_like(source)
    record = Recorder(model)
    out = model(input_ids=source, attention_mask=mask, decoder_input_ids=decoder, use_cache=False,
                output_attentions=True, output_hidden_states=True)
    record.close()
    sites, rows, length = {}, source.shape[0], decoder.shape[1]
    seen = mask.bool()[:, None, None, :]
    causal = torch.ones(length, length, dtype=torch.bool).tril()[None, None]

    embeddings(sites, record, "encoder", "enc", model.model.encoder.embed_scale, rows)
    stream = sites["enc.embed"] + sites["enc.pos"]
    for i in range(config.encoder_layers):
        layer, prefix = f"model.encoder.layers.{i}", f"enc.{i}"
        check(f"{prefix}.resid_pre", stream, out.encoder_hidden_states[i])
        sites[f"{prefix}.resid_pre"] = out.encoder_hidden_states[i]
        attention(sites, record, f"{layer}.self_attn", "self", prefix, config.encoder_attention_heads,
                  out.encoder_attentions[i], seen)
        sublayer(sites, record, layer, "self_attn_layer_norm", prefix, 1, "resid_pre", "self.out", "resid_mid")
        mlp(sites, record, layer, prefix)
        sublayer(sites, record, layer, "final_layer_norm", prefix, 2, "resid_mid", "mlp.out", "resid_post")
        stream = sites[f"{prefix}.resid_post"]
    sites["enc.out"] = out.encoder_last_hidden_state
    check("enc.out", stream, sites["enc.out"])

    embeddings(sites, record, "decoder", "dec", model.model.decoder.embed_scale, rows)
    stream = sites["dec.embed"] + sites["dec.pos"]
    for i in range(config.decoder_layers):
        layer, prefix = f"model.decoder.layers.{i}", f"dec.{i}"
        check(f"{prefix}.resid_pre", stream, out.decoder_hidden_states[i])
        sites[f"{prefix}.resid_pre"] = out.decoder_hidden_states[i]
        heads = config.decoder_attention_heads
        attention(sites, record, f"{layer}.self_attn", "self", prefix, heads, out.decoder_attentions[i], causal)
        sublayer(sites, record, layer, "self_attn_layer_norm", prefix, 1, "resid_pre", "self.out", "resid_self")
        attention(sites, record, f"{layer}.encoder_attn", "cross", prefix, heads, out.cross_attentions[i], seen)
        sublayer(sites, record, layer, "encoder_attn_layer_norm", prefix, 2, "resid_self", "cross.out", "resid_cross")
        mlp(sites, record, layer, prefix)
        sublayer(sites, record, layer, "final_layer_norm", prefix, 3, "resid_cross", "mlp.out", "resid_post")
        stream = sites[f"{prefix}.resid_post"]
    sites["dec.out"] = record.entered["lm_head"]
    check("dec.out", stream, sites["dec.out"])
    sites["logits"] = out.logits
    check("logits", sites["dec.out"] @ model.lm_head.weight.T + model.final_logits_bias, out.logits)
    sites["probs"] = torch.softmax(out.logits, -1)
    return {name: value.detach().to(torch.float32).contiguous().clone() for name, value in sites.items()}
