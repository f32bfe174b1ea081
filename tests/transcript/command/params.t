#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> set rows 8
> set precision 3
> params
 name                                          shape      type       bytes  norm
 model.shared.weight                           [100, 24]  f32      9.4 KiB  18.6
 model.encoder.embed_positions.weight          [64, 24]   formula
 model.encoder.layers.0.self_attn.q_proj.wei…  [24, 24]   f32      2.2 KiB  7.16
 model.encoder.layers.0.self_attn.q_proj.bias  [24]       f32         96 B  1.13
 model.encoder.layers.0.self_attn.k_proj.wei…  [24, 24]   f32      2.2 KiB  7.58
 model.encoder.layers.0.self_attn.k_proj.bias  [24]       f32         96 B  1.03
 model.encoder.layers.0.self_attn.v_proj.wei…  [24, 24]   f32      2.2 KiB  4.95
 model.encoder.layers.0.self_attn.v_proj.bias  [24]       f32         96 B  1.13
114 rows (8 shown)
114 of 114 tensors; 34596 numbers in the model
> params shared
 name                 shape      type    bytes  norm
 model.shared.weight  [100, 24]  f32   9.4 KiB  18.6
model.shared.weight: enc.embed dec.embed logits
1 of 114 tensors; 34596 numbers in the model
> params *enc*.0.fc1.*
 name                               shape     type    bytes  norm
 model.encoder.layers.0.fc1.weight  [40, 24]  f32   3.8 KiB   6.7
 model.encoder.layers.0.fc1.bias    [40]      f32     160 B  1.52
model.encoder.layers.0.fc1.weight: enc.0.mlp.pre
model.encoder.layers.0.fc1.bias: enc.0.mlp.pre
2 of 114 tensors; 34596 numbers in the model
> params nothing
error: no parameter of 114 matches
  params nothing
         ^~~~~~~
  * stands for any text: params *layers.0*, or one name: model.shared.weight
