#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> run --max 5 علی رفت
که،۴3نوش    5 tokens (the limit: set max-new, or run --max N), log p -4.0289
> col 2
dec.2.cross.pattern, mean of 3 heads
  who looks at key 2: ل
 0  0.113  ██▎                   <pad>
 1  0.133  ██▋                   ▁که
 2  0.116  ██▍                   ،
 3  0.128  ██▋                   ۴
 4  0.134  ██▋                   3
sum 0.624
> col ع enc.0.self h1
enc.0.self.pattern.h1
  who looks at key 1: ع
 0  0.000                        ▁
 1  0.000                        ع
 2  0.035  ▊                     ل
 3  0.467  █████████▍            ی
 4  0.000                        ▁
 5  0.000                        ر
 6  0.000                        ف
 7  0.000                        <unk>
 8  0.296  █████▉                </s>
sum 0.798
> col 1 dec.0.self.h0
dec.0.self.pattern.h0
  who looks at key 1: ▁که
 0  0.000                        <pad>
 1  0.004  ▏                     ▁که
 2  1.000  ████████████████████  ،
 3  0.009  ▏                     ۴
 4  0.003  ▏                     3
sum 1.017
> col 99 enc.0.self
error: key 99: the range is 0-8
  col 99 enc.0.self
      ^~
> col 1 enc.0.self.v
error: enc.0.self.v [B,H,S,K] is no map of queries by keys
  col 1 enc.0.self.v
        ^~~~~~~~~~~~
  maps are named scores and pattern; print enc.0.self.v shows these values
