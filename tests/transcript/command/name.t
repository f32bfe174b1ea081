#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> name enc.0.self.pattern
rasad            enc.0.self.pattern
TransformerLens  encoder.0.attn.hook_pattern
TransformerLens  encoder_blocks.0.attn.hook_pattern
TransformerLens  blocks.0.attn.hook_pattern
TransformerLens  blocks.0.self_attn.hook_pattern
Hugging Face     encoder_attentions[0]
> name dec.0.resid_post
rasad            dec.0.norm3
Hugging Face     model.decoder.layers.0.final_layer_norm
rasad            dec.0.resid_post
TransformerLens  decoder.0.hook_resid_post
TransformerLens  decoder_blocks.0.hook_out
Hugging Face     model.decoder.layers.0
rasad            dec.1.resid_pre
TransformerLens  decoder.1.hook_resid_pre
TransformerLens  decoder_blocks.1.hook_in
Hugging Face     decoder_hidden_states[1]
> name model.encoder.layers.0.self_attn.q_proj
rasad            enc.0.self.q
TransformerLens  encoder.0.attn.hook_q
TransformerLens  encoder_blocks.0.attn.hook_q
Hugging Face     model.encoder.layers.0.self_attn.q_proj
Marian           encoder_l1_self_Wq
TransformerLens  blocks.0.attn.hook_q
TransformerLens  blocks.0.self_attn.hook_q
Hugging Face     encoder.layers.0.self_attn.q_proj
> name enc.0.nothing
error: no site matches `enc.0.nothing`
  name enc.0.nothing
       ^~~~~~~~~~~~~
  enc.0 has: resid_pre self norm1 resid_mid mlp norm2 resid_post
