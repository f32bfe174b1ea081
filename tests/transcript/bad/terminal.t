#! # A vocabulary with escape sequences: they are shown by name.
#! rasad
> !cp -r tests/golden/marian/swish-3h m; sed -i 's/"b":/"b\\u001b[31m\\u0007\\u202e\\u0000":/; s/"m":/"\\u009b2J":/' m/vocab.json
> model load m
m: marian, encoder-decoder 2+3 layers, 3 heads, d_model 24, vocabulary 100
> input --ids 2,3,0
source: 3 ids, taken as given
> tokens
 #  id  chars  bytes  from   piece
 0   2  -          0  given  b‹ESC›[31m‹BEL›‹U+202E›
 1   3  -          0  given  ‹U+009B›2J
 2   0  -          0  given  </s>
3 tokens, src: i32[3]
> run --max 2
۷ب    2 tokens (the limit: set max-new, or run --max N), log p -3.8045
> prefix --ids 2,3
prefix: 2 tokens, after the start token: b‹ESC›[31m‹BEL›‹U+202E› ‹U+009B›2J
> forward
one pass over 3 source and 3 target tokens; nothing is generated
> attn enc.0.h0
enc.0.self.pattern.h0  [3,3]  rows: source (queries), columns: source (keys)
  entropy 0.18 bits (mean of the rows)
          0    1    2
   0          ██       b‹ESC›[31m‹BEL›‹U+202E›
   1               ██  ‹U+009B›2J
   2               ██  </s>
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1
> row 0 enc.0.self.pattern.h0
enc.0.self.pattern.h0
  what query 0 looks at in the source: b‹ESC›[31m‹BEL›‹U+202E›
 0  0.000                        b‹ESC›[31m‹BEL›‹U+202E›
 1  1.000  ████████████████████  ‹U+009B›2J
 2  0.000                        </s>
sum 1.000
> topk 2
step 0 after ‹U+009B›2J
 #  id      p   log p                        piece
 1  32  0.774  -0.256  ████████████████████  غ
 2   0  0.137  -1.985  ███▌                  </s>
98 more, total 0.0882
> detok 2 3
b‹ESC›[31m‹BEL›‹U+202E›‹NUL›‹U+009B›2J
> vocab *[31m*
 id  bytes  piece
  2     10  b‹ESC›[31m‹BEL›‹U+202E›
1 piece of 100
> top 2
dec.2.cross.pattern  queries: target, keys: source
 weight  query      key  head  query token              key token
   0.39      0  ->  1    h0    <pad>                    ‹U+009B›2J
   0.38      1  ->  0    h0    b‹ESC›[31m‹BEL›‹U+202E›  b‹ESC›[31m‹BEL›‹U+202E›
> score --ids 2,3
 #  id        p     log p  rank                        piece
 0   2    0.020   -3.9221     5  ▍                     b‹ESC›[31m‹BEL›‹U+202E›
 1   3  1.0e-06  -13.7881    86                        ‹U+009B›2J
log p -17.7102, -8.8551 a token (2 tokens); rank: place among all tokens
> export x.json enc.out
wrote x.json (1 value, 288 B of numbers)
> !cat -v x.json | grep -o '"source_tokens.*' | head -c 70
"source_tokens":"[\"b\\u001b[31m\\u0007\\u202e\", \"\\u009b2J\", \"</s\(no newline)
