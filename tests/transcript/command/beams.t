#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> beams
error: beams needs a run: type a sentence with 'input TEXT', then 'run'
> run --max 3 علی
۷بخانه    3 tokens (the limit: set max-new, or run --max N), log p -3.8170
> beams
error: this generation is no beam search
  beam 4, then run; or run --beam 4
> beam 2
beam search: width 2, length penalty 1, early stopping false
> run --max 4
بلندندr درازند    4 tokens (the limit: set max-new, or run --max N), score -0.9696
۷بخانهص    4 tokens (the limit: set max-new, or run --max N), score -1.0321
> beams
 #    score  tokens  state     text
 1  -0.9696       4  finished  بلندندr درازند
 2  -1.0321       4  finished  ۷بخانهص
score: log p / length^penalty, as if each ended here
 step  beam  from    log p   ranked  state     piece
    0     0     0  -3.5796           live      ۷
          1     0  -3.6946           live      ▁
                0  -3.7805           pruned    ▁که
                0  -3.8226           pruned    ▁دید
    1     0     1  -3.7506           live      ▁بلندند
          1     0  -3.7509           live      ب
                0  -6.4782           pruned    k
                0  -6.4923           pruned    </s>
    2     0     1  -3.8170           live      خانه
          1     0  -3.8402           live      r
                0  -7.4137           pruned    </s>
                1  -7.5109           pruned    </s>
    3           1  -3.8784  -0.9696  finished  ▁درازند
                0  -4.1284  -1.0321  finished  ص
                0  -5.4749           pruned    </s>
                0  -7.6146           pruned    گ
> beams 1
 step  beam  from    log p  ranked  state   piece
    1     0     1  -3.7506          live    ▁بلندند
          1     0  -3.7509          live    ب
                0  -6.4782          pruned  k
                0  -6.4923          pruned  </s>
> beams 99
error: step 99: choices 0-3 have been made
  beams 99
        ^~
> start
At enc.embed, nothing computed.
> beams
error: no choice has been made yet
  emit runs to the next one
> emit
step 0  score -3.580  ۷
> beams
 #    score  tokens  state  text
 1  -3.5796       1  live   ۷
 2  -3.6946       1  live
score: log p / length^penalty, as if each ended here
 step  beam  from    log p  ranked  state   piece
    0     0     0  -3.5796          live    ۷
          1     0  -3.6946          live    ▁
                0  -3.7805          pruned  ▁که
                0  -3.8226          pruned  ▁دید
