#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> sample
sampling: temperature 1, of the 50 best, seed 0
> sample --temperature 2 --top-k 20 --top-p 0.9 --seed 3
sampling: temperature 2, of the 20 best, of the best that hold 0.9 of the probability, seed 3
> run --max 6 علی
‹ZWNJ›پن دانشجوییپq    6 tokens (the limit: set max-new, or run --max N), log p -25.3832
> run --max 6
‹ZWNJ›پن دانشجوییپq    6 tokens (the limit: set max-new, or run --max N), log p -25.3832
> remit 3
at choice, step 3  the next token is chosen from the logits
> emit 3
step 3  p 0.001  ▁دانشجویی
step 4  p 0.020  پ
step 5  p 0.005  q
‹ZWNJ›پن دانشجوییپq    6 tokens (the limit: set max-new, or run --max N), log p -25.3832
> sample --seed 4
sampling: temperature 2, of the 20 best, of the best that hold 0.9 of the probability, seed 4
> run --max 6
که،۴    3 tokens and the end token, log p -6.5031
> set seed 3
> sample
sampling: temperature 2, of the 20 best, of the best that hold 0.9 of the probability, seed 3
> sample --temperature 0
error: the temperature must be above 0; greedy takes the most probable token
  sample --temperature 0
                       ^
> sample --top-p 2
error: top-p must be above 0 and at most 1
  sample --top-p 2
                 ^
> start
At enc.embed, nothing computed.
> greedy
greedy search: the most probable token each time
> emit
step 0  p 0.028  ۷
> sample --temperature 3
sampling: temperature 3, of the 20 best, of the best that hold 0.9 of the probability, seed 3
> emit
step 1  p 0.843  ب
