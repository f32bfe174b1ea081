#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> list
     0  enc.embed [B, S, D] = rows of E[V=100, D=24] times sqrt(24) = 4.89898
     1  enc.pos [B, S, D] = sin | cos of position / 10000^(2j/24)
     2  enc.0.resid_pre [B, S, D] = enc.embed + enc.pos
     3  enc.0.self.q [B, H, S, K] = enc.0.resid_pre W^T + b, W[24, 24], split into 3 heads of 8
     4  enc.0.self.k [B, H, S, K] = enc.0.resid_pre W^T + b, W[24, 24], split into 3 heads of 8
     5  enc.0.self.v [B, H, S, K] = enc.0.resid_pre W^T + b, W[24, 24], split into 3 heads of 8
     6  enc.0.self.scores [B, H, S, S'] = q k^T / sqrt(8)
     7  enc.0.self.pattern [B, H, S, S'] = softmax of each row of enc.0.self.scores; a row sums to 1
     8  enc.0.self.z [B, H, S, K] = pattern v, 3 heads of 8
     9  enc.0.self.out [B, S, D] = enc.0.self.z W^T + b, W[24, 24]
    10  enc.0.norm1.in [B, S, D] = enc.0.resid_pre + enc.0.self.out
> input --ids 80,98,14,0
source: 4 ids, taken as given
> until enc.0.self.scores
enc.0.self.scores  [3,4,4]  q k^T / sqrt(8)
> list
     2  enc.0.resid_pre [B, S, D] = enc.embed + enc.pos
     3  enc.0.self.q [B, H, S, K] = enc.0.resid_pre W^T + b, W[24, 24], split into 3 heads of 8
     4  enc.0.self.k [B, H, S, K] = enc.0.resid_pre W^T + b, W[24, 24], split into 3 heads of 8
     5  enc.0.self.v [B, H, S, K] = enc.0.resid_pre W^T + b, W[24, 24], split into 3 heads of 8
     6  enc.0.self.scores [B, H, S, S'] = q k^T / sqrt(8)
=>   7  enc.0.self.pattern [B, H, S, S'] = softmax of each row of enc.0.self.scores; a row sums to 1
     8  enc.0.self.z [B, H, S, K] = pattern v, 3 heads of 8
     9  enc.0.self.out [B, S, D] = enc.0.self.z W^T + b, W[24, 24]
    10  enc.0.norm1.in [B, S, D] = enc.0.resid_pre + enc.0.self.out
    11  enc.0.norm1 [B, S, D] = (x - mean) / sqrt(var + 1e-05) * gain + bias, x = enc.0.norm1.in
    12  enc.0.mlp.pre [B, S, F] = enc.0.norm1 W^T + b, W[40, 24]
> l dec.0.cross
    43  dec.0.cross.q [B, H, T, K] = dec.0.norm1 W^T + b, W[24, 24], split into 3 heads of 8
    44  dec.0.cross.k [B, H, S, K] = enc.1.norm2 W^T + b, W[24, 24], split into 3 heads of 8
    45  dec.0.cross.v [B, H, S, K] = enc.1.norm2 W^T + b, W[24, 24], split into 3 heads of 8
    46  dec.0.cross.scores [B, H, T, S] = q k^T / sqrt(8)
    47  dec.0.cross.pattern [B, H, T, S] = softmax of each row of dec.0.cross.scores; a row sums to 1
    48  dec.0.cross.z [B, H, T, K] = pattern v, 3 heads of 8
    49  dec.0.cross.out [B, T, D] = dec.0.cross.z W^T + b, W[24, 24]
> list logits
    98  dec.2.mlp.pre [B, T, Fd] = dec.2.norm2 W^T + b, W[56, 24]
    99  dec.2.mlp.post [B, T, Fd] = silu(x) = x / (1 + exp(-x)), x = dec.2.mlp.pre
   100  dec.2.mlp.out [B, T, D] = dec.2.mlp.post W^T + b, W[24, 56]
   101  dec.2.norm3.in [B, T, D] = dec.2.norm2 + dec.2.mlp.out
   102  dec.2.norm3 [B, T, D] = (x - mean) / sqrt(var + 1e-05) * gain + bias, x = dec.2.norm3.in
   103  logits [B, T, V] = dec.2.norm3 W^T + b, W[100, 24]
   104  probs [B, T, V] = softmax of each row of logits; a row sums to 1
> list enc.9
error: layer 9: the encoder of this model has layers 0-1
  list enc.9
       ^~~~~
