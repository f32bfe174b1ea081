#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> topk
error: topk needs a run: type a sentence with 'input TEXT', then 'run'
> run --max 4 علی
۷بخانهص    4 tokens (the limit: set max-new, or run --max N), log p -4.1284
> topk 4
step 3 after خانه
 #  id      p   log p                                piece
 1  31  0.732  -0.311  ████████████████████  chosen  ص
 2   0  0.191  -1.658  █████▎                        </s>
 3  23  0.022  -3.798  ▋                             گ
 4  37  0.017  -4.066  ▌                             ب
96 more, total 0.0374
> remit 2
at choice, step 2  the next token is chosen from the logits
> topk 3
step 2 after ب
 #  id      p   log p                                piece
 1  38  0.936  -0.066  ████████████████████  chosen  خانه
 2   0  0.023  -3.760  ▌                             </s>
 3  47  0.007  -4.974  ▏                             ▁تکه‌اند
97 more, total 0.0337
> start
At enc.embed, nothing computed.
> topk
error: no candidates yet: no logits have been computed
  finish runs to the end of this decoder step, emit to the next choice
> emit
step 0  p 0.0279  ۷
> topk 3
step 0 after <pad>
 #  id      p   log p                                piece
 1  77  0.028  -3.580  ████████████████████  chosen  ۷
 2  61  0.025  -3.695  █████████████████▉            ▁
 3  45  0.023  -3.781  ████████████████▍             ▁که
97 more, total 0.924
> topk 100
step 0 after <pad>
  #  id      p   log p                                piece
  1  77  0.028  -3.580  ████████████████████  chosen  ۷
  2  61  0.025  -3.695  █████████████████▉            ▁
  3  45  0.023  -3.781  ████████████████▍             ▁که
  4  25  0.022  -3.823  ███████████████▋              ▁دید
  5   2  0.020  -3.920  ██████████████▎               b
  6  78  0.019  -3.954  █████████████▊                ▁بلندند
  7  29  0.019  -3.961  █████████████▋                e
  8   6  0.019  -3.976  █████████████▌                ج
  9  49  0.019  -3.984  █████████████▍                3
 10  39  0.017  -4.046  ████████████▌                 2
 11  58  0.017  -4.067  ████████████▎                 ۳
 12  30  0.017  -4.095  ████████████                  ‹ZWNJ›
 13  97  0.016  -4.104  ███████████▉                  a
 14  74  0.016  -4.110  ███████████▊                  '
 15  69  0.016  -4.118  ███████████▋                  ▁درازند
 16  12  0.015  -4.194  ██████████▉                   t
 17   7  0.015  -4.203  ██████████▊                   u
 18  64  0.015  -4.216  ██████████▋                   ،
 19  62  0.015  -4.216  ██████████▋                   ه
 20  18  0.014  -4.266  ██████████▏                   ف
 21  53  0.014  -4.288  █████████▉                    g
 22   3  0.014  -4.302  █████████▊                    m
 23   1  0.014  -4.304  █████████▊                    <unk>
 24   5  0.013  -4.331  █████████▍                    n
 25  70  0.013  -4.368  █████████▏                    ▁was
 26  87  0.012  -4.384  █████████                     ۲
 27  92  0.012  -4.410  ████████▊                     ▁خیابان
 28  42  0.012  -4.425  ████████▋                     r
 29  33  0.012  -4.434  ████████▌                     5
 30   0  0.012  -4.443  ████████▍                     </s>
 31  15  0.011  -4.484  ████████▏                     ۱
 32  71  0.011  -4.487  ████████▏                     j
 33  36  0.011  -4.490  ████████                      ش
 34  43  0.011  -4.512  ███████▉                      c
 35  95  0.011  -4.514  ███████▉                      چ
 36  19  0.011  -4.520  ███████▊                      ع
 37  73  0.011  -4.531  ███████▊                      i
 38  11  0.011  -4.545  ███████▋                      k
 39  85  0.010  -4.558  ███████▌                      ▁خانه‌ی
 40  76  0.010  -4.569  ███████▍                      د
100 rows (40 shown)
banned: the model says it, the rules of the search forbid it here
> topk 0
error: COUNT must be 1 to 10000000, not 0
  topk 0
       ^
> run --max 3 --beam 2 علی
۷بخانه    3 tokens (the limit: set max-new, or run --max N), score -1.2723
بلندندr    3 tokens (the limit: set max-new, or run --max N), score -1.2801
> topk 3
step 2 of the best beam after ▁بلندند
 #  id      p   log p                        piece
 1  42  0.914  -0.090  ████████████████████  r
 2   0  0.026  -3.663  ▌                     </s>
 3  11  0.020  -3.923  ▍                     k
97 more, total 0.0402
