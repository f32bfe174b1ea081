#! rasad -m tests/golden/marian/swish-3h
> sample --seed 4
sampling: temperature 1, of the 50 best, seed 4
> greedy
greedy search: the most probable token each time
> run --max 3 علی
۷بخانه    3 tokens (the limit: set max-new, or run --max N), log p -3.8170
> start
At enc.embed, nothing computed.
> emit
step 0  p 0.028  ۷
> greedy
greedy search: the most probable token each time
> emit
step 1  p 0.843  ب
