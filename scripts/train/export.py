# Writes a checkpoint as a Hugging Face folder: Marian for the translation models, BERT for the encoders.
import json
import os
import shutil
import sys

import torch
from safetensors.torch import save_file

import bert
import train
import wordpiece


def weights_of(checkpoint):
    return torch.load(checkpoint)["model"]


def weights(state, folder, half):
    """model.safetensors; half: in float16, which halves the folder and costs nothing that the reports can see."""
    path = os.path.join(folder, "model.safetensors")
    save_file({k: (v.half() if half else v.float()).contiguous() for k, v in state.items()}, path,
              metadata={"format": "pt"})
    os.chmod(path, 0o644)


def export(work, checkpoint, folder, layers=3, heads=4, half=False):
    """config.json, generation_config.json, model.safetensors, both .spm, vocab.json, tokenizer_config.json."""
    with open(os.path.join(work, "vocab.json"), encoding="utf-8") as f:
        vocab = json.load(f)
    pad = len(vocab) - 1
    model = train.new_model(len(vocab), 1, layers, heads)
    model.load_state_dict(weights_of(checkpoint))
    os.makedirs(folder, exist_ok=True)
    state = model.state_dict()
    assert float(state["model.shared.weight"][pad].abs().max()) == 0.0, "the pad row is not zero"
    tied = {"model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight", "lm_head.weight"}
    keep = {k: v for k, v in state.items() if k not in tied and "embed_positions" not in k}
    assert "final_logits_bias" in keep and "model.shared.weight" in keep
    weights(keep, folder, half)
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


def export_bert(work, state, folder, bare=False):
    """A BERT folder in float16. state: of BertForPreTraining, or of its encoder alone when bare. The output
    embedding of the masked pieces is the input embedding and is not stored twice."""
    pieces = wordpiece.read(work)
    config = bert.new_model(pieces.get_vocab_size(), 1).config.to_dict()
    os.makedirs(folder, exist_ok=True)
    tied = {"cls.predictions.decoder.weight", "cls.predictions.decoder.bias"}
    weights({k: v for k, v in state.items() if k not in tied and "position_ids" not in k}, folder, True)
    names = ("attention_probs_dropout_prob hidden_act hidden_dropout_prob hidden_size initializer_range "
             "intermediate_size layer_norm_eps max_position_embeddings num_attention_heads num_hidden_layers "
             "pad_token_id transformers_version type_vocab_size vocab_size").split()
    out = {n: config[n] for n in names if n in config}
    out.update(architectures=["BertModel" if bare else "BertForPreTraining"], model_type="bert",
               tie_word_embeddings=True, torch_dtype="float32")
    dump(folder, "config.json", out)
    for n in ("vocab.txt", "tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(os.path.join(work, n), os.path.join(folder, n))


def export_sbert(work, state, folder):
    """The folder of a sentence-transformers model: the encoder and the mean over its pieces."""
    export_bert(work, state, folder, bare=True)
    dump(folder, "modules.json", [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}])
    dump(folder, "sentence_bert_config.json", {"do_lower_case": False, "max_seq_length": wordpiece.LONGEST})
    os.makedirs(os.path.join(folder, "1_Pooling"), exist_ok=True)
    dump(os.path.join(folder, "1_Pooling"), "config.json", {
        "word_embedding_dimension": state["embeddings.word_embeddings.weight"].shape[1],
        "pooling_mode_cls_token": False, "pooling_mode_mean_tokens": True, "pooling_mode_max_tokens": False,
        "pooling_mode_mean_sqrt_len_tokens": False, "pooling_mode_weightedmean_tokens": False,
        "pooling_mode_lasttoken": False, "include_prompt": True})


def dump(folder, name, value):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
        json.dump(value, f, indent=2, sort_keys=True)
        f.write("\n")


if __name__ == "__main__":
    export(sys.argv[1], sys.argv[2], sys.argv[3])
