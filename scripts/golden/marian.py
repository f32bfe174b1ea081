"""Tiny random Marian models in the layouts that occur on disk, and all that the reference computes with them."""
import json
import os
import shutil
import warnings

import torch
from safetensors.torch import load_file
from transformers import GenerationConfig, MarianConfig, MarianMTModel, MarianTokenizer
from transformers.utils import logging

from . import generate, spm, text
from .common import GOLDEN, versions, write_bytes, write_json, write_lines, write_tensors
from .sites import sites_of

warnings.filterwarnings("ignore")
logging.set_verbosity_error()
logging.disable_progress_bar()
FOLDER = os.path.join(GOLDEN, "marian")

# `sources` and `prefix` are ids without the end token; they are drawn from the seed where absent.
CASES = {
    "swish-3h": {
        "seed": 1, "end": 0.0, "steps": 110, "words": "shared", "batch": True,
        "config": {"d_model": 24, "encoder_attention_heads": 3, "decoder_attention_heads": 3, "encoder_layers": 2,
                   "decoder_layers": 3, "encoder_ffn_dim": 40, "decoder_ffn_dim": 56, "activation_function": "swish",
                   "scale_embedding": True, "forced_eos_token_id": None}},
    "relu-uneven": {
        "seed": 35, "end": 0.3, "steps": 110, "batch": True,
        "config": {"vocab_size": 71, "d_model": 32, "encoder_attention_heads": 2, "decoder_attention_heads": 4,
                   "encoder_layers": 3, "decoder_layers": 1, "encoder_ffn_dim": 48, "decoder_ffn_dim": 40,
                   "activation_function": "relu", "scale_embedding": False, "eos_token_id": 33}},
    "gelu-untied": {
        "seed": 11, "words": "separate",
        "config": {"d_model": 20, "encoder_attention_heads": 5, "decoder_attention_heads": 5, "encoder_layers": 2,
                   "decoder_layers": 2, "encoder_ffn_dim": 36, "decoder_ffn_dim": 28, "activation_function": "gelu",
                   "scale_embedding": True, "share_encoder_decoder_embeddings": False, "tie_word_embeddings": False}},
    "lang": {
        "seed": 32, "words": "lang", "old": True,
        "config": {"d_model": 16, "encoder_attention_heads": 4, "decoder_attention_heads": 2, "encoder_layers": 2,
                   "decoder_layers": 2, "encoder_ffn_dim": 33, "decoder_ffn_dim": 31, "activation_function": "swish",
                   "scale_embedding": True, "max_position_embeddings": 40}},
    "f16": {
        "seed": 17, "dtype": torch.float16,
        "config": {"vocab_size": 53, "d_model": 18, "encoder_attention_heads": 2, "decoder_attention_heads": 3,
                   "encoder_layers": 2, "decoder_layers": 2, "encoder_ffn_dim": 29, "decoder_ffn_dim": 37,
                   "activation_function": "swish", "scale_embedding": True}},
    "bf16": {
        "seed": 17, "dtype": torch.bfloat16, "generation": {"renormalize_logits": True},
        "config": {"vocab_size": 53, "d_model": 18, "encoder_attention_heads": 2, "decoder_attention_heads": 3,
                   "encoder_layers": 2, "decoder_layers": 2, "encoder_ffn_dim": 29, "decoder_ffn_dim": 37,
                   "activation_function": "swish", "scale_embedding": True}},
    "sharded": {
        "seed": 5, "shard": "12KB",
        "config": {"vocab_size": 47, "d_model": 21, "encoder_attention_heads": 3, "decoder_attention_heads": 7,
                   "encoder_layers": 1, "decoder_layers": 2, "encoder_ffn_dim": 35, "decoder_ffn_dim": 19,
                   "activation_function": "relu", "scale_embedding": True}},
}

GAINS = {"out_proj": 0.7, "fc2": 0.7, "q_proj": 1.5, "k_proj": 1.5}


