#! exit 1
> model new transformer --d-model 1024 --heads 4 --d-k 192 --d-ff 1024 --layers 12 --vocab 20000 --target-vocab 30000
transformer: transformer, encoder-decoder 12+12 layers, 4 heads, d_model 1024, vocabulary 30000; no weights
> shapes --batch 32 --len 2048 enc.0 dec.0.self dec.0.cross dec.out logits
 tensor               shape                             bytes  from
 enc.0.resid_pre      [B=32, S=2048, D=1024]        256.0 MiB  embed + pos
 enc.0.self.q         [B=32, H=4, S=2048, K=192]    192.0 MiB  resid_pre W[768,…
 enc.0.self.k         [B=32, H=4, S=2048, K=192]    192.0 MiB  resid_pre W[768,…
 enc.0.self.v         [B=32, H=4, S=2048, K=192]    192.0 MiB  resid_pre W[768,…
 enc.0.self.scores    [B=32, H=4, S=2048, S'=2048]    2.0 GiB  q k^T / sqrt(192)
 enc.0.self.pattern   [B=32, H=4, S=2048, S'=2048]    2.0 GiB  softmax(scores)
 enc.0.self.z         [B=32, H=4, S=2048, K=192]    192.0 MiB  pattern v
   heads joined       [B=32, S=2048, H*K=768]       192.0 MiB  heads side by si…
 enc.0.self.out       [B=32, S=2048, D=1024]        256.0 MiB  z W[1024,768] + b
 enc.0.norm1.in       [B=32, S=2048, D=1024]        256.0 MiB  resid_pre + self…
 enc.0.norm1          [B=32, S=2048, D=1024]        256.0 MiB  layernorm(norm1.…
 enc.0.resid_mid      [B=32, S=2048, D=1024]        256.0 MiB  = enc.0.norm1
 enc.0.mlp.pre        [B=32, S=2048, F=1024]        256.0 MiB  norm1 W[1024,102…
 enc.0.mlp.post       [B=32, S=2048, F=1024]        256.0 MiB  relu(pre)
 enc.0.mlp.out        [B=32, S=2048, D=1024]        256.0 MiB  post W[1024,1024…
 enc.0.norm2.in       [B=32, S=2048, D=1024]        256.0 MiB  norm1 + mlp.out
 enc.0.norm2          [B=32, S=2048, D=1024]        256.0 MiB  layernorm(norm2.…
 enc.0.resid_post     [B=32, S=2048, D=1024]        256.0 MiB  = enc.0.norm2
 dec.0.self.q         [B=32, H=4, T=2048, K=192]    192.0 MiB  resid_pre W[768,…
 dec.0.self.k         [B=32, H=4, T=2048, K=192]    192.0 MiB  resid_pre W[768,…
 dec.0.self.v         [B=32, H=4, T=2048, K=192]    192.0 MiB  resid_pre W[768,…
 dec.0.self.scores    [B=32, H=4, T=2048, T'=2048]    2.0 GiB  q k^T / sqrt(192…
 dec.0.self.pattern   [B=32, H=4, T=2048, T'=2048]    2.0 GiB  softmax(scores)
 dec.0.self.z         [B=32, H=4, T=2048, K=192]    192.0 MiB  pattern v
   heads joined       [B=32, T=2048, H*K=768]       192.0 MiB  heads side by si…
 dec.0.self.out       [B=32, T=2048, D=1024]        256.0 MiB  z W[1024,768] + b
 dec.0.cross.q        [B=32, H=4, T=2048, K=192]    192.0 MiB  norm1 W[768,1024…
 dec.0.cross.k        [B=32, H=4, S=2048, K=192]    192.0 MiB  enc.11.norm2 W[7…
 dec.0.cross.v        [B=32, H=4, S=2048, K=192]    192.0 MiB  enc.11.norm2 W[7…
 dec.0.cross.scores   [B=32, H=4, T=2048, S=2048]     2.0 GiB  q k^T / sqrt(192)
 dec.0.cross.pattern  [B=32, H=4, T=2048, S=2048]     2.0 GiB  softmax(scores)
 dec.0.cross.z        [B=32, H=4, T=2048, K=192]    192.0 MiB  pattern v
   heads joined       [B=32, T=2048, H*K=768]       192.0 MiB  heads side by si…
 dec.0.cross.out      [B=32, T=2048, D=1024]        256.0 MiB  z W[1024,768] + b
 dec.out              [B=32, T=2048, D=1024]        256.0 MiB  = dec.11.norm3
 logits               [B=32, T=2048, V=30000]         7.3 GiB  dec.11.norm3 W[3…
B  = 32     sentences in the batch
S  = 2048   source length
T  = 2048   target length
D  = 1024   width of the residual stream (d_model)
H  = 4      heads
K  = 192    width of a head (d_k)
F  = 1024   width of the feed-forward layer (d_ff)
V  = 30000  target vocabulary
> explain enc.0.self.out
enc.0.self.out = enc.0.self.z W^T + b, W[1024, 768]
  result  enc.0.self.out  [B, S, D] = [1, ?, 1024]
  x       enc.0.self.z  [B, H, S, K] = [1, 4, ?, 192]
  W       encoder.layers.0.self.out.weight  [D=1024, H*K=768]
  bias    encoder.layers.0.self.out.bias  [D=1024]
cost     depends on the lengths; set an input, or see: shapes --len N
why      joins the heads (or the filters) and brings them back to the width of the residual stream
> params output
 name           shape          type  bytes  norm
 output.weight  [30000, 1024]
 output.bias    [30000]
output.weight: logits
output.bias: logits
2 of 508 tensors; 245819696 numbers in the model
> model info
 model         transformer
 architecture  transformer, encoder-decoder
 layers        12 encoder, 12 decoder
 heads         4
 width         d_model 1024
 head width    192
 feed-forward  1024
 vocabulary    20,000 source, 30,000 target
 positions     no limit
 parameters    245,819,696
 weights       none on disk
 keeping all   51.2 MiB for 32 + 32 tokens; residuals and patterns 12.2 MiB
 special ids   start 0, pad 0
 tokenizer     none: ids only
 path          model new
> run
error: run needs weights, and 'transformer' has none
  without weights there are still shapes, counts and tokens
> model new encoder --layers 1 --d-model 16 --heads 3 --d-k 4 --d-v 7 --d-ff 8 --vocab 11 --no-bias --activation swish
encoder: transformer, encoder 1 layer, 3 heads, d_model 16, vocabulary 11; no weights
> shapes enc.0 --len 5
 tensor              shape                  bytes  from
 enc.0.resid_pre     [B=1, S=5, D=16]       320 B  embed + pos
 enc.0.self.q        [B=1, H=3, S=5, K=4]   240 B  resid_pre W[12,16]
 enc.0.self.k        [B=1, H=3, S=5, K=4]   240 B  resid_pre W[12,16]
 enc.0.self.v        [B=1, H=3, S=5, Kv=7]  420 B  resid_pre W[21,16]
 enc.0.self.scores   [B=1, H=3, S=5, S'=5]  300 B  q k^T / sqrt(4)
 enc.0.self.pattern  [B=1, H=3, S=5, S'=5]  300 B  softmax(scores)
 enc.0.self.z        [B=1, H=3, S=5, Kv=7]  420 B  pattern v
   heads joined      [B=1, S=5, H*Kv=21]    420 B  heads side by side
 enc.0.self.out      [B=1, S=5, D=16]       320 B  z W[16,21]
 enc.0.norm1.in      [B=1, S=5, D=16]       320 B  resid_pre + self.out
 enc.0.norm1         [B=1, S=5, D=16]       320 B  layernorm(norm1.in)
 enc.0.resid_mid     [B=1, S=5, D=16]       320 B  = enc.0.norm1
 enc.0.mlp.pre       [B=1, S=5, F=8]        160 B  norm1 W[8,16]
 enc.0.mlp.post      [B=1, S=5, F=8]        160 B  silu(pre)
 enc.0.mlp.out       [B=1, S=5, D=16]       320 B  post W[16,8]
 enc.0.norm2.in      [B=1, S=5, D=16]       320 B  norm1 + mlp.out
 enc.0.norm2         [B=1, S=5, D=16]       320 B  layernorm(norm2.in)
 enc.0.resid_post    [B=1, S=5, D=16]       320 B  = enc.0.norm2
B  = 1      sentences in the batch
S  = 5      source length
D  = 16     width of the residual stream (d_model)
H  = 3      heads
K  = 4      width of a head's queries and keys (d_k)
Kv = 7      width of a head's values (d_v)
F  = 8      width of the feed-forward layer (d_ff)
> params enc
 name                              shape     type  bytes  norm
 encoder.embed.weight              [11, 16]
 encoder.layers.0.self.q.weight    [12, 16]
 encoder.layers.0.self.k.weight    [12, 16]
 encoder.layers.0.self.v.weight    [21, 16]
 encoder.layers.0.self.out.weight  [16, 21]
 encoder.layers.0.norm1.weight     [16]
 encoder.layers.0.norm1.bias       [16]
 encoder.layers.0.mlp.in.weight    [8, 16]
 encoder.layers.0.mlp.out.weight   [16, 8]
 encoder.layers.0.norm2.weight     [16]
 encoder.layers.0.norm2.bias       [16]
11 of 11 tensors; 1552 numbers in the model
> explain enc.0.mlp.post
enc.0.mlp.post = silu(x) = x / (1 + exp(-x)), x = enc.0.mlp.pre
  result  enc.0.mlp.post  [B, S, F] = [1, ?, 8]
  x       enc.0.mlp.pre  [B, S, F] = [1, ?, 8]
cost     depends on the lengths; set an input, or see: shapes --len N
why      the bend: without it two linear maps would be one
> shapes dec.0
error: dec.0: this model has no decoder
  shapes dec.0
         ^~~~~
> model new decoder --dec-layers 2 --d-model 8 --heads 2 --vocab 11
decoder: transformer, decoder 2 layers, 2 heads, d_model 8, vocabulary 11; no weights
> list dec.1
    17  dec.1.self.q [B, H, T, K] = dec.0.norm2 W^T + b, W[8, 8], split into 2 heads of 4
    18  dec.1.self.k [B, H, T, K] = dec.0.norm2 W^T + b, W[8, 8], split into 2 heads of 4
    19  dec.1.self.v [B, H, T, K] = dec.0.norm2 W^T + b, W[8, 8], split into 2 heads of 4
    20  dec.1.self.scores [B, H, T, T'] = q k^T / sqrt(4), -inf where the key comes after the query
    21  dec.1.self.pattern [B, H, T, T'] = softmax of each row of dec.1.self.scores; a row sums to 1
    22  dec.1.self.z [B, H, T, K] = pattern v, 2 heads of 4
    23  dec.1.self.out [B, T, D] = dec.1.self.z W^T + b, W[8, 8]
    24  dec.1.norm1.in [B, T, D] = dec.0.norm2 + dec.1.self.out
    25  dec.1.norm1 [B, T, D] = (x - mean) / sqrt(var + 1e-05) * gain + bias, x = dec.1.norm1.in
    26  dec.1.mlp.pre [B, T, F] = dec.1.norm1 W^T + b, W[32, 8]
    27  dec.1.mlp.post [B, T, F] = relu(x) = max(0, x), x = dec.1.mlp.pre
    28  dec.1.mlp.out [B, T, D] = dec.1.mlp.post W^T + b, W[8, 32]
    29  dec.1.norm2.in [B, T, D] = dec.1.norm1 + dec.1.mlp.out
    30  dec.1.norm2 [B, T, D] = (x - mean) / sqrt(var + 1e-05) * gain + bias, x = dec.1.norm2.in
> name dec.1.self.q
rasad            dec.1.self.q
TransformerLens  decoder.1.attn.hook_q
TransformerLens  decoder_blocks.1.self_attn.hook_q
TransformerLens  decoder.1.self_attn.hook_q
TransformerLens  decoder_blocks.1.attn.hook_q
> shapes --len 3 dec.0.self.scores logits
 tensor             shape                  bytes  from
 dec.0.self.scores  [B=1, H=2, T=3, T'=3]   72 B  q k^T / sqrt(4), causal
 logits             [B=1, T=3, V=11]       132 B  dec.1.norm2 W[11,8] + b
B  = 1      sentences in the batch
T  = 3      target length
H  = 2      heads
V  = 11     vocabulary
> model new transformer --enc-layers 1 --dec-layers 2 --d-model 8 --heads 2 --vocab 11
transformer: transformer, encoder-decoder 1+2 layers, 2 heads, d_model 8, vocabulary 11; no weights
> shapes --len 5 --target-len 3 dec.1.cross
 tensor               shape                 bytes  from
 dec.1.cross.q        [B=1, H=2, T=3, K=4]   96 B  norm1 W[8,8] + b
 dec.1.cross.k        [B=1, H=2, S=5, K=4]  160 B  enc.0.norm2 W[8,8] + b
 dec.1.cross.v        [B=1, H=2, S=5, K=4]  160 B  enc.0.norm2 W[8,8] + b
 dec.1.cross.scores   [B=1, H=2, T=3, S=5]  120 B  q k^T / sqrt(4)
 dec.1.cross.pattern  [B=1, H=2, T=3, S=5]  120 B  softmax(scores)
 dec.1.cross.z        [B=1, H=2, T=3, K=4]   96 B  pattern v
   heads joined       [B=1, T=3, H*K=8]      96 B  heads side by side
 dec.1.cross.out      [B=1, T=3, D=8]        96 B  z W[8,8] + b
B  = 1      sentences in the batch
S  = 5      source length
T  = 3      target length
D  = 8      width of the residual stream (d_model)
H  = 2      heads
K  = 4      width of a head (d_k)
> model new examples/models/fa-en/config.json
fa-en: marian, encoder-decoder 3+3 layers, 4 heads, d_model 128, vocabulary 3045; no weights
> model new fa-en
fa-en: marian, encoder-decoder 3+3 layers, 4 heads, d_model 128, vocabulary 3045; no weights
> shapes --len 5 enc.out
 tensor   shape                bytes  from
 enc.out  [B=1, S=5, D=128]  2.5 KiB  = enc.2.norm2
B  = 1      sentences in the batch
S  = 5      source length
D  = 128    width of the residual stream (d_model)
> model new transformer --d-model 1000 --heads 3
error: model new: d_model 1000 cannot be split into 3 heads of one width; d_k must say how wide a head is
  for example --d-k 64
> model new encoder --dec-layers 3
error: --dec-layers: this model has no decoder
  model new encoder --dec-layers 3
                                 ^
> model new decoder --enc-layers 3
error: --enc-layers: this model has no encoder
  model new decoder --enc-layers 3
                                 ^
> model new transformer --heads 0
error: --heads must be 1 to 1048576, not 0
  model new transformer --heads 0
                                ^
> model new transformer --d-model -1
error: --d-model must be 1 to 1048576, not -1
  model new transformer --d-model -1
                                  ^~
> model new transformer --d-model 99999999999
error: --d-model must be 1 to 1048576, not 99999999999
  model new transformer --d-model 99999999999
                                  ^~~~~~~~~~~
> model new transformer --d-model 10000000000000000000000
error: --d-model is a whole number, not '10000000000000000000000'
  model new transformer --d-model 10000000000000000000000
                                  ^~~~~~~~~~~~~~~~~~~~~~~
> model new transformer --layers 2000
error: --layers must be 1 to 1024, not 2000
  model new transformer --layers 2000
                                 ^~~~
> model new transformer --d-model 1048576 --heads 1048576 --d-k 1048576 --layers 1024
error: model new: these sizes ask for more than 2^63 parameters
> model new fa-en --layers 2
error: --layers: the sizes are those of the file
  model new fa-en --layers 2
                           ^
> model new nowhere
error: nowhere: no such file or folder, and none of transformer, encoder, decoder
  model new nowhere
            ^~~~~~~
> model new README.md
error: README.md: line 1, column 1: '[' or '{' expected near '#'
  model new README.md
            ^~~~~~~~~
> model new
error: model new: WHAT is missing
  usage: model new [--d-model N] [--heads N] [--d-k N] [--d-v N] [--d-ff N] [--layers N] [--enc-layers N] [--dec-layers N] [--vocab N] [--target-vocab N] [--activation relu|gelu|gelu_new|swish|tanh] [--no-bias] WHAT
