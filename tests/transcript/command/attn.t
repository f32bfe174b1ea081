#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> attn
error: attn needs a run: type a sentence with 'input TEXT', then 'run'
> run --max 5 علی رفت
که،۴3نوش    5 tokens (the limit: set max-new, or run --max N), log p -4.0289
> attn
dec.2.cross.pattern  [3,5,9]  rows: target (queries), columns: source (keys)
      h0  3.16 bits        h1  3.14 bits        h2  3.14 bits
       0 1 2 3 4 5 6 7 8    0 1 2 3 4 5 6 7 8    0 1 2 3 4 5 6 7 8
   0                                                                <pad>
   1                                                                ▁که
   2                                                                ،
   3                                                                ۴
   4                                                                3
      0.15  1 -> 7         0.16  1 -> 2         0.17  1 -> 1
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1
      columns:
         0  ▁
         1  ع
         2  ل
         3  ی
         4  ▁
         5  ر
         6  ف
         7  <unk>
         8  </s>
no weight is above 0.17; set scale max shows the differences
> attn enc.0.self.pattern.h1
enc.0.self.pattern.h1  [9,9]  rows: source (queries), columns: source (keys)
  entropy 0.65 bits (mean of the rows)
          0    1    2    3    4    5    6    7    8
   0               ▒▒                            ▒▒  ▁
   1                              ██                 ع
   2                              ▒▒             ▒▒  ل
   3     ░░   ▒▒                                     ی
   4               ██                                ▁
   5                                             ██  ر
   6                                             ██  ف
   7                              ██                 <unk>
   8          ░░                            ▓▓       </s>
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1
> attn/n dec.0.self h0
dec.0.self.pattern.h0  [5,5]  rows: target (queries), columns: target (keys)
  entropy 0.22 bits (mean of the rows)
           0     1     2     3     4
   0    1.00  0.00  0.00  0.00  0.00  <pad>
   1    1.00  0.00  0.00  0.00  0.00  ▁که
   2    0.00  1.00  0.00  0.00  0.00  ،
   3    0.00  0.01  0.40  0.59  0.00  ۴
   4    0.00  0.00  0.00  1.00  0.00  3
      scale 0-1
> attn dec.0.self h0
dec.0.self.pattern.h0  [5,5]  rows: target (queries), columns: target (keys)
  entropy 0.22 bits (mean of the rows)
          0    1    2    3    4
   0     ██   ··   ··   ··   ··  <pad>
   1     ██        ··   ··   ··  ▁که
   2          ██        ··   ··  ،
   3               ▒▒   ▒▒   ··  ۴
   4                    ██       3
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1   ·· masked
> attn/h dec.0.self h0-1
dec.0.self.pattern.h0-1  [2,5,5]  rows: target (queries), columns: target (keys)
      h0  0.22 bits   h1  0.13 bits
      0               0
   0  █····           █····          <pad>
   1  █ ···            █···          ▁که
   2   █ ··           █  ··          ،
   3    ▒▒·             █ ·          ۴
   4     █            █              3
      1.00  2 -> 1    1.00  2 -> 0
      .2░ .4▒ .6▓ .8█   scale 0-1   · masked
> attn dec.0.self.scores.h0
dec.0.self.scores.h0  [5,5]  rows: target (queries), columns: target (keys)
          0    1    2    3    4
   0          ··   ··   ··   ··  <pad>
   1     ░░        ··   ··   ··  ▁که
   2          ██        ··   ··  ،
   3          ▓▓   ██   ██   ··  ۴
   4          ▓▓   ▒▒   ██   ▒▒  3
      -2.48 [ ░▒▓█] 15.5   scale max   ·· masked
> attn/n dec.0.self.scores.h0[1:4,0:3]
dec.0.self.scores.h0[1:4,0:3]  [3,3]
  rows: target (queries), columns: target (keys)
            0      1      2
   1      2.9   -2.5   -inf  ▁که
   2      0.7   12.0   -2.2  ،
   3     -0.2    8.7   12.4  ۴
      scale max
      columns:
         0  <pad>
         1  ▁که
         2  ،
> attn self h1@2
dec.2.self.pattern.h1@2  [1,5]  rows: target (queries), columns: target (keys)
  entropy 0.99 bits (mean of the rows)
          0    1    2    3    4
   2     ▓▓        ░░   ··   ··  ،
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1   ·· masked
      columns:
         0  <pad>
         1  ▁که
         2  ،
         3  ۴
         4  3
> attn/t enc.0.self h2
enc.0.self.pattern.h2  [9,9]  rows: source (queries), columns: source (keys)
  entropy 0.42 bits (mean of the rows)
          0    1    2    3    4    5    6    7    8
   0                              @@                 ▁
   1                                             @@  ع
   2          @@                                     ل
   3                                             @@  ی
   4                              @@                 ▁
   5          ..   --                       ==       ر
   6                              **             --  ف
   7               %%                                <unk>
   8                                             @@  </s>
      .1.. .2:: .3-- .4== .5++ .6** .7## .8%% .9@@   scale 0-1
