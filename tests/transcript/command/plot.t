#! exit 1
> model new transformer --d-model 1024 --heads 4 --d-k 192 --d-ff 1024 --layers 12 --vocab 20000 --target-vocab 30000
transformer: transformer, encoder-decoder 12+12 layers, 4 heads, d_model 1024, vocabulary 30000; no weights
> plot cost
operations of a pass over N source and N target tokens
operations
  10T ┤                                                                  ⢀⣀⡠⣤⣔○
      │                                                           ⢀⣀⣀⠤⢔⡪○⠕⠒⠉
      │                                                     ●⣀⠤⠤⢒○⠥⠒⠒⠉⠁
   1T ┤                                            ⣀⣀⠤●⠔⠒⠊⣉⣉○⠔⠊⠉⠁      ⣀■⡠⠤⠤⠤⠤□
      │                                     ⣀⣀⠤●⠊⠉⠉  ⣀○⠤⠒⠉  ■⣀⠤⠤⠔■⢒⣒⣒⠭⠭⠤□⠔⠒⠊⠉⠉
      │                          ⣀⣀⡠●⠔⠒⠒⠉⠉●⠉   ○⣠⣤⣔⠮⠭⠒■⢒⣒⡪⠭⠭□⠒⠒⠒⠊□⠁
 100G ┤                 ⣀●⡠⠤⠔⠒⠒●⠉    ⢀⣀⣀⠤⢤■⠶⣛⣛⡩□⠕⠒⠒⠒⠒⠉□⠁
      │      ●⣀⠤⠤⠔●⠊⠉⠉⠉⠉⣀■⣀⣀⡠⠤⠤■⠒⣉⣉⡩□⠵⠒⠒⠉⠉□⠉
  10G ┤●⠒⠒⠊⠉⠉■⣀⣀⣀⡠■⢔⣒⣒⣉⣉⠤□⠔⠒⠊⠉⢉□⠭⠒⠒⠉
      │■⢔⣒⣊⣉⣉□⠤⠒⠒⠊□⠁    ⣀○⠤⠒⠊⠉⠁
      │□⠁         ○⡠⠤⠔⠊⠉
   1G ┤      ○⡠⠔⠒⠉
      │○⡠⠤⠒⠉⠉
      │
 100M ┤
      └──────┬──────────┬────────────┬─────────┬─────────┬─────────────┬───────
            100        200          500       1k        2k            5k
                                      N, tokens
       ● attention, all of it   ○ scores, softmax, mix (N^2)   ■ feed-forward
       □ other
       both axes logarithmic
