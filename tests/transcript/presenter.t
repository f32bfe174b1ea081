#! bare
#! rasad -n --echo
#! # For an audience: wide tables and maps, blank lines, no notes and no timing.
> input علی به مدرسه می‌رود
note: character 15, U+200C ZWNJ, becomes U+0020 (see: normalize)
source: 19 characters, 36 bytes, right-to-left
> set timing on
time: {{[0-9.]+}} ms
> set presenter on
> input علی به مدرسه می‌رود

source: 19 characters, 36 bytes, right-to-left

> tokens

 #      id    chars    bytes    from         piece
 0    1004    0-2          6    text         ▁علی
 1      39    3-5          5    text         ▁به
 2    1297    6-11        11    text         ▁مدرسه
 3      13    12-14        5    text         ▁می
 4    1457    15-18        9    text         ▁رود
 5       0    -            0    tokenizer    </s>
6 tokens, src: i32[6]

> run

Ali goes to school    5 tokens and the end token, log p -0.0673

> cross 2.0

dec.2.cross.pattern.h0  [6,6]  rows: target (queries), columns: source (keys)
  entropy 0.97 bits (mean of the rows)
         0   1   2   3   4   5   most
   0  ████                        0  0.98  <pad> -> ▁Ali
   1                  ▓▓▓▓        4  0.77  ▁Ali -> ▁go
   2      ░░░░    ░░░░░░░░        1  0.34  ▁go -> es
   3      ░░░░        ▒▒▒▒        4  0.45  es -> ▁to
   4          ████                2  0.99  ▁to -> ▁school
   5                      ████    5  0.88  ▁school -> </s>
      .2░░░░ .4▒▒▒▒ .6▓▓▓▓ .8████   scale 0-1
      columns:
         0  ▁علی
         1  ▁به
         2  ▁مدرسه
         3  ▁می
         4  ▁رود
         5  </s>
a row has read its token and leads to the one after ->; most: strongest column

> set presenter off
time: {{[0-9.]+}} ms
> set timing off
> tokens
 #    id  chars  bytes  from       piece
 0  1004  0-2        6  text       ▁علی
 1    39  3-5        5  text       ▁به
 2  1297  6-11      11  text       ▁مدرسه
 3    13  12-14      5  text       ▁می
 4  1457  15-18      9  text       ▁رود
 5     0  -          0  tokenizer  </s>
6 tokens, src: i32[6]