> attn dec.*.self h1
dec.0.self.pattern.h1  [5,5]  rows: target (queries), columns: target (keys)
  entropy 0.13 bits (mean of the rows)
          0    1    2    3    4
   0     ██   ··   ··   ··   ··  <pad>
   1          ██   ··   ··   ··  ▁که
   2     ██             ··   ··  ،
   3               ██        ··  ۴
   4     ██                      3
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1   ·· masked
dec.1.self.pattern.h1  [5,5]  rows: target (queries), columns: target (keys)
  entropy 0.29 bits (mean of the rows)
          0    1    2    3    4
   0     ██   ··   ··   ··   ··  <pad>
   1     ██        ··   ··   ··  ▁که
   2               ██   ··   ··  ،
   3     ██                  ··  ۴
   4     ▒▒   ▒▒                 3
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1   ·· masked
dec.2.self.pattern.h1  [5,5]  rows: target (queries), columns: target (keys)
  entropy 0.54 bits (mean of the rows)
          0    1    2    3    4
   0     ██   ··   ··   ··   ··  <pad>
   1          ██   ··   ··   ··  ▁که
   2     ▓▓        ░░   ··   ··  ،
   3                    ██   ··  ۴
   4                         ▓▓  3
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1   ·· masked
> set scale max
> attn cross h1
dec.2.cross.pattern.h1  [5,9]  rows: target (queries), columns: source (keys)
  entropy 3.14 bits (mean of the rows)
          0    1    2    3    4    5    6    7    8
   0     ▓▓   ▓▓   ▓▓   ▓▓   ▓▓   ▓▓   ▓▓   ▒▒   ▓▓  <pad>
   1     ▓▓   ▓▓   ██   ▓▓   ▓▓   ▒▒   ▓▓   ░░   ██  ▁که
   2     ▓▓   ▓▓   ██   ▓▓   ▓▓   ▓▓   ▓▓   ▒▒   ▓▓  ،
   3     ▓▓   ▓▓   ██   ▓▓   ▓▓   ▒▒   ██   ▒▒   ██  ۴
   4     ▓▓   ▓▓   ██   ▓▓   ▓▓   ▓▓   ▓▓   ▒▒   ██  3
      0 [ ░▒▓█] 0.156   scale max
      columns:
         0  ▁
         1  ع
         2  ل
         3  ی
         4  ▁
         5  ر
         6  ف
         7  <unk>
         8  </s>
> attn enc.0.self.q
error: enc.0.self.q [B,H,S,K] is no map of queries by keys
  attn enc.0.self.q
       ^~~~~~~~~~~~
  maps are named scores and pattern; print enc.0.self.q shows these values
> attn enc.0.slef
error: no site matches `enc.0.slef`
  attn enc.0.slef
       ^~~~~~~~~~
  did you mean `self`?   (enc.0 has: resid_pre self norm1 resid_mid mlp norm2 resid_post)
> attn h9
error: head 9: this model has heads 0-2
  attn h9
       ^~
> attn enc.9
error: layer 9: the encoder of this model has layers 0-1
  attn enc.9
       ^~~~~
> attn enc.0.self.pattern[9,0]
error: query 9 of enc.0.self.pattern: the range is 0-8
  attn enc.0.self.pattern[9,0]
       ^~~~~~~~~~~~~~~~~~~~~~~
> attn enc.0.self.pattern[4:2,0]
error: queries 4:2 of enc.0.self.pattern: the range is 0:9
  attn enc.0.self.pattern[4:2,0]
       ^~~~~~~~~~~~~~~~~~~~~~~~~
> attn enc.0.self.pattern[0,1,2]
error: enc.0.self.pattern[0,1,2]: a map takes [rows,columns], not 3 indices
  attn enc.0.self.pattern[0,1,2]
       ^~~~~~~~~~~~~~~~~~~~~~~~~
> attn enc.0.self h1@2
error: enc.0.self.pattern has no decoder steps: it is computed once from the source
  attn enc.0.self h1@2
       ^~~~~~~~~~
> attn/x
error: attn takes the flags /cnthp, not 'x'
  attn/x
       ^
> start
At enc.embed, nothing computed.
> attn
error: no attention has been computed yet
  until enc.0.self.pattern runs to the first
> until enc.1.self.pattern
enc.1.self.pattern  [3,9,9]  softmax of each row of enc.1.self.scores; a row sums to 1
> attn h0
enc.1.self.pattern.h0  [9,9]  rows: source (queries), columns: source (keys)
  entropy 0.80 bits (mean of the rows)
          0    1    2    3    4    5    6    7    8
   0                                        ██       ▁
   1                                        ██       ع
   2                                        ██       ل
   3                                        ██       ی
   4                                        ██       ▁
   5                                             ░░  ر
   6                                        ██       ف
   7                              ▓▓                 <unk>
   8                                        ██       </s>
      0 [ ░▒▓█] 0.994   scale max
> until dec.1.self.q@2
step 0  p 0.025  ▁که
step 1  p 0.961  ،
dec.1.self.q  [3,3,8]  dec.0.norm3 W^T + b, W[24, 24], split into 3 heads of 8
> attn h0
dec.1.self.pattern.h0  [2,2]  rows: target (queries), columns: target (keys)
  entropy 0.20 bits (mean of the rows)
          0    1
   0     ██   ··  <pad>
   1          ██  ▁که
      .2░░ .4▒▒ .6▓▓ .8██   scale max   ·· masked
> attn /t enc.0.self.h0
enc.0.self.pattern.h0  [9,9]  rows: source (queries), columns: source (keys)
  entropy 0.46 bits (mean of the rows)
          0    1    2    3    4    5    6    7    8
   0                                        @@       ▁
   1               ..             %%                 ع
   2                    %%                           ل
   3                         @@                      ی
   4                                        @@       ▁
   5                                             @@  ر
   6          ==   --                       ..       ف
   7                                             @@  <unk>
   8               ::                  ##            </s>
      0 [ .:-=+*#%@] 1   scale max
> attn /z
error: no site matches `/z`
  attn /z
       ^~
  sites begin with enc, dec, logits or probs
> attn /tmp
error: no site matches `/tmp`
  attn /tmp
       ^~~~
  sites begin with enc, dec, logits or probs
