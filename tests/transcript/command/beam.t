#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> beam
beam search: width 4, length penalty 1, early stopping false
> beam 3 --length-penalty 0.6 --early-stopping never
beam search: width 3, length penalty 0.6, early stopping never
> run --max 6 علی
بلندندr درازند۵ بزرگ‌تر    6 tokens (the limit: set max-new, or run --max N), score -1.4128
که،۴3نوش read    6 tokens (the limit: set max-new, or run --max N), score -1.4477
۷بخانهصمد    6 tokens (the limit: set max-new, or run --max N), score -1.5002
> beam 2 --early-stopping true
beam search: width 2, length penalty 0.6, early stopping true
> run --max 6
بلندندr درازند۵ بزرگ‌تر    6 tokens (the limit: set max-new, or run --max N), score -1.4128
۷بخانهصمد    6 tokens (the limit: set max-new, or run --max N), score -1.5002
> beam 0
error: WIDTH must be 1 to 1000, not 0
  beam 0
       ^
> beam 2 --early-stopping maybe
error: --early-stopping is one of: true false never; not 'maybe'
  beam 2 --early-stopping maybe
                          ^~~~~
> start
At enc.embed, nothing computed.
> emit
step 0  score -3.580  ۷
> greedy
greedy search: the most probable token each time
