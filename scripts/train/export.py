# Writes a checkpoint as a Hugging Face Marian folder.
import json
import os
import shutil
import sys

import torch
from safetensors.torch import save_file

import train


def export(work, checkpoint, folder):
    """config.json, generation_config.json, model.safetensors, both .spm, vocab.json, tokenizer_config.json."""
    with open(os.path.join(work, "vocab.json"), encoding="utf-8") as f:
        vocab = json.load(f)
    pad = len(vocab) - 1
    model = train.new_model(len(vocab), 1)
    model.load_state_dict(torch.load(checkpoint)["model"])
    os.makedirs(folder, exist_ok=True)
    state = model.state_dict()
    assert float(state["model.shared.weight"][pad].abs().max()) == 0.0, "the pad row is not zero"
    tied = {"model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight", "lm_head.weight"}
    keep = {k: v.float().contiguous() for k, v in state.items() if k not in tied and "embed_positions" not in k}
    assert "final_logits_bias" in keep and "model.shared.weight" in keep
    save_file(keep, os.path.join(folder, "model.safetensors"), metadata={"format": "pt"})
    os.chmod(os.path.join(folder, "model.safetensors"), 0o644)
    config = model.config.to_dict()
    names = ("activation_dropout activation_function architectures attention_dropout bos_token_id d_model "
             "decoder_attention_heads decoder_ffn_dim decoder_layerdrop decoder_layers decoder_start_token_id "
             "decoder_vocab_size dropout encoder_attention_heads encoder_ffn_dim encoder_layerdrop encoder_layers "
             "eos_token_id forced_eos_token_id init_std is_encoder_decoder max_position_embeddings model_type "
             "pad_token_id scale_embedding share_encoder_decoder_embeddings tie_word_embeddings "
             "transformers_version use_cache vocab_size").split()
    out = {n: config[n] for n in names if n in config}
    out.update(architectures=["MarianMTModel"], model_type="marian", is_encoder_decoder=True, eos_token_id=0,
               bos_token_id=0, pad_token_id=pad, decoder_start_token_id=pad, forced_eos_token_id=0,
               static_position_embeddings=True, normalize_embedding=False, add_final_layer_norm=False,
               normalize_before=False, num_hidden_layers=config["encoder_layers"], torch_dtype="float32")
    dump(folder, "config.json", out)
    dump(folder, "generation_config.json", {
        "bad_words_ids": [[pad]], "bos_token_id": 0, "decoder_start_token_id": pad, "eos_token_id": 0,
        "forced_eos_token_id": 0, "max_length": 512, "num_beams": 4, "pad_token_id": pad})
    dump(folder, "tokenizer_config.json", {
        "tokenizer_class": "MarianTokenizer", "source_lang": "fa", "target_lang": "en", "model_max_length": 512,
        "separate_vocabs": False, "unk_token": "<unk>", "eos_token": "</s>", "pad_token": "<pad>"})
    for n in ("source.spm", "target.spm", "vocab.json"):
        shutil.copyfile(os.path.join(work, n), os.path.join(folder, n))


def dump(folder, name, value):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
        json.dump(value, f, indent=2, sort_keys=True)
        f.write("\n")


if __name__ == "__main__":
    export(sys.argv[1], sys.argv[2], sys.argv[3])