scores, softmax and mix of attention grow as N^2, everything else as N:
from N = 906 on they cost more than the feed-forward layers
from N = 3,502 on they cost more than everything else together
> set mode csv
> plot cost --len 1000..2000 --batch 32
"N, tokens","attention, all of it","scores, softmax, mix (N^2)",feed-forward,other
1000,1.08051333e+13,3.557376e+12,3.2220119e+12,1.98774579e+12
1022,1.11228303e+13,3.71562231e+12,3.29289617e+12,2.0314762e+12
1044,1.14439708e+13,3.87731217e+12,3.36378043e+12,2.07520661e+12
1067,1.17833905e+13,4.05003344e+12,3.4378867e+12,2.12092476e+12
1091,1.21415803e+13,4.23427706e+12,3.51521499e+12,2.16863066e+12
1114,1.2488691e+13,4.41468939e+12,3.58932126e+12,2.21434881e+12
1139,1.28702542e+13,4.61505859e+12,3.66987156e+12,2.26404246e+12
1164,1.3256264e+13,4.81987451e+12,3.75042186e+12,2.3137361e+12
1189,1.36467206e+13,5.02913716e+12,3.83097215e+12,2.36342975e+12
1215,1.40575125e+13,5.25148739e+12,3.91474446e+12,2.41511114e+12
1242,1.44891947e+13,5.48748015e+12,4.00173878e+12,2.46878027e+12
1269,1.49260636e+13,5.72865957e+12,4.08873311e+12,2.52244941e+12
1297,1.53845912e+13,5.98424992e+12,4.17894944e+12,2.57810629e+12
1325,1.58486967e+13,6.24541824e+12,4.26916577e+12,2.63376317e+12
1354,1.63352577e+13,6.52179434e+12,4.36260412e+12,2.6914078e+12
1384,1.68448933e+13,6.8139972e+12,4.45926448e+12,2.75104018e+12
1414,1.73609322e+13,7.11260334e+12,4.55592483e+12,2.81067255e+12
1445,1.79008993e+13,7.42789002e+12,4.6558072e+12,2.87229267e+12
1477,1.84654565e+13,7.76051891e+12,4.75891158e+12,2.93590053e+12
1509,1.90372991e+13,8.1004333e+12,4.86201596e+12,2.9995084e+12
1542,1.96346424e+13,8.45860059e+12,4.96834236e+12,3.06510401e+12
1576,2.02581907e+13,8.83572513e+12,5.07789076e+12,3.13268737e+12
1610,2.08899636e+13,9.22107433e+12,5.18743917e+12,3.20027073e+12
1646,2.15678643e+13,9.63805571e+12,5.30343159e+12,3.27182957e+12
1682,2.22549856e+13,1.00642578e+13,5.41942402e+12,3.34338842e+12
1719,2.29708022e+13,1.05119073e+13,5.53863846e+12,3.41693502e+12
1756,2.36963588e+13,1.0969297e+13,5.6578529e+12,3.49048161e+12
1795,2.44716788e+13,1.14619544e+13,5.78351137e+12,3.5680037e+12
1834,2.52578203e+13,1.19654334e+13,5.90916983e+12,3.64552578e+12
1874,2.60753606e+13,1.24930634e+13,6.03805031e+12,3.72503561e+12
1915,2.69251535e+13,1.30456982e+13,6.1701528e+12,3.80653319e+12
1957,2.7808074e+13,1.36242129e+13,6.3054773e+12,3.89001851e+12
2000,2.87250186e+13,1.4229504e+13,6.44402381e+12,3.97549158e+12
> set mode plain
> plot cost --measure
error: a model without weights gets random ones, but 245 million parameters are too many
  a smaller one: model new transformer --d-model 256 --layers 2 --vocab 1000
> model new encoder --layers 1 --d-model 16 --heads 2 --vocab 11
encoder: transformer, encoder 1 layer, 2 heads, d_model 16, vocabulary 11; no weights
> plot cost --len 4
operations of a pass over N tokens
operations
 20k ┤
     │
     │                                    ■
 15k ┤
     │
     │
     │
 10k ┤                                    ●
     │
     │
     │
  5k ┤
     │
     │                                    □
   0 ┤                                    ○
     └┬───────────────────────────────────┬───────────────────────────────────┬
      3                                   4                                   5
                                      N, tokens
      ● attention, all of it   ○ scores, softmax, mix (N^2)   ■ feed-forward
      □ other
scores, softmax and mix of attention grow as N^2, everything else as N:
from N = 58 on they cost more than the feed-forward layers
from N = 91 on they cost more than everything else together
> plot cost --len 16..64 --measure
operations of a pass over N tokens
operations
   1M ┤
      │                                                                      ⢀⣀
      │                                                         ⣀⣀⡠⠤●⠤⠤⠒⠒⠊●⢉⣉⣡⣤
      │                                         ⢀⣀⣀⣀⣀⣠■⣤⣤⣒⣒⡪■⠭⠭⠭⣤⣤⡴⠶■⠒⠒⠛⠛⠋■⠉⠉⠁
      │                      ⢀⣀⣀⣀⣀■⣠⣤⠤⠤⠔⠒■⠒⠒⠛⠛⠋■⠉⠉⢉⣉⣉⡡○⠤⠤⠒⠒⠊○⠉⠉⠉
 100k ┤■⣀⣀⣀⣀⠤■⠤⣤⣤⣔■⣒⠶⠶⠮■⠭⠛⠛⠛■⠋⠉⠉⠉⠁     ⢀⣀○⡠⠤⠤⠤⠔○⠊⠉⠁
      │●⠒⠒⠒⠒⠉●⠉            ⣀○⡠⠤⠤⠤⠔○⠒⠒⠉⠉⠁
      │        ⣀⣀⡠○⠤⠒⠒⠒○⠒⠉⠉
      │○⠤⠒⠒⠒⠉○⠉                                                 ⣀⣀⣀⣀□⣀⣀⠤⠤⠤□⠤⠤⠔⠒
  10k ┤                                ⢀⣀□⣀⣀⣀⣀⡠□⠤⠤⠤⠤⠤⠔□⠒⠒⠒⠒⠊□⠉⠉⠉
      │          ⢀□⣀⣀⣀⡠□⠤⠤⠤⠤□⠔⠒⠒⠒⠒□⠊⠉⠉⠉⠁
      │□⠒⠒⠒⠒⠉□⠉⠉⠉⠁
      │
      │
   1k ┤
      └───────────┬────────────────────┬──────────────┬───────────┬────────┬───
                 20                   30             40          50       60
                                      N, tokens
       ● attention, all of it   ○ scores, softmax, mix (N^2)   ■ feed-forward
       □ other
       both axes logarithmic
