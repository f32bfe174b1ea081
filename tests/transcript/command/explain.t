#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> set precision 3
> explain
error: explain: which site?
  for example: explain enc.embed
> explain enc.0.self.scores
enc.0.self.scores = q k^T / sqrt(8)
  result  enc.0.self.scores  [B, H, S, S'] = [1, 3, ?, ?]
  q       enc.0.self.q  [B, H, S, K] = [1, 3, ?, 8]
  k       enc.0.self.k  [B, H, S, K] = [1, 3, ?, 8]
cost     depends on the lengths; set an input, or see: shapes --len N
why      how well each query fits each key; a sum of d_k products grows like sqrt(d_k), and dividing by it keeps softmax from turning into a hard choice
> input --ids 80,98,14,0
source: 4 ids, taken as given
> forward
one pass over 4 source and 1 target token; nothing is generated
> explain dec.0.cross.pattern
dec.0.cross.pattern = softmax of each row of dec.0.cross.scores; a row sums to 1
  result  dec.0.cross.pattern  [B, H, T, S] = [1, 3, 1, 4]
  x       dec.0.cross.scores  [B, H, T, S] = [1, 3, 1, 4]
cost     48 operations, 0 B of weights, 96 B of values read and written
why      shares of one: how a query divides its attention among the keys
> explain enc.0.self.q
enc.0.self.q = enc.0.resid_pre W^T + b, W[24, 24], split into 3 heads of 8
  result  enc.0.self.q  [B, H, S, K] = [1, 3, 4, 8]
  x       enc.0.resid_pre  [B, S, D] = [1, 4, 24]
  W       model.encoder.layers.0.self_attn.q_proj.weight  [H*K=24, D=24]  f32
  bias    model.encoder.layers.0.self_attn.q_proj.bias  [H*K=24]  f32
cost     4608 operations, 2.3 KiB of weights, 768 B of values read and written
why      the query: what this position looks for, in the terms of each head
> explain enc.embed
enc.embed = rows of E[V=100, D=24] times sqrt(24) = 4.89898
  result  enc.embed  [B, S, D] = [1, 4, 24]
  table   model.shared.weight  [V=100, D=24]  f32
cost     96 operations, 384 B of weights, 384 B of values read and written
why      a token enters as its row of a learned table; the factor sqrt(d_model), where there is one, keeps it from drowning in the positions added next
> explain enc.0.self.pattern[0,2,1]
enc.0.self.pattern[0,2,1]  softmax of each row of enc.0.self.scores; a row sums to 1
largest of the 4 numbers of the row = {{[-+0-9.e]+}}
sum of exp(x - {{[-+0-9.e]+}}) over the row = {{[-+0-9.e]+}}
exp({{[-+0-9.e]+}} - {{[-+0-9.e]+}}) / {{[-+0-9.e]+}} = {{[-+0-9.e]+}}
/computed [-0-9.e]+, stored [-0-9.e]+: they agree \(.*\)/
> explain enc.0.self.scores.h1[0, 3]
enc.0.self.scores.h1[0,3]  q k^T / sqrt(8)
q[0] . k[3] of head 1, 8 products:
  q[0] k[0] = {{[-+0-9.e]+}} * {{[-+0-9.e]+}} = {{[-+0-9.e]+}}, sum {{[-+0-9.e]+}}
  q[1] k[1] = {{[-+0-9.e]+}} * {{[-+0-9.e]+}} = {{[-+0-9.e]+}}, sum {{[-+0-9.e]+}}
  q[2] k[2] = {{[-+0-9.e]+}} * {{[-+0-9.e]+}} = {{[-+0-9.e]+}}, sum {{[-+0-9.e]+}}
  q[3] k[3] = {{[-+0-9.e]+}} * {{[-+0-9.e]+}} = {{[-+0-9.e]+}}, sum {{[-+0-9.e]+}}
  ... 3 more
  q[7] k[7] = {{[-+0-9.e]+}} * {{[-+0-9.e]+}} = {{[-+0-9.e]+}}, sum {{[-+0-9.e]+}}
{{[-+0-9.e]+}} / sqrt(8) = {{[-+0-9.e]+}}
/computed [-0-9.e]+, stored [-0-9.e]+: they agree \(.*\)/
> explain dec.0.self.out[0,0,5]
dec.0.self.out[0,0,5]  dec.0.self.z W^T + b, W[24, 24]
x = dec.0.self.z row 0, w = row 5 of model.decoder.layers.0.self_attn.out_proj.weight, 24 products:
  x[0] w[0] = {{[-+0-9.e]+}} * {{[-+0-9.e]+}} = {{[-+0-9.e]+}}, sum {{[-+0-9.e]+}}
  x[1] w[1] = {{[-+0-9.e]+}} * {{[-+0-9.e]+}} = {{[-+0-9.e]+}}, sum {{[-+0-9.e]+}}
  x[2] w[2] = {{[-+0-9.e]+}} * {{[-+0-9.e]+}} = {{[-+0-9.e]+}}, sum {{[-+0-9.e]+}}
  x[3] w[3] = {{[-+0-9.e]+}} * {{[-+0-9.e]+}} = {{[-+0-9.e]+}}, sum {{[-+0-9.e]+}}
  ... 19 more
  x[23] w[23] = {{[-+0-9.e]+}} * {{[-+0-9.e]+}} = {{[-+0-9.e]+}}, sum {{[-+0-9.e]+}}
plus bias {{[-+0-9.e]+}} = {{[-+0-9.e]+}}
/computed [-0-9.e]+, stored [-0-9.e]+: they agree \(.*\)/
> explain logits[0,7]
logits[0,7]  dec.2.norm3 W^T + b, W[100, 24]
x = dec.2.norm3 row 0, w = row 7 of model.shared.weight, 24 products:
  x[0] w[0] = {{[-+0-9.e]+}} * {{[-+0-9.e]+}} = {{[-+0-9.e]+}}, sum {{[-+0-9.e]+}}
  x[1] w[1] = {{[-+0-9.e]+}} * {{[-+0-9.e]+}} = {{[-+0-9.e]+}}, sum {{[-+0-9.e]+}}
  x[2] w[2] = {{[-+0-9.e]+}} * {{[-+0-9.e]+}} = {{[-+0-9.e]+}}, sum {{[-+0-9.e]+}}
  x[3] w[3] = {{[-+0-9.e]+}} * {{[-+0-9.e]+}} = {{[-+0-9.e]+}}, sum {{[-+0-9.e]+}}
  ... 19 more
  x[23] w[23] = {{[-+0-9.e]+}} * {{[-+0-9.e]+}} = {{[-+0-9.e]+}}, sum {{[-+0-9.e]+}}
plus bias {{[-+0-9.e]+}} = {{[-+0-9.e]+}}
/computed [-0-9.e]+, stored [-0-9.e]+: they agree \(.*\)/
> explain enc.0.norm1[1,2]
enc.0.norm1[1,2]  (x - mean) / sqrt(var + 1e-05) * gain + bias, x = enc.0.norm1.in
mean of the 24 numbers of the row = {{[-+0-9.e]+}}
variance = {{[-+0-9.e]+}}
(x - mean) / sqrt(variance + 1e-05) = ({{[-+0-9.e]+}} - {{[-+0-9.e]+}}) / {{[-+0-9.e]+}} = {{[-+0-9.e]+}}
times gain {{[-+0-9.e]+}} plus bias {{[-+0-9.e]+}} = {{[-+0-9.e]+}}
/computed [-0-9.e]+, stored [-0-9.e]+: they agree \(.*\)/
> explain enc.0.mlp.post[0,3]
enc.0.mlp.post[0,3]  silu(x) = x / (1 + exp(-x)), x = enc.0.mlp.pre
x / (1 + exp(-x)), x = {{[-+0-9.e]+}}: {{[-+0-9.e]+}}
/computed [-0-9.e]+, stored [-0-9.e]+: they agree \(.*\)/
> explain enc.0.resid_pre[0,3]
enc.0.resid_pre[0,3]  enc.embed + enc.pos
enc.embed + enc.pos = {{[-+0-9.e]+}} + 0 = {{[-+0-9.e]+}}
/computed [-0-9.e]+, stored [-0-9.e]+: they agree \(.*\)/
> explain enc.pos[1,5]
enc.pos[1,5]  sin | cos of position / 10000^(2j/24)
sin(1 / 10000^(2*5/24)) = sin({{[-+0-9.e]+}}) = {{[-+0-9.e]+}}
/computed [-0-9.e]+, stored [-0-9.e]+: they agree \(.*\)/
> explain enc.embed[0,1]
enc.embed[0,1]  rows of E[V=100, D=24] times sqrt(24) = 4.89898
E[id 80, 1] * {{[-+0-9.e]+}} = {{[-+0-9.e]+}} * {{[-+0-9.e]+}} = {{[-+0-9.e]+}}
/computed [-0-9.e]+, stored [-0-9.e]+: they agree \(.*\)/
> explain enc.0.self.z.h0[1,2]
enc.0.self.z.h0[1,2]  pattern v, 3 heads of 8
pattern row 1 of head 0 times column 2 of v, 4 keys:
  pattern[0] v[0] = {{[-+0-9.e]+}} * {{[-+0-9.e]+}}, sum {{[-+0-9.e]+}}
  pattern[1] v[1] = {{[-+0-9.e]+}} * {{[-+0-9.e]+}}, sum {{[-+0-9.e]+}}
  pattern[2] v[2] = {{[-+0-9.e]+}} * {{[-+0-9.e]+}}, sum {{[-+0-9.e]+}}
  pattern[3] v[3] = {{[-+0-9.e]+}} * {{[-+0-9.e]+}}, sum {{[-+0-9.e]+}}
/computed [-0-9.e]+, stored [-0-9.e]+: they agree \(.*\)/
> explain enc.0.self.result[0,0,0,0]
error: enc.0.self.z is derived from z and W_O; explain a cell of `out` instead
  explain enc.0.self.result[0,0,0,0]
          ^~~~~~~~~~~~~~~~~~~~~~~~~~
> explain enc.0.self.q[0]
error: a cell of enc.0.self.q needs an index for each of [B,H,S,K] (B may be left out), not 1
  explain enc.0.self.q[0]
          ^~~~~~~~~~~~~~~
> explain enc.0.self.q[0,0:2,3]
error: a cell has single indices, not ranges
  explain enc.0.self.q[0,0:2,3]
          ^~~~~~~~~~~~~~~~~~~~~
> explain enc.0.self.q[0,9,3]
error: index 9 of axis S of enc.0.self.q: the range is 0-3
  explain enc.0.self.q[0,9,3]
          ^~~~~~~~~~~~~~~~~~~
> ablate enc.0.self.h1
enc.0.self.z.h1 set to zero (undo removes it)
what is computed already stays as it is until the next run
> forward
one pass over 4 source and 1 target token; nothing is generated
> explain enc.0.self.z.h1[2,3]
enc.0.self.z.h1[2,3]  pattern v, 3 heads of 8
pattern row 2 of head 1 times column 3 of v, 4 keys:
  pattern[0] v[0] = {{[-+0-9.e]+}} * {{[-+0-9.e]+}}, sum {{[-+0-9.e]+}}
  pattern[1] v[1] = {{[-+0-9.e]+}} * {{[-+0-9.e]+}}, sum {{[-+0-9.e]+}}
  pattern[2] v[2] = {{[-+0-9.e]+}} * {{[-+0-9.e]+}}, sum {{[-+0-9.e]+}}
  pattern[3] v[3] = {{[-+0-9.e]+}} * {{[-+0-9.e]+}}, sum {{[-+0-9.e]+}}
computed {{[-+0-9.e]+}}, stored 0: they do NOT agree (difference 3.48, allowed 6.8e-05); a change to the computation is in force (info state)
> set lang fa
> explain enc.0.self.scores
enc.0.self.scores = q k^T / sqrt(8)
  result  enc.0.self.scores  [B, H, S, S'] = [1, 3, 4, 4]
  q       enc.0.self.q  [B, H, S, K] = [1, 3, 4, 8]
  k       enc.0.self.k  [B, H, S, K] = [1, 3, 4, 8]
cost     768 operations, 0 B of weights, 960 B of values read and written
هر پرس‌وجو چه اندازه به هر کلید می‌خورد؛ مجموع d_k حاصل‌ضرب مانند sqrt(d_k) بزرگ می‌شود و تقسیم بر آن softmax را نرم نگه می‌دارد
> explain scaling
why scores are divided by sqrt(d_k)
q.k is a sum of d_k products. Where each has mean 0 and variance 1, so has the sum variance d_k: its sd grows like
sqrt(d_k), and softmax of such numbers is nearly a hard choice. Divided, the sd is 1 at any width.
64 queries and 32 keys drawn, every number with variance 1
 width  sd q.k   sqrt  bits raw  divided  strongest  divided
     2    1.62   1.41      3.60     4.15       0.32     0.22
     4    2.08   2.00      3.16     4.31       0.37     0.18
     8    3.01   2.83      2.06     4.23       0.57     0.20
    16    4.04   4.00      1.59     4.37       0.65     0.16
    32    5.83   5.66      1.10     4.31       0.72     0.17
    64    8.06   8.00      0.72     4.34       0.81     0.17
   128   11.34  11.31      0.48     4.37       0.88     0.16
   256   15.70  16.00      0.29     4.41       0.92     0.15
   512   22.48  22.63      0.20     4.37       0.94     0.16
entropy of the pattern
bits
 5 ┤
   │                          ⣀⣀○⣀⣀⣀⣀                  ⢀⣀⣀⣀⣀○⣀⣀⣀⣀⣀⣀⣀⣀○⣀⣀⣀⣀⣀⣀⣀⣀○
   │○⠤⠔⠒⠒⠒⠒⠊⠉○⠉⠉⠉⠉⠒⠒⠒⠒○⠒⠒⠉⠉⠉⠉⠉       ⠉⠉⠉⠉○⠉⠉⠉⠉⠉⠉⠉⠉○⠉⠉⠉⠉⠁
 4 ┤
   │●⠤⠤⣀⣀
   │     ⠉⠉⠒⠒●⣀
 3 ┤           ⠑⠤⡀
   │             ⠈⠒⢄⡀
 2 ┤                ⠈⠢●⡀
   │                   ⠈⠉⠑⠒⠢⠤⢄⣀⡀
   │                           ⠈●⠒⠢⠤⣀⣀
 1 ┤                                  ⠉⠑⠒●⠤⣀⣀
   │                                         ⠉⠉⠑⠒⠢●⠤⢄⣀⣀⡀
   │                                                   ⠈⠉⠉⠑⠒●⠢⠤⠤⢄⣀⣀⡀
 0 ┤                                                               ⠈⠉●⠉⠉⠉⠉⠒⠒⠒⠒●
   └┬───────────┬────────┬─────────┬───────────┬────────┬─────────┬───────────┬
    2           5       10        20          50       100       200        500
                                        d_k
    ● q.k   ○ q.k / sqrt(d_k)
    x axis logarithmic
the heads of this run, mean of each layer
 attention    width  sd q.k  sqrt  bits raw  divided  strongest  divided
 enc.0.self       8   27.24  2.83      0.02     0.20       1.00     0.96
 enc.1.self       8    7.32  2.83      0.78     1.48       0.77     0.56
 dec.0.self       8    3.39  2.83      0.00     0.00
 dec.0.cross      8    2.11  2.83      1.76     1.97       0.45     0.32
 dec.1.self       8   10.30  2.83      0.00     0.00
 dec.1.cross      8    3.56  2.83      1.93     1.99       0.33     0.28
 dec.2.self       8    8.66  2.83      0.00     0.00
 dec.2.cross      8    2.29  2.83      1.88     1.98       0.36     0.29
bits: entropy, mean of the rows, 5.00 when 32 keys share evenly; strongest: weight on the strongest key
