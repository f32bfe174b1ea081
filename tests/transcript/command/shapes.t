#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> shapes enc.0.self
 tensor              shape               bytes  from
 enc.0.self.q        [B=1, H=3, S, K=8]         resid_pre W[24,24] + b
 enc.0.self.k        [B=1, H=3, S, K=8]         resid_pre W[24,24] + b
 enc.0.self.v        [B=1, H=3, S, K=8]         resid_pre W[24,24] + b
 enc.0.self.scores   [B=1, H=3, S, S']          q k^T / sqrt(8)
 enc.0.self.pattern  [B=1, H=3, S, S']          softmax(scores)
 enc.0.self.z        [B=1, H=3, S, K=8]         pattern v
 enc.0.self.out      [B=1, S, D=24]             z W[24,24] + b
B  = 1      sentences in the batch
S  = ?      source length
D  = 24     width of the residual stream (d_model)
H  = 3      heads
K  = 8      width of a head
> shapes dec.0 --len 5 --target-len 3 --batch 2
 tensor               shape                    bytes  from
 dec.0.resid_pre      [B=2, T=3, D=24]         576 B  embed + pos
 dec.0.self.q         [B=2, H=3, T=3, K=8]     576 B  resid_pre W[24,24] + b
 dec.0.self.k         [B=2, H=3, T=3, K=8]     576 B  resid_pre W[24,24] + b
 dec.0.self.v         [B=2, H=3, T=3, K=8]     576 B  resid_pre W[24,24] + b
 dec.0.self.scores    [B=2, H=3, T=3, T'=3]    216 B  q k^T / sqrt(8), causal
 dec.0.self.pattern   [B=2, H=3, T=3, T'=3]    216 B  softmax(scores)
 dec.0.self.z         [B=2, H=3, T=3, K=8]     576 B  pattern v
   heads joined       [B=2, T=3, H*K=24]       576 B  heads side by side
 dec.0.self.out       [B=2, T=3, D=24]         576 B  z W[24,24] + b
 dec.0.norm1.in       [B=2, T=3, D=24]         576 B  resid_pre + self.out
 dec.0.norm1          [B=2, T=3, D=24]         576 B  layernorm(norm1.in)
 dec.0.resid_self     [B=2, T=3, D=24]         576 B  = dec.0.norm1
 dec.0.cross.q        [B=2, H=3, T=3, K=8]     576 B  norm1 W[24,24] + b
 dec.0.cross.k        [B=2, H=3, S=5, K=8]     960 B  enc.1.norm2 W[24,24] + b
 dec.0.cross.v        [B=2, H=3, S=5, K=8]     960 B  enc.1.norm2 W[24,24] + b
 dec.0.cross.scores   [B=2, H=3, T=3, S=5]     360 B  q k^T / sqrt(8)
 dec.0.cross.pattern  [B=2, H=3, T=3, S=5]     360 B  softmax(scores)
 dec.0.cross.z        [B=2, H=3, T=3, K=8]     576 B  pattern v
   heads joined       [B=2, T=3, H*K=24]       576 B  heads side by side
 dec.0.cross.out      [B=2, T=3, D=24]         576 B  z W[24,24] + b
 dec.0.norm2.in       [B=2, T=3, D=24]         576 B  norm1 + cross.out
 dec.0.norm2          [B=2, T=3, D=24]         576 B  layernorm(norm2.in)
 dec.0.resid_cross    [B=2, T=3, D=24]         576 B  = dec.0.norm2
 dec.0.mlp.pre        [B=2, T=3, Fd=56]      1.3 KiB  norm2 W[56,24] + b
 dec.0.mlp.post       [B=2, T=3, Fd=56]      1.3 KiB  silu(pre)
 dec.0.mlp.out        [B=2, T=3, D=24]         576 B  post W[24,56] + b
 dec.0.norm3.in       [B=2, T=3, D=24]         576 B  norm2 + mlp.out
 dec.0.norm3          [B=2, T=3, D=24]         576 B  layernorm(norm3.in)
 dec.0.resid_post     [B=2, T=3, D=24]         576 B  = dec.0.norm3
B  = 2      sentences in the batch
S  = 5      source length
T  = 3      target length
D  = 24     width of the residual stream (d_model)
H  = 3      heads
K  = 8      width of a head
Fd = 56     width of the decoder's feed-forward layer
> shapes layer 0 --len 1000
 tensor               shape                            bytes  from
 enc.0.resid_pre      [B=1, S=1000, D=24]           93.8 KiB  embed + pos
 enc.0.self.q         [B=1, H=3, S=1000, K=8]       93.8 KiB  resid_pre W[24,24…
 enc.0.self.k         [B=1, H=3, S=1000, K=8]       93.8 KiB  resid_pre W[24,24…
 enc.0.self.v         [B=1, H=3, S=1000, K=8]       93.8 KiB  resid_pre W[24,24…
 enc.0.self.scores    [B=1, H=3, S=1000, S'=1000]   11.4 MiB  q k^T / sqrt(8)
 enc.0.self.pattern   [B=1, H=3, S=1000, S'=1000]   11.4 MiB  softmax(scores)
 enc.0.self.z         [B=1, H=3, S=1000, K=8]       93.8 KiB  pattern v
   heads joined       [B=1, S=1000, H*K=24]         93.8 KiB  heads side by side
 enc.0.self.out       [B=1, S=1000, D=24]           93.8 KiB  z W[24,24] + b
 enc.0.norm1.in       [B=1, S=1000, D=24]           93.8 KiB  resid_pre + self.…
 enc.0.norm1          [B=1, S=1000, D=24]           93.8 KiB  layernorm(norm1.i…
 enc.0.resid_mid      [B=1, S=1000, D=24]           93.8 KiB  = enc.0.norm1
 enc.0.mlp.pre        [B=1, S=1000, F=40]          156.2 KiB  norm1 W[40,24] + b
 enc.0.mlp.post       [B=1, S=1000, F=40]          156.2 KiB  silu(pre)
 enc.0.mlp.out        [B=1, S=1000, D=24]           93.8 KiB  post W[24,40] + b
 enc.0.norm2.in       [B=1, S=1000, D=24]           93.8 KiB  norm1 + mlp.out
 enc.0.norm2          [B=1, S=1000, D=24]           93.8 KiB  layernorm(norm2.i…
 enc.0.resid_post     [B=1, S=1000, D=24]           93.8 KiB  = enc.0.norm2
 dec.0.resid_pre      [B=1, T=1000, D=24]           93.8 KiB  embed + pos
 dec.0.self.q         [B=1, H=3, T=1000, K=8]       93.8 KiB  resid_pre W[24,24…
 dec.0.self.k         [B=1, H=3, T=1000, K=8]       93.8 KiB  resid_pre W[24,24…
 dec.0.self.v         [B=1, H=3, T=1000, K=8]       93.8 KiB  resid_pre W[24,24…
 dec.0.self.scores    [B=1, H=3, T=1000, T'=1000]   11.4 MiB  q k^T / sqrt(8), …
 dec.0.self.pattern   [B=1, H=3, T=1000, T'=1000]   11.4 MiB  softmax(scores)
 dec.0.self.z         [B=1, H=3, T=1000, K=8]       93.8 KiB  pattern v
   heads joined       [B=1, T=1000, H*K=24]         93.8 KiB  heads side by side
 dec.0.self.out       [B=1, T=1000, D=24]           93.8 KiB  z W[24,24] + b
 dec.0.norm1.in       [B=1, T=1000, D=24]           93.8 KiB  resid_pre + self.…
 dec.0.norm1          [B=1, T=1000, D=24]           93.8 KiB  layernorm(norm1.i…
 dec.0.resid_self     [B=1, T=1000, D=24]           93.8 KiB  = dec.0.norm1
 dec.0.cross.q        [B=1, H=3, T=1000, K=8]       93.8 KiB  norm1 W[24,24] + b
 dec.0.cross.k        [B=1, H=3, S=1000, K=8]       93.8 KiB  enc.1.norm2 W[24,…
 dec.0.cross.v        [B=1, H=3, S=1000, K=8]       93.8 KiB  enc.1.norm2 W[24,…
 dec.0.cross.scores   [B=1, H=3, T=1000, S=1000]    11.4 MiB  q k^T / sqrt(8)
 dec.0.cross.pattern  [B=1, H=3, T=1000, S=1000]    11.4 MiB  softmax(scores)
 dec.0.cross.z        [B=1, H=3, T=1000, K=8]       93.8 KiB  pattern v
   heads joined       [B=1, T=1000, H*K=24]         93.8 KiB  heads side by side
 dec.0.cross.out      [B=1, T=1000, D=24]           93.8 KiB  z W[24,24] + b
 dec.0.norm2.in       [B=1, T=1000, D=24]           93.8 KiB  norm1 + cross.out
 dec.0.norm2          [B=1, T=1000, D=24]           93.8 KiB  layernorm(norm2.i…
 dec.0.resid_cross    [B=1, T=1000, D=24]           93.8 KiB  = dec.0.norm2
 dec.0.mlp.pre        [B=1, T=1000, Fd=56]         218.8 KiB  norm2 W[56,24] + b
 dec.0.mlp.post       [B=1, T=1000, Fd=56]         218.8 KiB  silu(pre)
 dec.0.mlp.out        [B=1, T=1000, D=24]           93.8 KiB  post W[24,56] + b
 dec.0.norm3.in       [B=1, T=1000, D=24]           93.8 KiB  norm2 + mlp.out
 dec.0.norm3          [B=1, T=1000, D=24]           93.8 KiB  layernorm(norm3.i…
 dec.0.resid_post     [B=1, T=1000, D=24]           93.8 KiB  = dec.0.norm3
B  = 1      sentences in the batch
S  = 1000   source length
T  = 1000   target length
D  = 24     width of the residual stream (d_model)
H  = 3      heads
K  = 8      width of a head
F  = 40     width of the feed-forward layer
Fd = 56     width of the decoder's feed-forward layer
> input --ids 80,98,14,0
source: 4 ids, taken as given
> set rows 3
> shapes
 tensor           shape             bytes  from
 enc.embed        [B=1, S=4, D=24]  384 B  rows of E[100,24] * 4.899
 enc.pos          [B=1, S=4, D=24]  384 B  sin|cos of position
 enc.0.resid_pre  [B=1, S=4, D=24]  384 B  embed + pos
123 rows (3 shown)
B  = 1      sentences in the batch
S  = 4      source length
T  = ?      target length
D  = 24     width of the residual stream (d_model)
H  = 3      heads
K  = 8      width of a head
F  = 40     width of the feed-forward layer
Fd = 56     width of the decoder's feed-forward layer
V  = 100    vocabulary
> set rows all
> start
At enc.embed, nothing computed.
> until enc.1.self
at enc.1.self.q  enc.0.norm2 W^T + b, W[24, 24], split into 3 heads of 8
> stepi
enc.1.self.q  [3,4,8]  enc.0.norm2 W^T + b, W[24, 24], split into 3 heads of 8
> shapes
 tensor              shape                  bytes  from
 enc.1.self.q        [B=1, H=3, S=4, K=8]   384 B  resid_pre W[24,24] + b
 enc.1.self.k        [B=1, H=3, S=4, K=8]   384 B  resid_pre W[24,24] + b
 enc.1.self.v        [B=1, H=3, S=4, K=8]   384 B  resid_pre W[24,24] + b
 enc.1.self.scores   [B=1, H=3, S=4, S'=4]  192 B  q k^T / sqrt(8)
 enc.1.self.pattern  [B=1, H=3, S=4, S'=4]  192 B  softmax(scores)
 enc.1.self.z        [B=1, H=3, S=4, K=8]   384 B  pattern v
 enc.1.self.out      [B=1, S=4, D=24]       384 B  z W[24,24] + b
B  = 1      sentences in the batch
S  = 4      source length
D  = 24     width of the residual stream (d_model)
H  = 3      heads
K  = 8      width of a head
> shapes dec.0.cross.result.h0
 tensor                 shape             bytes  from
 dec.0.cross.result.h0  [B=1, T=1, D=24]   96 B  z of a head, W_O
B  = 1      sentences in the batch
T  = 1      target length
D  = 24     width of the residual stream (d_model)
> shapes layer 9
error: layer 9: layers are 0-2
  shapes layer 9
               ^
> shapes enc.0.slef
error: no site matches `enc.0.slef`
  shapes enc.0.slef
         ^~~~~~~~~~
  did you mean `self`?   (enc.0 has: resid_pre self norm1 resid_mid mlp norm2 resid_post)
> shapes enc.out[0]
error: shapes are those of whole values; print enc.out[0] shows a part
> shapes --len 0
error: --len must be 1 to 100000000, not 0
  shapes --len 0
               ^
> model new transformer --d-model 1024 --heads 4 --d-k 192 --d-ff 1024 --layers 12 --vocab 20000 --target-vocab 30000
transformer: transformer, encoder-decoder 12+12 layers, 4 heads, d_model 1024, vocabulary 30000; no weights
> shapes --ask enc.0
error: --ask: the length is not known
  shapes --ask --batch 32 --len 2048
> shapes --ask --batch 32 --len 2048 enc.0.norm1
error: --ask: there is nothing to ask about here
> shapes --ask --batch 32 --len 2048 enc.0.self dec.0.cross enc.embed logits
 tensor               shape                             bytes  from
 enc.0.self.q         [B=32, H=4, S=2048, K=192]    192.0 MiB  resid_pre W[768,…
 enc.0.self.k         [B=32, H=4, S=2048, K=192]    192.0 MiB  resid_pre W[768,…
 enc.0.self.v         ?1                                       resid_pre W[768,…
 enc.0.self.scores    [B=32, H=4, S=2048, S'=2048]    2.0 GiB  q k^T / sqrt(192)
 enc.0.self.pattern   ?2                                       softmax(scores)
 enc.0.self.z         [B=32, H=4, S=2048, K=192]    192.0 MiB  pattern v
   heads joined       [B=32, S=2048, H*K=768]       192.0 MiB  heads side by si…
 enc.0.self.out       [B=32, S=2048, D=1024]        256.0 MiB  z W[1024,768] + b
 dec.0.cross.q        [B=32, H=4, T=2048, K=192]    192.0 MiB  norm1 W[768,1024…
 dec.0.cross.k        [B=32, H=4, S=2048, K=192]    192.0 MiB  enc.11.norm2 W[7…
 dec.0.cross.v        [B=32, H=4, S=2048, K=192]    192.0 MiB  enc.11.norm2 W[7…
 dec.0.cross.scores   ?3                                       q k^T / sqrt(192)
 dec.0.cross.pattern  [B=32, H=4, T=2048, S=2048]     2.0 GiB  softmax(scores)
 dec.0.cross.z        ?4                                       pattern v
   heads joined       [B=32, T=2048, H*K=768]       192.0 MiB  heads side by si…
 dec.0.cross.out      [B=32, T=2048, D=1024]        256.0 MiB  z W[1024,768] + b
 enc.embed            ?5                                       rows of E[20000,…
 logits               ?6                                       dec.11.norm3 W[3…
B  = 32     sentences in the batch
S  = 2048   source length
T  = 2048   target length
D  = 1024   width of the residual stream (d_model)
H  = 4      heads
K  = 192    width of a head (d_k)
V  = 30000  target vocabulary

Question 1 of 6: ?1, the shape of enc.0.self.v
answer SHAPE, like answer [32, 2048]
> answer [32,4,2048,1024]
Not right: axis 4, K, is not 1024; 1024 is D, the width of the residual stream (d_model); the matrix gives H*K = 4*192 = 768 numbers, shared out to the heads: K = 192 for each
[B, H, S, K]:  resid_pre W[768,1024] + b
answer --hint helps, answer --skip gives up
> answer [32,2048,768]
Not right: it has 4 axes, not 3: [B, H, S, K]; the heads are an axis of their own until they are joined
[B, H, S, K]:  resid_pre W[768,1024] + b
answer --hint helps, answer --skip gives up
> answer --hint
[B, H, S, K]
> answer --skip
The answer is [B=32, H=4, S=2048, K=192]
[B, H, S, K]:  resid_pre W[768,1024] + b

Question 2 of 6: ?2, the shape of enc.0.self.pattern
answer SHAPE, like answer [32, 2048]
> answer --skip
The answer is [B=32, H=4, S=2048, S'=2048]
[B, H, S, S']:  softmax(scores)

Question 3 of 6: ?3, the shape of dec.0.cross.scores
answer SHAPE, like answer [32, 2048]
> answer --skip
The answer is [B=32, H=4, T=2048, S=2048]
[B, H, T, S]:  q k^T / sqrt(192)

Question 4 of 6: ?4, the shape of dec.0.cross.z
answer SHAPE, like answer [32, 2048]
> answer --skip
The answer is [B=32, H=4, T=2048, K=192]
[B, H, T, K]:  pattern v

Question 5 of 6: ?5, the shape of enc.embed
answer SHAPE, like answer [32, 2048]
> answer --skip
The answer is [B=32, S=2048, D=1024]
[B, S, D]:  rows of E[20000,1024] * 32

Question 6 of 6: ?6, the shape of logits
answer SHAPE, like answer [32, 2048]
> answer --skip
The answer is [B=32, T=2048, V=30000]
[B, T, V]:  dec.11.norm3 W[30000,1024] + b
All done: 0 of 18 points.
