#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> run --max 4 علی
۷بخانهص    4 tokens (the limit: set max-new, or run --max N), log p -4.1284
> layers
dec.*.cross.pattern.h0  rows: target (queries), columns: source (keys)
      layer 0  2.32 bits   layer 1  2.31 bits   layer 2  2.32 bits
       0 1 2 3 4            0 1 2 3 4            0 1 2 3 4
   0  ░░  ░░                 ░░    ░░           ░░░░    ░░          <pad>
   1    ░░░░               ░░░░    ░░           ░░░░    ░░          ۷
   2  ░░░░    ░░             ░░    ░░           ░░░░    ░░          ب
   3  ░░░░░░                   ░░░░             ░░░░    ░░          خانه
      0.23  3 -> 2         0.25  0 -> 4         0.24  2 -> 0
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1
      columns:
         0  ▁
         1  ع
         2  ل
         3  ی
         4  </s>
> layers enc h2
enc.*.self.pattern.h2  rows: source (queries), columns: source (keys)
      layer 0  0.24 bits   layer 1  2.16 bits
       0 1 2 3 4            0 1 2 3 4
   0          ██           ░░░░░░              ▁
   1          ██           ░░░░░░              ع
   2    ██                 ░░░░░░              ل
   3    ██                 ░░  ░░              ی
   4      ░░  ▓▓           ░░░░░░              </s>
      1.00  0 -> 4         0.35  0 -> 1
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1
> layers dec.self 1
dec.*.self.pattern.h1  rows: target (queries), columns: target (keys)
      layer 0  0.47 bits   layer 1  0.35 bits   layer 2  0.58 bits
       0 1 2 3              0 1 2 3              0 1 2 3
   0  ██······             ██······             ██······            <pad>
   1  ░░▓▓····             ▓▓░░····             ▓▓░░····            ۷
   2  ██    ··                 ██··             ██    ··            ب
   3      ██                   ██               ▓▓                  خانه
      0.90  3 -> 2         0.97  2 -> 2         0.96  2 -> 0
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1   ·· masked
> layers self h1
dec.*.self.pattern.h1  rows: target (queries), columns: target (keys)
      layer 0  0.47 bits   layer 1  0.35 bits   layer 2  0.58 bits
       0 1 2 3              0 1 2 3              0 1 2 3
   0  ██······             ██······             ██······            <pad>
   1  ░░▓▓····             ▓▓░░····             ▓▓░░····            ۷
   2  ██    ··                 ██··             ██    ··            ب
   3      ██                   ██               ▓▓                  خانه
      0.90  3 -> 2         0.97  2 -> 2         0.96  2 -> 0
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1   ·· masked
> layers 9
error: head 9: this model has heads 0-2
  layers 9
         ^
> layers h*
error: layers shows one head; heads shows all heads of a layer
  layers h*
         ^~
> layers foo
error: no site matches `foo`
  layers foo
         ^~~
  sites begin with enc, dec, logits or probs
> start
At enc.embed, nothing computed.
> emit 2
step 0  p 0.028  ۷
step 1  p 0.843  ب
> until dec.1.self
at dec.1.self.q, step 2  dec.0.norm3 W^T + b, W[24, 24], split into 3 heads of 8
> layers dec.self h0
dec.0.self.pattern.h0  rows: target (queries), columns: target (keys)
  entropy 0.00 bits (mean of the rows)
          0    1    2
   0     ██   ··   ··  <pad>
   1          ██   ··  ۷
   2               ██  ب
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1   ·· masked
layers 1-2 are not computed here yet