scores, softmax and mix of attention grow as N^2, everything else as N:
from N = 58 on they cost more than the feed-forward layers
from N = 91 on they cost more than everything else together
/ +N  operations  predicted ms  measured ms +ratio/
/ 16    1\.23e\+05( +[0-9.]+){3}/
/ 32    2\.83e\+05( +[0-9.]+){3}/
/ 64    7\.13e\+05( +[0-9.]+){3}/
predicted: operations times the seconds that one takes, the median of the passes measured: {{[0-9.e-]+}} ns in scores, softmax and mix, {{[0-9.e-]+}} ns elsewhere
measured with random weights: this model has none
> plot costs
error: there is no plot of 'costs'
  plot costs
       ^~~~~
  plots: cost (operations against length, by kind), entropy (entropy of attention by layer), probability (probability of the chosen tokens by step)
> plot cost --len 8..2
error: '8..2': the range ends before it begins
  plot cost --len 8..2
                  ^~~~
> plot cost --len 0..9
error: '0..9' is no range of lengths
  plot cost --len 0..9
                  ^~~~
  for example 64..8192; lengths are 1 to 100000000
> plot cost --len x
error: 'x' is no range of lengths
  plot cost --len x
                  ^
  for example 64..8192; lengths are 1 to 100000000
> plot cost --len 1..99999999999999999999999999999999999
error: '1..99999999999999999999999999999999999' is no range of lengths
  plot cost --len 1..99999999999999999999999999999999999
                  ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  for example 64..8192; lengths are 1 to 100000000
> plot
error: plot: WHAT is missing
  usage: plot [--len X] [--batch N] [--measure] [--bars] WHAT
> model load examples/models/fa-en
fa-en: marian, encoder-decoder 3+3 layers, 4 heads, d_model 128, vocabulary 3045
> plot cost --len 2000..4000 --measure
error: --measure: this model takes at most 512 tokens
> set mode plain
> model load tests/golden/marian/swish-3h
swish-3h: marian, encoder-decoder 2+3 layers, 3 heads, d_model 24, vocabulary 100
> plot entropy
error: plot needs a run: type a sentence with 'input TEXT', then 'run'
> input --ids 80,98,14,0
source: 4 ids, taken as given
> plot probability
error: plot needs a run: type 'run', or 'start' to go step by step
> start
At enc.embed, nothing computed.
> plot probability
error: no token was chosen yet
  type 'run', or 'emit' to go token by token
