#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> run --max 5 علی رفت
که،۴3نوش    5 tokens (the limit: set max-new, or run --max N), log p -4.0289
> row 2
dec.2.cross.pattern, mean of 3 heads
  what query 2 looks at in the source: ،
 0  0.116  ██▍                   ▁
 1  0.112  ██▎                   ع
 2  0.116  ██▍                   ل
 3  0.123  ██▌                   ی
 4  0.117  ██▍                   ▁
 5  0.112  ██▎                   ر
 6  0.105  ██▏                   ف
 7  0.099  ██                    <unk>
 8  0.100  ██                    </s>
sum 1.000
> row 2 dec.0.self h1
dec.0.self.pattern.h1
  what query 2 looks at in the target: ،
 0  1.000  ████████████████████  <pad>
 1  0.000                        ▁که
 2  0.000                        ،
sum 1.000; later keys are masked
> row ل enc.0.self
enc.0.self.pattern, mean of 3 heads
  what query 2 looks at in the source: ل
 0  0.007  ▏                     ▁
 1  0.328  ██████▌               ع
 2  0.022  ▍                     ل
 3  0.289  █████▊                ی
 4  0.015  ▎                     ▁
 5  0.185  ███▊                  ر
 6  0.002                        ف
 7  0.016  ▍                     <unk>
 8  0.136  ██▊                   </s>
sum 1.000
> row -1 enc.0.self.h0
enc.0.self.pattern.h0
  what query 8 looks at in the source: </s>
 0  0.000                        ▁
 1  0.000                        ع
 2  0.268  █████▍                ل
 3  0.000                        ی
 4  0.000                        ▁
 5  0.003  ▏                     ر
 6  0.729  ██████████████▋       ف
 7  0.000                        <unk>
 8  0.000                        </s>
sum 1.000
> row 1 dec.0.self.scores.h0
dec.0.self.scores.h0
  what query 1 looks at in the target: ▁که
 0   2.949  ████████████████████  <pad>
 1  -2.482  ░░░░░░░░░░░░░░░░░     ▁که
> row 99
error: query 99: the range is 0-4
  row 99
      ^~
> row foo
error: no query token of the target is `foo`
  row foo
      ^~~
  tokens lists them; an index 0-4 works too
> row ▁ enc.0.self
error: `▁` stands at several places: 0, 4
  row ▁ enc.0.self
      ^
  give the index
> row 1 enc.0.self.pattern[0:2,:]
error: row takes a whole map, without [..] and @
  row 1 enc.0.self.pattern[0:2,:]
        ^~~~~~~~~~~~~~~~~~~~~~~~~
> row
error: row: TOKEN is missing
  usage: row TOKEN [SITE...]