def vocabulary(models, seed, extra=()):
    """vocab.json: an order of its own, and a few pieces of the .spm left out, as the real ones do."""
    import sentencepiece
    pieces = set()
    for model in models:
        processor = sentencepiece.SentencePieceProcessor(model_proto=model)
        pieces |= {processor.id_to_piece(i) for i in range(3, processor.get_piece_size())}
    pieces = sorted(pieces)
    order = torch.randperm(len(pieces), generator=torch.Generator().manual_seed(seed)).tolist()
    kept = [pieces[i] for i in order][:-3]
    return {piece: i for i, piece in enumerate(["</s>", "<unk>", *extra, *kept, "<pad>"])}


def add_tokenizer(case, folder):
    """Writes the tokenizer through the reference's own saving; returns the two vocabulary sizes."""
    source = spm.train(text.corpus(2), rules=case["words"] != "lang", vocab_size=64,
                       **({"normalization_rule_name": "identity"} if case["words"] == "lang" else {}))
    target = spm.train(text.corpus(1), vocab_size=44, normalization_rule_name="identity")
    languages = (">>fra<<", ">>deu<<", ">>pes_Latn<<") if case["words"] == "lang" else ()
    write_bytes(os.path.join(folder, "source.spm"), source)
    write_bytes(os.path.join(folder, "target.spm"), target)
    separate = case["words"] == "separate"
    names = {"vocab": vocabulary([source] if separate else [source, target], 5, languages)}
    if separate:
        names["target_vocab_file"] = vocabulary([target], 6)
    paths = {}
    for key, value in names.items():
        paths[key] = os.path.join(folder, "target_vocab.json" if key != "vocab" else "vocab.json")
        write_json(paths[key], value)
    tokenizer = MarianTokenizer(source_spm=os.path.join(folder, "source.spm"),
                                target_spm=os.path.join(folder, "target.spm"), separate_vocabs=separate,
                                source_lang="fa", target_lang="en", **paths)
    tokenizer.save_pretrained(folder)
    sizes = [len(value) for value in names.values()]
    return sizes[0], sizes[-1]


def config_of(case, sizes):
    given = {"init_std": 0.02, "dropout": 0.1, "max_position_embeddings": 64, "use_cache": True}
    given |= case["config"]
    given.setdefault("vocab_size", sizes[0])
    if not given.get("share_encoder_decoder_embeddings", True):
        given["decoder_vocab_size"] = sizes[1]
    last = given.get("decoder_vocab_size", given["vocab_size"]) - 1
    given.setdefault("eos_token_id", 0)
    given.setdefault("forced_eos_token_id", given["eos_token_id"])
    return MarianConfig(pad_token_id=last, decoder_start_token_id=last, bos_token_id=0, **given)


def fill(model, seed):
    """Random everything: norms are not 1 and 0, biases not 0."""
    draw = torch.Generator().manual_seed(seed)
    config = model.config
    for name, value in sorted(dict(model.named_parameters(remove_duplicate=True)).items()) + \
            [("final_logits_bias", model.final_logits_bias)]:
        if "embed_positions" in name:
            continue
        noise = torch.randn(value.shape, generator=draw)
        if "layer_norm.weight" in name:
            noise = 1 + 0.3 * noise
        elif "layer_norm.bias" in name:
            noise = 0.15 * noise
        elif name.endswith("bias"):
            noise = 0.2 * noise
        elif "embed" in name or "shared" in name or "lm_head" in name:
            noise = noise * (0.3 if config.scale_embedding else 0.5)
        else:
            gain = next((gain for part, gain in GAINS.items() if part in name), 1.0)
            noise = noise * gain * value.shape[-1] ** -0.5
        value.data.copy_(noise)


def lesson(config, follows, draw):
    """A made-up language: the first token is drawn from the source, each further one follows from the last."""
    source = torch.randint(config.vocab_size, (96, 8), generator=draw)
    spoken = [follows[source[:, 0] % len(follows)]]
    for _ in range(9):
        spoken.append(follows[spoken[-1] % len(follows)])
    target = torch.stack(spoken, 1)
    for row, end in zip(target, torch.randint(3, 14, (96,), generator=draw)):
        row[end + 1:] = -100
        row[end:end + 1] = config.eos_token_id
    return source, target