> run
۷بخانهصمد دیدup۱    11 tokens and the end token, log p -6.3952
> plot entropy
entropy of attention by layer, mean over heads and rows
bits
 2.0 ┤■⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉■⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉■
     │
     │
 1.5 ┤                                 ⢀⡠⠔●
     │                              ⣀⠤⠊⠁
     │                          ⢀⡠⠔⠉      ○⣀⣀⣀⣀⣀⣀⣀⣀⣀⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠒⠒⠒⠒⠒⠒⠒⠒○
     │                       ⣀⠔⠊⠁    ⣀⠤⠔⠒⠉
 1.0 ┤                   ⢀⡠⠒⠉  ⢀⣀⠤⠔⠊⠉
     │                ⡠⠔⠊⠁⢀⣀⠤⠒⠊⠁
     │            ⢀⠤⠒⣉⡠⠤⠒⠉⠁
     │        ⢀⡠⣔⡪⠕⠒⠉
 0.5 ┤     ⣀⠤⠖⠋⠉
     │○⢤⡲⠞⠋
     │●⠁
   0 ┤
     └┬───────────────────────────────────┬───────────────────────────────────┬
      0                                   1                                   2
                                        layer
      ● enc.*.self   ○ dec.*.self   ■ dec.*.cross
0 bits: all weight on one key; log2(keys): evenly on all (12 keys: 3.58)
> plot probability --bars
probability of the token chosen, by step
  0  0.026  p  ▌                     step 0
  1  0.836  p  ████████████████▊     step 1
  2  0.934  p  ██████████████████▋   step 2
  3  0.756  p  ███████████████▏      step 3
  4  0.871  p  █████████████████▍    step 4
  5  0.868  p  █████████████████▍    step 5
  6  0.712  p  ██████████████▎       step 6
  7  0.874  p  █████████████████▌    step 7
  8  0.775  p  ███████████████▌      step 8
  9  0.864  p  █████████████████▎    step 9
 10  0.760  p  ███████████████▎      step 10
 11  0.460  p  █████████▎            step 11
 step      p  piece
    0  0.026  ۷
    1  0.836  ب
    2  0.934  خانه
    3  0.756  ص
    4  0.871  م
    5  0.868  د
    6  0.712  ▁دید
    7  0.874  u
    8  0.775  p
    9  0.864  <unk>
   10  0.760  ۱
   11  0.460  </s>
> plot cost --bars
error: plot cost has no --bars
  plot cost --bars
            ^~~~~~
> plot probability
probability of the token chosen, by step
p
 1.0 ┤
     │         ⢀⡠⠔⠊●⠢⡀                              ●
     │      ●⠔⠊⠁     ⠈⠑⠤⡀    ⣀⠤⠒●⠉⠉⠉⠉⠉⠉●⠢⣀       ⢀⠔⠊ ⠉⠒⠤⣀    ⣀⡠⠔⠒●⠑⠢⢄⡀
 0.8 ┤      ⡇           ⠈⠒●⠒⠉             ⠑⠤⡀ ⢀⡠⠊⠁       ⠉●⠊⠉        ⠈⠑⠢●
     │     ⢸                                ⠈●⠁                         ⠈⠢⡀
     │    ⢀⠇                                                              ⠑⢄
 0.6 ┤    ⡸                                                                ⠈⢢
     │   ⢠⠃                                                                  ⠑⡄
 0.4 ┤   ⡜                                                                    ●
     │  ⢠⠃
     │  ⡎
 0.2 ┤ ⢰⠁
     │ ⡇
     │⢸
   0 ┤●
     └┬────────────┬────────────┬────────────┬────────────┬─────────────┬──────
      0            2            4            6            8            10
                                        step
 step      p  piece
    0  0.026  ۷
    1  0.836  ب
    2  0.934  خانه
    3  0.756  ص
    4  0.871  م
    5  0.868  د
    6  0.712  ▁دید
    7  0.874  u
    8  0.775  p
    9  0.864  <unk>
   10  0.760  ۱
   11  0.460  </s>
> plot entropy --batch 3
error: plot entropy has no --batch
  plot entropy --batch 3
                       ^
> beam 2
beam search: width 2, length penalty 1, early stopping false
> run
بلندندr درازند۵ بزرگ‌تر2 خانه‌ی دانشجویی areفmغ بخوانی7    15 tokens (the limit: set max-new, or run --max N), score -0.4982
بلندندr درازند۵ بزرگ‌تر2 خانه‌ی دانشجویی areفm    12 tokens and the end token, score -0.5076
> plot probability
error: with beam search a step has no single choice
  beams shows them all; score TEXT gives the tokens of one translation
