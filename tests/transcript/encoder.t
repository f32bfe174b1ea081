#! rasad -k -m tests/golden/bert/full-3h
#! exit 1
> input --ids 2,5,6,3,9,3 --segments 0,0,0,0,1,1
source: 6 ids, taken as given
> start
At enc.embed, nothing computed.
> step
enc  embed [6,24] -> segment [6,24] -> embed_segment [6,24] -> pos [6,24] -> enc.norm.in [6,24] -> norm [6,24]
> where
#0  enc.0.self.q            enc.norm W^T + b, W[24, 24], split into 3 heads of 8
#1  enc.0.self              self-attention
#2  enc.0                   layer 0 of 2 (0-1)
#3  encoder                 6 tokens
> up 9
error: the outermost frame is 3
> next
/enc\.0  done, enc\.0\.norm2 \[6,24\], [0-9.]+ (us|ms)/
> finish
/encoder done: enc\.out \[6,24\], 2 layers, [0-9.]+ (us|ms)/
> step
mlm  pre [6,24] -> post [6,24] -> norm [6,24] -> logits [6,61] -> probs [6,61]
> where
#0  pooled.first            the first position of enc.1.norm2
#1  pooled                  pooling
#2  enc                     after the layers
#3  encoder                 6 tokens
> step
pooled  first [24] -> pre [24] -> pooled [24]
> step
nsp  logits [2] -> probs [2]
one pass over 6 tokens: enc.out [6,24], mlm.logits [6,61], pooled [24], nsp.logits [2]
> where
#0  end                     all is computed: run starts again, rstep goes back
#1  nsp                     head for the next sentence
#2  enc                     after the layers
#3  encoder                 6 tokens
> rstep
at nsp.logits  pooled W^T + b, W[2, 24]
> goto mlm.post
at mlm.post  gelu(x) = x (1 + erf(x / sqrt 2)) / 2, x = mlm.pre
> break nsp.probs
break 1: nsp.probs
> break mlm
break 2: mlm, stops before mlm.pre
> run
break 2, mlm
> continue
break 1, nsp.probs
nsp.probs  [2]  softmax of each row of nsp.logits; a row sums to 1
> continue
at end  all is computed: run starts again, rstep goes back
one pass over 6 tokens: enc.out [6,24], mlm.logits [6,61], pooled [24], nsp.logits [2]
> delete
2 deleted
> info
 model     full-3h
 position  end
 keep      auto
 source    <2> <5> <6> <3> <9> <3>
 breaks    0
 changes   none
> forward
one pass over 6 tokens: enc.out [6,24], mlm.logits [6,61], pooled [24], nsp.logits [2]
> until pooled
at end  all is computed: run starts again, rstep goes back
one pass over 6 tokens: enc.out [6,24], mlm.logits [6,61], pooled [24], nsp.logits [2]
> print pooled
$1 = pooled  f32[B=1, D=24]  96 B
mean 0.08113  sd 0.7821  min -0.9806  max 0.9993  norm 3.852
          0       1        2  ...       21      22       23
 0  -0.0137  0.9904  -0.9806  ...  -0.8316  0.2771  -0.8540
> print nsp.logits[1]
$2 = nsp.logits[1]  -2.005
> explain pooled.first[3]
pooled.first[3]  the first position of enc.1.norm2
taken from position 0 of 6: 0.0744586885
computed 0.0744586885, stored 0.0744586885: they agree (equal)
> explain pooled
pooled = tanh(x) = tanh x, x = pooled.pre
  result  pooled  [B, D] = [1, 24]
  x       pooled.pre  [B, D] = [1, 24]
cost     96 operations, 0 B of weights, 192 B of values read and written
why      keeps every number between -1 and 1 before the decision about the next sentence
> explain enc.segment[5,2]
enc.segment[5,2]  by segment, rows of E[2=2, D=24]
E[segment 1, 2] * 1 = -0.613464475 * 1 = -0.613464475
computed -0.613464475, stored -0.613464475: they agree (equal)
> explain enc.pos
enc.pos = rows of the position table
  result  enc.pos  [B, S, D] = [1, 6, 24]
  table   bert.embeddings.position_embeddings.weight  [40, D=24]  f32