def enliven(model, seed, steps):
    """A random tied decoder says the same token for ever. A short training, far from any end, gives it something
    to say while weights, norms and biases stay as good as random."""
    config, draw = model.config, torch.Generator().manual_seed(seed)
    size = model.lm_head.out_features
    follows = torch.randperm(size, generator=draw)
    follows = follows[(follows != config.eos_token_id) & (follows != config.pad_token_id)]
    trained = [value for value in model.parameters() if value.requires_grad]
    adam = torch.optim.Adam(trained, lr=8e-3)
    model.eval()
    for _ in range(steps):
        source, target = lesson(config, follows, draw)
        adam.zero_grad()
        model(input_ids=source, labels=target, use_cache=False).loss.backward()
        adam.step()
        still_pad(model)


def still_pad(model):
    """The row that decoding starts from: zero in shared vocabularies, as in the real files."""
    pad = model.config.pad_token_id
    model.final_logits_bias[:, pad] = 0
    if model.config.share_encoder_decoder_embeddings:
        model.model.shared.weight.data[pad] = 0


def generation_of(case, config):
    return GenerationConfig(
        num_beams=4, max_length=16, bad_words_ids=[[config.pad_token_id]], eos_token_id=config.eos_token_id,
        forced_eos_token_id=config.forced_eos_token_id, pad_token_id=config.pad_token_id, bos_token_id=0,
        decoder_start_token_id=config.decoder_start_token_id, **case.get("generation", {}))


def make_old(folder, model):
    """As older files are: positions stored (here with values of no formula), no final_logits_bias."""
    path = os.path.join(folder, "model.safetensors")
    tensors = load_file(path)
    del tensors["final_logits_bias"]
    draw = torch.Generator().manual_seed(77)
    for stack in ("encoder", "decoder"):
        shape = (model.config.max_position_embeddings, model.config.d_model)
        tensors[f"model.{stack}.embed_positions.weight"] = 0.7 * torch.randn(shape, generator=draw)
    write_tensors(path, tensors, {"format": "pt"})


def open_model(folder):
    model, report = MarianMTModel.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager",
                                                  output_loading_info=True)
    if report["unexpected_keys"] or report["mismatched_keys"]:
        raise SystemExit(f"{folder}: {report}")
    return model.eval()


