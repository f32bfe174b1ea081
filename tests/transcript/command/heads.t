#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> run --max 4 علی
۷بخانهص    4 tokens (the limit: set max-new, or run --max N), log p -4.1284
> heads
dec.2.cross.pattern  [3,4,5]  rows: target (queries), columns: source (keys)
      h0  2.32 bits   h1  2.32 bits   h2  2.31 bits
       0 1 2 3 4       0 1 2 3 4       0 1 2 3 4
   0  ░░░░    ░░      ░░░░░░          ░░░░    ░░     <pad>
   1  ░░░░    ░░          ░░░░░░          ░░  ░░     ۷
   2  ░░░░    ░░        ░░░░░░              ░░░░     ب
   3  ░░░░    ░░          ░░  ░░          ░░░░       خانه
      0.24  2 -> 0    0.23  3 -> 4    0.26  3 -> 3
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1
      columns:
         0  ▁
         1  ع
         2  ل
         3  ی
         4  </s>
above: head and entropy (mean of the rows); below: strongest edge, query -> key
> heads 0
dec.0.cross.pattern  [3,4,5]  rows: target (queries), columns: source (keys)
      h0  2.32 bits   h1  2.32 bits   h2  2.31 bits
       0 1 2 3 4       0 1 2 3 4       0 1 2 3 4
   0  ░░  ░░              ░░░░        ░░░░    ░░     <pad>
   1    ░░░░          ░░░░            ░░      ░░     ۷
   2  ░░░░    ░░          ░░░░        ░░░░    ░░     ب
   3  ░░░░░░              ░░░░░░      ░░░░░░  ░░     خانه
      0.23  3 -> 2    0.24  0 -> 3    0.26  1 -> 4
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1
      columns:
         0  ▁
         1  ع
         2  ل
         3  ی
         4  </s>
above: head and entropy (mean of the rows); below: strongest edge, query -> key
> heads enc.0
enc.0.self.pattern  [3,5,5]  rows: source (queries), columns: source (keys)
      h0  0.36 bits   h1  0.61 bits   h2  0.24 bits
       0 1 2 3 4       0 1 2 3 4       0 1 2 3 4
   0    ▓▓░░              ██                  ██     ▁
   1      ██                  ██              ██     ع
   2        ██                ██        ██           ل
   3  ██              ░░▓▓              ██           ی
   4      ██            ██                ░░  ▓▓     </s>
      1.00  3 -> 0    1.00  4 -> 1    1.00  0 -> 4
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1
above: head and entropy (mean of the rows); below: strongest edge, query -> key
> heads dec.1
dec.1.self.pattern  [3,4,4]  rows: target (queries), columns: target (keys)
      h0  0.67 bits   h1  0.35 bits   h2  0.29 bits
       0 1 2 3         0 1 2 3         0 1 2 3
   0  ██······        ██······        ██······       <pad>
   1    ██····        ▓▓░░····          ██····       ۷
   2    ▒▒▒▒··            ██··          ▒▒▒▒··       ب
   3    ░░▒▒              ██              ██         خانه
      0.99  1 -> 1    0.97  2 -> 2    1.00  1 -> 1
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1   ·· masked
dec.1.cross.pattern  [3,4,5]  rows: target (queries), columns: source (keys)
      h0  2.31 bits   h1  2.32 bits   h2  2.32 bits
       0 1 2 3 4       0 1 2 3 4       0 1 2 3 4
   0    ░░    ░░      ░░  ░░  ░░      ░░░░░░  ░░     <pad>
   1  ░░░░    ░░      ░░  ░░  ░░          ░░░░       ۷
   2    ░░    ░░      ░░░░    ░░      ░░    ░░       ب
   3      ░░░░        ░░      ░░          ░░░░       خانه
      0.25  0 -> 4    0.24  2 -> 4    0.25  3 -> 3
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1
      columns:
         0  ▁
         1  ع
         2  ل
         3  ی
         4  </s>
above: head and entropy (mean of the rows); below: strongest edge, query -> key
> heads/n enc.1.self[0:2,:]
enc.1.self.pattern[0:2,:]  [3,2,5]
  rows: source (queries), columns: source (keys)
      h0  0.91 bits               h1  2.17 bits
          0    1    2    3    4       0    1    2    3    4
   0   0.01 0.03 0.06 0.85 0.04    0.08 0.12 0.27 0.30 0.22  ▁
   1   0.01 0.02 0.05 0.82 0.09    0.11 0.13 0.17 0.40 0.18  ع
      0.85  0 -> 3                0.40  1 -> 3
      h2  2.07 bits
          0    1    2    3    4
   0   0.27 0.35 0.23 0.03 0.12  ▁
   1   0.29 0.32 0.23 0.04 0.12  ع
      0.35  0 -> 1
      scale 0-1
      columns:
         0  ▁
         1  ع
         2  ل
         3  ی
         4  </s>
above: head and entropy (mean of the rows); below: strongest edge, query -> key
> heads 7
error: layer 7: the decoder of this model has layers 0-2
  heads 7
        ^
> heads x
error: no site matches `x`
  heads x
        ^
  sites begin with enc, dec, logits or probs
> heads enc.0.mlp
error: enc.0.mlp [B,S,F] is no map of queries by keys
  heads enc.0.mlp
        ^~~~~~~~~
  maps are named scores and pattern; print enc.0.mlp.pre shows these values
