#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> run --max 4 علی
۷بخانهص    4 tokens (the limit: set max-new, or run --max N), log p -4.1284
> choose #2
step 3  p 0.191  </s>  (chosen by you)
at choice, step 4  the generation is over: run starts again, remit goes back
> remit 2
at choice, step 2  the next token is chosen from the logits
> topk 3
step 2 after ب
 #  id      p   log p                                piece
 1  38  0.936  -0.066  ████████████████████  chosen  خانه
 2   0  0.023  -3.760  ▌                             </s>
 3  47  0.007  -4.974  ▏                             ▁تکه‌اند
97 more, total 0.0337
> choose #3
step 2  p 0.007  ▁تکه‌اند  (chosen by you)
> emit
step 3  p 0.694  ۷
۷ب تکه‌اند۷    4 tokens (the limit: set max-new, or run --max N), log p -9.0899
> choose گ
step 3  p 3.5e-07  گ  (chosen by you)
at choice, step 4  the generation is over: run starts again, remit goes back
> emit 4
at choice, step 4  the generation is over: run starts again, remit goes back
۷ب تکه‌اندگ    4 tokens (the limit: set max-new, or run --max N), log p -23.5763
> choose 14
step 3  p 2.1e-06  f  (chosen by you)
at choice, step 4  the generation is over: run starts again, remit goes back
> choose nosuchword
error: `nosuchword` is no single token of the target vocabulary
  choose nosuchword
         ^~~~~~~~~~
  topk lists candidates, tokenize shows the pieces of a text; prefix forces several tokens
> choose 100000
error: id 100000 is outside the vocabulary (ids 0-99)
  choose 100000
         ^~~~~~
> choose #0
error: #0: a rank is a number from 1, as #2
  choose #0
         ^~
> choose #999999
error: rank 999999: the vocabulary has 100 tokens
  choose #999999
         ^~~~~~~
> run --beam 2 --max 3
۷بخانه    3 tokens (the limit: set max-new, or run --max N), score -1.2723
بلندندr    3 tokens (the limit: set max-new, or run --max N), score -1.2801
> choose #2
error: beam search weighs whole sentences: no single token can be chosen in it
  change to greedy search and start again