def save(name, case, seed, folder):
    """Writes the model folder; returns the model as the reference reads it back."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    sizes = add_tokenizer(case, folder) if "words" in case else (0, 0)
    config = config_of(case, sizes)
    model = MarianMTModel(config)
    fill(model, seed)
    enliven(model, seed, case.get("steps", 100))
    model.final_logits_bias[:, config.eos_token_id] += case.get("end", -1.5)
    still_pad(model)
    model.generation_config = generation_of(case, config)
    model.to(case.get("dtype", torch.float32))
    model.save_pretrained(folder, **({"max_shard_size": case["shard"]} if "shard" in case else {}))
    if case.get("old"):
        make_old(folder, model)
        kept = load_file(os.path.join(folder, "model.safetensors"))
    again = open_model(folder)
    if case.get("old"):
        for stack in ("encoder", "decoder"):
            key = f"model.{stack}.embed_positions.weight"
            if not torch.equal(again.state_dict()[key], kept[key]):
                raise SystemExit(f"{name}: the stored positions were not used")
    else:
        for key, value in model.state_dict().items():
            if not torch.equal(again.state_dict()[key], value.float()) and "embed_positions" not in key:
                raise SystemExit(f"{name}: {key} changed on the way")
    return again


def draw_sources(config, seed):
    """Five sources that end in </s>, of 1, 4, 7, 9 and 14 other tokens, and a decoder prefix of 5."""
    draw = torch.Generator().manual_seed(1000 + seed)
    target = config.vocab_size if config.share_encoder_decoder_embeddings else config.decoder_vocab_size

    def ids(count, size):
        allowed = [i for i in range(size) if i not in (config.eos_token_id, config.pad_token_id)]
        return [allowed[int(i)] for i in torch.randint(len(allowed), (count,), generator=draw)]
    sources = [ids(count, config.vocab_size) + [config.eos_token_id] for count in (7, 4, 1, 14, 9)]
    return sources, ids(5, target)


def write_expected(name, folder, model, source, decoder):
    sites = sites_of(model, torch.tensor([source]), torch.tensor([decoder]))
    write_tensors(os.path.join(folder, "expected.safetensors"), sites,
                  {"case": name, "source_ids": json.dumps(source), "decoder_ids": json.dumps(decoder), **versions()})


def write_batch(name, folder, model, sources, prefix):
    """Three sentences of unequal length; decoders of unequal length too. What is real equals the single run."""
    config, pad = model.config, model.config.pad_token_id
    rows = [sources[1], sources[3], sources[0]]
    starts = [[config.decoder_start_token_id] + prefix[:n] for n in (3, 5, 4)]
    width, length = max(map(len, rows)), max(map(len, starts))
    source = torch.tensor([row + [pad] * (width - len(row)) for row in rows])
    mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
    decoder = torch.tensor([row + [pad] * (length - len(row)) for row in starts])
    sites = sites_of(model, source, decoder, mask)
    last = config.decoder_layers - 1
    for i, (row, start) in enumerate(zip(rows, starts)):
        single = sites_of(model, torch.tensor([row]), torch.tensor([start]))
        for site, real in (("enc.out", len(row)), ("logits", len(start))):
            worst = (sites[site][i, :real] - single[site][0]).abs().max().item()
            if worst > 2e-5:
                raise SystemExit(f"{name}: {site} of sentence {i} in a batch differs by {worst}")
    kept = {site: sites[site] for site in ("enc.out", "dec.out", "logits", "enc.0.self.scores",
                                           "enc.0.self.pattern", f"dec.{last}.cross.pattern")}
    write_tensors(os.path.join(folder, "batch.safetensors"),
                  {"source_ids": source, "source_mask": mask, "decoder_ids": decoder,
                   "decoder_lengths": torch.tensor([len(start) for start in starts]), **kept},
                  {"case": name, **versions()})


def write_tokens(folder):
    """What the family's tokenizer does: pieces looked up in vocab.json, end token, special tokens in text."""
    tokenizer = MarianTokenizer.from_pretrained(folder)
    texts = [line for line in text.sentences()[:24]] + text.PERSIAN_HARD[:20] + text.SPACES[:18] + text.TYPED[:16] + [
        ">>fra<< علی", ">>deu<<علی", ">>pes_Latn<< کتاب", ">>xyz<< علی", "علی >>fra<< کتاب", " >>fra<< علی", ">>fra<<>>deu<< علی",
        ">>fra", "علی به مدرسه می‌رود", "کتابي", "ﷲ", "زززژژژ", "</s> علی", "علی </s> علی", "<pad> علی", "abc علی", "علی،کتاب؟"]
    rows = []
    for string in texts:
        row = {"text": string, "ids": tokenizer(string).input_ids}
        row["pieces"] = tokenizer.convert_ids_to_tokens(row["ids"]) if not tokenizer.separate_vocabs else None
        row["target_ids"] = tokenizer(text_target=string).input_ids
        row["target_decoded"] = tokenizer.decode(row["target_ids"], skip_special_tokens=True)
        rows.append({key: value for key, value in row.items() if value is not None})
    write_lines(os.path.join(folder, "tokens.jsonl"), rows)
    return tokenizer


def make(names):
    for name in names or CASES:
        case, folder = CASES[name], os.path.join(FOLDER, name)
        model = save(name, case, case["seed"], folder)
        sources, prefix = draw_sources(model.config, case["seed"])
        tokenizer = write_tokens(folder) if "words" in case else None
        write_expected(name, folder, model, sources[0], [model.config.decoder_start_token_id] + prefix)
        if case.get("batch"):
            write_batch(name, folder, model, sources, prefix)
        rows = generate.rows(model, sources, prefix, tokenizer)
        write_json(os.path.join(folder, "generate.json"), rows)
        for file in os.listdir(folder):
            os.chmod(os.path.join(folder, file), 0o644)
        size = sum(os.path.getsize(os.path.join(folder, f)) for f in os.listdir(folder))
        print(f"marian/{name}: {size} bytes, {generate.summary(rows)}")


def find_seed(name, tries=40):
    """Prints how much the searches of each seed show; the best is then written into CASES by hand."""
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(1, tries + 1):
            model = save(name, CASES[name], seed, os.path.join(folder, name))
            sources, prefix = draw_sources(model.config, seed)
            if not generate.lively(model, sources):
                continue
            rows = generate.rows(model, sources, prefix, None, fatal=False)
            print(seed, generate.worth(rows), generate.summary(rows), flush=True)