cost     0 operations, 576 B of weights, 576 B of values read and written
why      attention alone does not see order: each position gets a learned vector of its own
> explain nsp.probs[0]
nsp.probs[0]  softmax of each row of nsp.logits; a row sums to 1
largest of the 2 numbers of the row = -0.451391578
sum of exp(x - -0.451392) over the row = 1.21154976
exp(-0.451391578 - -0.451391578) / 1.21154976 = 0.825389125
computed 0.825389125, stored 0.825389147: they agree (difference 2e-08)
> attn enc.1.self.pattern.h0
enc.1.self.pattern.h0  [6,6]  rows: source (queries), columns: source (keys)
  entropy 2.23 bits (mean of the rows)
          0    1    2    3    4    5
   0                                  <2>
   1                         ░░   ░░  <5>
   2     ░░                           <6>
   3          ░░                      <3>
   4     ▒▒   ░░                      <9>
   5     ▒▒                           <3>
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1
> layers enc
enc.*.self.pattern.h0  rows: source (queries), columns: source (keys)
      layer 0  1.82 bits   layer 1  2.23 bits
       0 1 2 3 4 5          0 1 2 3 4 5
   0          ██                               <2>
   1          ▓▓                   ░░░░        <5>
   2    ░░░░  ░░           ░░                  <6>
   3    ▒▒                   ░░                <3>
   4  ░░    ▒▒             ▒▒░░                <9>
   5  ░░    ░░             ▒▒                  <3>
      0.88  0 -> 4         0.60  4 -> 0
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1
> top 3 enc.1.self.pattern.h0
enc.1.self.pattern.h0  queries: source, keys: source
 weight  query      key  query token  key token
   0.60      4  ->  0    <9>          <2>
   0.57      5  ->  0    <3>          <2>
   0.36      2  ->  0    <6>          <2>
> row 3
enc.1.self.pattern, mean of 3 heads
  what query 3 looks at in the source: <3>
 0  0.141  ██▉                   <2>
 1  0.176  ███▌                  <5>
 2  0.123  ██▌                   <6>
 3  0.195  ███▉                  <3>
 4  0.206  ████▏                 <9>
 5  0.158  ███▏                  <3>
sum 1.000
> ablate enc.0.self.h1
enc.0.self.z.h1 set to zero (undo removes it)
what is computed already stays as it is until the next run
> run
one pass over 6 tokens: enc.out [6,24], mlm.logits [6,61], pooled [24], nsp.logits [2]
> save-run a
a is the present run, 1 change in force
> undo
removed: enc.0.self.h1 zero
what is computed already stays as it is until the next run
> run
one pass over 6 tokens: enc.out [6,24], mlm.logits [6,61], pooled [24], nsp.logits [2]
> diff a
 layer              share                  difference  positions  most in
 enc.embed              0                           0          6
 enc.segment            0                           0          6
 enc.embed_segment      0                           0          6
 enc.pos                0                           0          6
 enc.norm.in            0                           0          6
 enc.norm               0                           0          6
 enc.0                  1  ██████████████        1.94          6  enc.0.self.z
 enc.1                1.1  ██████████████        4.37          6  enc.1.norm1.in
 mlm.pre             0.62  ████████▊             3.78          6
 mlm.post            0.46  ██████▌                2.8          6
 mlm.norm            0.64  █████████             3.01          6
 mlm.logits          0.93  █████████████         8.95          6
 mlm.probs           0.99  █████████████▉       0.849          6
 pooled.first        0.78  ██████████▉           2.72          1
 pooled.pre          0.95  █████████████▎         3.8          1
 pooled               1.8  ██████████████        1.77          1
 nsp.logits           0.7  █████████▊             1.4          1
 nsp.probs           0.15  ██                    0.12          1
