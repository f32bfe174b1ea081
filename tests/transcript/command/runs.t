#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> runs
no run is saved: save-run NAME
> input علی رفت
source: 7 characters, 13 bytes, right-to-left
> run --max 3
که،۴    3 tokens (the limit: set max-new, or run --max N), log p -3.8019
> save-run one
one is the present run
> input خانه
source: 4 characters, 8 bytes, right-to-left
> beam 3
beam search: width 3, length penalty 1, early stopping false
> run --max 3
که،۴    3 tokens (the limit: set max-new, or run --max N), score -1.2703
۷بخانه    3 tokens (the limit: set max-new, or run --max N), score -1.2751
بلندندr    3 tokens (the limit: set max-new, or run --max N), score -1.2989
> save-run two
two is the present run
> runs
 run    score    values  changes  source   output
 one  -3.8019  56.2 KiB           علی رفت  که،۴
 two  -1.2703  94.5 KiB           خانه     که،۴
> runs drop oen
error: no run has the name 'oen'
  runs drop oen
            ^~~
  did you mean 'one'?
> runs drop
error: runs drop: the name of a run is missing
> runs one
error: runs takes no name alone: runs, or runs drop NAME
  runs one
       ^~~
> runs drop one
one is dropped
> runs
 run    score    values  changes  source  output
 two  -1.2703  94.5 KiB           خانه    که،۴
> kill
the computed state is dropped; input, breaks and interventions stay
> runs
 run    score    values  changes  source  output
 two  -1.2703  94.5 KiB           خانه    که،۴
> model load tests/golden/marian/swish-3h
swish-3h: marian, encoder-decoder 2+3 layers, 3 heads, d_model 24, vocabulary 100
> runs
no run is saved: save-run NAME
