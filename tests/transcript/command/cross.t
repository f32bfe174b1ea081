#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> run --max 5 علی رفت
که،۴3نوش    5 tokens (the limit: set max-new, or run --max N), log p -4.0289
> set scale max
> cross
dec.2.cross.pattern, mean of 3 heads  [5,9]
  rows: target (queries), columns: source (keys)
  entropy 3.16 bits (mean of the rows)
          0    1    2    3    4    5    6    7    8   most
   0     ▓▓   ██   ▓▓   ▓▓   ▓▓   ▓▓   ▓▓   ▒▒   ▓▓    1  0.13  <pad>
   1     ▓▓   ██   ██   ▓▓   ▓▓   ▒▒   ██   ▒▒   ▓▓    2  0.13  ▁که
   2     ▓▓   ▓▓   ▓▓   ██   ▓▓   ▓▓   ▓▓   ▓▓   ▓▓    3  0.12  ،
   3     ▓▓   ▓▓   ██   ██   ▓▓   ▒▒   ▓▓   ▓▓   ▓▓    2  0.13  ۴
   4     ▓▓   ▓▓   ██   ▓▓   ▓▓   ▒▒   ██   ▒▒   ██    8  0.15  3
      0 [ ░▒▓█] 0.15   scale max
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
a row has read its token and leads to the one after it; most: strongest column
> cross 0
dec.0.cross.pattern, mean of 3 heads  [5,9]
  rows: target (queries), columns: source (keys)
  entropy 3.16 bits (mean of the rows)
          0    1    2    3    4    5    6    7    8   most
   0     ▓▓   ▓▓   ▓▓   ▓▓   ▓▓   ▓▓   ▓▓   ▓▓   ▓▓    2  0.12  <pad>
   1     ▓▓   ▓▓   ▓▓   ▓▓   ▓▓   ██   ▓▓   ▓▓   ▓▓    5  0.13  ▁که
   2     ▓▓   ▓▓   ▓▓   ▓▓   ▓▓   ▓▓   ▓▓   ▓▓   ▓▓    1  0.12  ،
   3     ▓▓   ▒▒   ▒▒   ▓▓   ▒▒   ██   ▓▓   ▓▓   ██    5  0.14  ۴
   4     ▒▒   ▒▒   ▒▒   ▓▓   ▒▒   ██   ▓▓   ▓▓   ██    5  0.16  3
      0 [ ░▒▓█] 0.161   scale max
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
a row has read its token and leads to the one after it; most: strongest column
> cross 0.h1
dec.0.cross.pattern.h1  [5,9]  rows: target (queries), columns: source (keys)
  entropy 3.14 bits (mean of the rows)
          0    1    2    3    4    5    6    7    8   most
   0     ▒▒   ▒▒   ▒▒   ▓▓   ▒▒   ▒▒   ▒▒   ▓▓   ▒▒    3  0.13  <pad>
   1     ▒▒   ▒▒   ▒▒   ▒▒   ▒▒   ██   ▒▒   ░░   ▓▓    5  0.17  ▁که
   2     ▒▒   ▒▒   ▓▓   ▒▒   ▒▒   ▒▒   ▒▒   ▒▒   ▒▒    2  0.12  ،
   3     ▒▒   ▒▒   ▒▒   ▒▒   ▒▒   ██   ▒▒   ▒▒   ▓▓    5  0.17  ۴
   4     ▒▒   ░░   ░░   ▒▒   ░░   ██   ▒▒   ██   ▒▒    5  0.21  3
      0 [ ░▒▓█] 0.205   scale max
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
a row has read its token and leads to the one after it; most: strongest column
> cross 0.1
dec.0.cross.pattern.h1  [5,9]  rows: target (queries), columns: source (keys)
  entropy 3.14 bits (mean of the rows)
          0    1    2    3    4    5    6    7    8   most
   0     ▒▒   ▒▒   ▒▒   ▓▓   ▒▒   ▒▒   ▒▒   ▓▓   ▒▒    3  0.13  <pad>
   1     ▒▒   ▒▒   ▒▒   ▒▒   ▒▒   ██   ▒▒   ░░   ▓▓    5  0.17  ▁که
   2     ▒▒   ▒▒   ▓▓   ▒▒   ▒▒   ▒▒   ▒▒   ▒▒   ▒▒    2  0.12  ،
   3     ▒▒   ▒▒   ▒▒   ▒▒   ▒▒   ██   ▒▒   ▒▒   ▓▓    5  0.17  ۴
   4     ▒▒   ░░   ░░   ▒▒   ░░   ██   ▒▒   ██   ▒▒    5  0.21  3
      0 [ ░▒▓█] 0.205   scale max
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
a row has read its token and leads to the one after it; most: strongest column
> cross h2
dec.2.cross.pattern.h2  [5,9]  rows: target (queries), columns: source (keys)
  entropy 3.14 bits (mean of the rows)
          0    1    2    3    4    5    6    7    8   most
   0     ▓▓   ██   ▓▓   ▒▒   ▓▓   ▒▒   ▓▓   ▒▒   ▓▓    1  0.14  <pad>
   1     ▓▓   ██   ▓▓   ▒▒   ▓▓   ░░   ▓▓   ░░   ▓▓    1  0.17  ▁که
   2     ▓▓   ▓▓   ▓▓   ▓▓   ▓▓   ▓▓   ▒▒   ▓▓   ▒▒    3  0.13  ،
   3     ▓▓   ▓▓   ▓▓   ▓▓   ▓▓   ▓▓   ▓▓   ▓▓   ▓▓    3  0.13  ۴
   4     ▓▓   ██   ▓▓   ▒▒   ▓▓   ▒▒   ▓▓   ░░   ██    8  0.15  3
      0 [ ░▒▓█] 0.17   scale max
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
a row has read its token and leads to the one after it; most: strongest column
> cross/n dec.1.cross.pattern.h0
dec.1.cross.pattern.h0  [5,9]  rows: target (queries), columns: source (keys)
  entropy 3.12 bits (mean of the rows)
           0     1     2     3     4     5     6     7     8   most
   0    0.09  0.11  0.13  0.11  0.09  0.14  0.11  0.03  0.20    8  0.20  <pad>
   1    0.10  0.13  0.13  0.10  0.09  0.11  0.11  0.04  0.19    8  0.19  ▁که
   2    0.10  0.10  0.10  0.11  0.10  0.12  0.10  0.18  0.09    7  0.18  ،
   3    0.12  0.09  0.11  0.11  0.12  0.09  0.12  0.12  0.11    6  0.12  ۴
   4    0.12  0.12  0.11  0.11  0.12  0.11  0.11  0.08  0.11    1  0.12  3
      scale max
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
a row has read its token and leads to the one after it; most: strongest column
> cross 8
error: layer 8: the decoder of this model has layers 0-2
  cross 8
        ^
> cross 0.9
error: head 9: this model has heads 0-2
  cross 0.9
        ^~~
> cross 0.h1.x
error: no site matches `0.h1.x`
  cross 0.h1.x
        ^~~~~~
  sites begin with enc, dec, logits or probs
> cross enc.0.self
error: enc.0.self.pattern is no cross-attention
  cross enc.0.self
        ^~~~~~~~~~
  attn enc.0.self.pattern draws it
> start
At enc.embed, nothing computed.
> emit 2
step 0  p 0.025  ▁که
step 1  p 0.961  ،
> cross 1.h0
dec.1.cross.pattern.h0  [2,9]  rows: target (queries), columns: source (keys)
  entropy 3.08 bits (mean of the rows)
          0    1    2    3    4    5    6    7    8   most
   0     ▒▒   ▒▒   ▓▓   ▒▒   ▒▒   ▓▓   ▒▒        ██    8  0.20  <pad>
   1     ▒▒   ▓▓   ▓▓   ▒▒   ▒▒   ▒▒   ▒▒   ░░   ██    8  0.19  ▁که
      0 [ ░▒▓█] 0.196   scale max
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
a row has read its token and leads to the one after it; most: strongest column