> patch enc.0.self.z from a
enc.0.self.z taken from the run a, positions 0-5 (undo removes it)
what is computed already stays as it is until the next run
> run
one pass over 6 tokens: enc.out [6,24], mlm.logits [6,61], pooled [24], nsp.logits [2]
> diff a
44 values compared: all are the same
> patch pooled from a
pooled taken from the run a (undo removes it)
what is computed already stays as it is until the next run
> run
one pass over 6 tokens: enc.out [6,24], mlm.logits [6,61], pooled [24], nsp.logits [2]
> undo 2
removed: pooled from a
removed: enc.0.self.z from a
what is computed already stays as it is until the next run
> scale pooled 2
pooled multiplied by 2 (undo removes it)
what is computed already stays as it is until the next run
> run
one pass over 6 tokens: enc.out [6,24], mlm.logits [6,61], pooled [24], nsp.logits [2]
> undo
removed: pooled times 2
what is computed already stays as it is until the next run
> export pooled.safetensors pooled nsp.logits enc.*.self.pattern
wrote pooled.safetensors (4 values, 968 B of numbers)
> print enc.out@1
error: enc.out has no decoder steps: it is computed once from the source
  print enc.out@1
        ^~~~~~~~~
> = site("nsp.probs"):sum()
$3 = 1
> cross
error: cross needs a decoder, and bert is an encoder: it has none
  an encoder is looked at with forward, attn, heads, layers, print
> translate hi
error: translate needs a decoder, and bert is an encoder: it has none
  an encoder is looked at with forward, attn, heads, layers, print
> topk
error: topk needs a decoder, and bert is an encoder: it has none
  an encoder is looked at with forward, attn, heads, layers, print
> emit
error: emit needs a decoder, and bert is an encoder: it has none
  an encoder is looked at with forward, attn, heads, layers, print
> remit
error: remit needs a decoder, and bert is an encoder: it has none
  an encoder is looked at with forward, attn, heads, layers, print
> beam 3
error: beam needs a decoder, and bert is an encoder: it has none
  an encoder is looked at with forward, attn, heads, layers, print
> greedy
error: greedy needs a decoder, and bert is an encoder: it has none
  an encoder is looked at with forward, attn, heads, layers, print
> sample
error: sample needs a decoder, and bert is an encoder: it has none
  an encoder is looked at with forward, attn, heads, layers, print
> beams
error: beams needs a decoder, and bert is an encoder: it has none
  an encoder is looked at with forward, attn, heads, layers, print
> align
error: align needs a decoder, and bert is an encoder: it has none
  an encoder is looked at with forward, attn, heads, layers, print
> choose 3
error: choose needs a decoder, and bert is an encoder: it has none
  an encoder is looked at with forward, attn, heads, layers, print
> prefix a
error: prefix needs a decoder, and bert is an encoder: it has none
  an encoder is looked at with forward, attn, heads, layers, print
> score
error: score needs a decoder, and bert is an encoder: it has none
  an encoder is looked at with forward, attn, heads, layers, print
> run --max 3
error: --max is for a decoder, and bert is an encoder
  run --max 3
            ^
> print dec.0.self.q
error: dec.0.self.q: this model has no decoder
  print dec.0.self.q
        ^~~~~~~~~~~~
> print logits.h0
error: nsp.logits has no heads
  print logits.h0
        ^~~~~~~~~
> print embedding
error: embedding: this model gives no sentence vector: it has no modules.json
  print embedding
        ^~~~~~~~~
> print enc.5.self.q
error: layer 5: the encoder of this model has layers 0-1
  print enc.5.self.q
        ^~~~~~~~~~~~
> name pooled
rasad            pooled
Hugging Face     bert.pooler
Hugging Face     pooler
Hugging Face     pooler_output
> name enc.1.self.q
rasad            enc.1.self.q
TransformerLens  encoder.1.attn.hook_q
TransformerLens  encoder_blocks.1.attn.hook_q
TransformerLens  blocks.1.attn.hook_q
TransformerLens  blocks.1.self_attn.hook_q
Hugging Face     bert.encoder.layer.1.attention.self.query
Hugging Face     encoder.layer.1.attention.self.query
> model info
 model         full-3h
 architecture  bert, encoder
 layers        2
 heads         3
 width         d_model 24
 head width    8
 feed-forward  37
 vocabulary    61
 positions     at most 40
 segments      2
 on it         head for masked tokens, pooler, head for the next sentence
 parameters    12,545
 weights       49.0 KiB
 keeping all   169.0 KiB for 32 tokens; residuals and patterns 42.3 KiB
 special ids   pad 0
 tokenizer     none: ids only
 path          tests/golden/bert/full-3h
