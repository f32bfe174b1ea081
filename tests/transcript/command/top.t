#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> run --max 5 علی رفت
که،۴3نوش    5 tokens (the limit: set max-new, or run --max N), log p -4.0289
> top 3
dec.2.cross.pattern  queries: target, keys: source
 weight  query      key  head  query token
   0.17      1  ->  1    h2    ▁که
   0.16      1  ->  2    h1    ▁که
   0.16      4  ->  8    h1    3
> top 4 enc.0.self
enc.0.self.pattern  queries: source, keys: source
 weight  query      key  head  query token
   1.00      7  ->  5    h1    <unk>
   1.00      4  ->  5    h2    ▁
   1.00      8  ->  8    h2    </s>
   1.00      0  ->  5    h2    ▁
> top 3 enc.0.self h1
enc.0.self.pattern.h1  queries: source, keys: source
 weight  query      key  query token
   1.00      7  ->  5    <unk>
   1.00      6  ->  8    ف
   0.99      1  ->  5    ع
> top 5 dec.*.self
3 sites  queries: target, keys: target
 weight  query      key  site                head  query token
   1.00      2  ->  2    dec.1.self.pattern  h1    ،
   1.00      2  ->  1    dec.0.self.pattern  h0    ،
   1.00      1  ->  1    dec.2.self.pattern  h2    ▁که
   1.00      2  ->  0    dec.0.self.pattern  h1    ،
   1.00      3  ->  0    dec.0.self.pattern  h2    ۴
> top 2 dec.0.self.scores
dec.0.self.scores  queries: target, keys: target
 weight  query      key  head  query token
  15.45      4  ->  3    h0    3
  12.81      3  ->  3    h0    ۴
> top 0
error: COUNT must be 1 to 1000000, not 0
  top 0
      ^
> top 3 enc.0.mlp
error: enc.0.mlp [B,S,F] is no map of queries by keys
  top 3 enc.0.mlp
        ^~~~~~~~~
  maps are named scores and pattern; print enc.0.mlp.pre shows these values
> top 1000000 dec.0.self.h0[0:2,0:2]
dec.0.self.pattern.h0[0:2,0:2]  queries: target, keys: target
 weight  query      key  query token
   1.00      1  ->  0    ▁که
   0.00      1  ->  1    ▁که
