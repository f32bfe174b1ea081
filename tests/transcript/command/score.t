#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> score علی
error: score needs a source: type a sentence with 'input TEXT'
> run --max 4 علی
۷بخانهص    4 tokens (the limit: set max-new, or run --max N), log p -4.1284
> score علی رفت
 #  id        p     log p  rank                        piece
 0  61    0.025   -3.6946     2  ▌                     ▁
 1   1  5.9e-06  -12.0379    66                        <unk>
 2  61  1.0e-05  -11.4853    66                        ▁
 3   1  8.1e-05   -9.4184    46                        <unk>
 4   0    0.252   -1.3771     2  █████                 </s>
log p -38.0133, -7.6027 a token (5 tokens); rank: place among all tokens
> score --ids 80,98,14
 #  id        p     log p  rank                        piece
 0  80    0.006   -5.1273    77  ▏                     ط
 1  98  4.5e-06  -12.3007    82                        :
 2  14  2.5e-05  -10.5896    75                        f
log p -28.0176, -9.3392 a token (3 tokens); rank: place among all tokens
> score --ids 99,80,98,14,0
 #  id        p     log p  rank                        piece
 0  80    0.006   -5.1273    77  ▏                     ط
 1  98  4.5e-06  -12.3007    82                        :
 2  14  2.5e-05  -10.5896    75                        f
 3   0    0.225   -1.4924     2  ████▌                 </s>
log p -29.5100, -7.3775 a token (4 tokens); rank: place among all tokens
> score --ids 999
error: id 999 is outside the vocabulary (ids 0-99)
> score
error: score: a translation is missing
  usage: score TEXT, or score --ids 5,6,0
> where
#0  choice                  the generation is over: run starts again, remit goes back
#1  dec                     output
#2  dec                     after the layers
#3  decoder                 step 4
#4  generation              4 tokens chosen
