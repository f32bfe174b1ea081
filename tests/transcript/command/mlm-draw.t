#! rasad -m tests/golden/token/wordpiece/uncased
#! exit 1
> mlm draw the girl is reading an old book in the garden
  #  segment   id  chosen   input  label  piece
  0        0    3  special      3      -  [CLS]
  1        0  228             228      -  the
  2        0   18              18      -  g
  3        0  604             604      -  ##irl
  4        0  451  [MASK]       5    451  is
  5        0  420             420      -  readin
  6        0   19              19      -  ##g
  7        0  268             268      -  an
  8        0   34              34      -  o
  9        0  284             284      -  ##ld
 10        0  403             403      -  bo
 11        0   35              35      -  ##o
 12        0   27              27      -  ##k
 13        0  450             450      -  in
 14        0  228             228      -  the
 15        0  408             408      -  ga
 16        0   41  [MASK]       5     41  ##r
 17        0  330  [MASK]       5    330  ##den
 18        0    4  special      4      -  [SEP]
the model gets: [CLS] the g ##irl [MASK] readin ##g an o ##ld bo ##o ##k in the ga [MASK] [MASK] [SEP]
it is asked for the labels alone: 3 of them
> mlm draw --seed 5 the girl is reading ||| an old book in the garden
  #  segment   id  chosen   input  label  piece
  0        0    3  special      3      -  [CLS]
  1        0  228             228      -  the
  2        0   18              18      -  g
  3        0  604  [MASK]       5    604  ##irl
  4        0  451             451      -  is
  5        0  420             420      -  readin
  6        0   19              19      -  ##g
  7        0    4  special      4      -  [SEP]
  8        1  268  [MASK]       5    268  an
  9        1   34              34      -  o
 10        1  284             284      -  ##ld
 11        1  403             403      -  bo
 12        1   35              35      -  ##o
 13        1   27              27      -  ##k
 14        1  450             450      -  in
 15        1  228             228      -  the
 16        1  408             408      -  ga
 17        1   41              41      -  ##r
 18        1  330             330      -  ##den
 19        1    4  special      4      -  [SEP]
the model gets: [CLS] the g [MASK] is readin ##g [SEP] [MASK] o ##ld bo ##o ##k in the ga ##r ##den [SEP]
it is asked for the labels alone: 2 of them
> mlm draw --seed 7 --draws 20000 the girl is reading an old book
  #  segment   id  chosen   input  label  piece
  0        0    3  special      3      -  [CLS]
  1        0  228  [MASK]       5    228  the
  2        0   18              18      -  g
  3        0  604             604      -  ##irl
  4        0  451             451      -  is
  5        0  420             420      -  readin
  6        0   19              19      -  ##g
  7        0  268             268      -  an
  8        0   34              34      -  o
  9        0  284             284      -  ##ld
 10        0  403             403      -  bo
 11        0   35              35      -  ##o
 12        0   27              27      -  ##k
 13        0    4  special      4      -  [SEP]
the model gets: [CLS] [MASK] g ##irl is readin ##g an o ##ld bo ##o ##k [SEP]
it is asked for the labels alone: 1 of them
20000 draws, 240000 tokens that may be chosen
 what      count    share     rule  expected  deviation  off by
 chosen    35641  14.850%  15.000%   36000.0      174.9   -2.05
   [MASK]  28540  11.892%  12.000%   28800.0      159.2   -1.63
   random   3516   1.465%   1.500%    3600.0       59.5   -1.41
   kept     3585   1.494%   1.500%    3600.0       59.5   -0.25
off by: in standard deviations; beyond 3 once in some hundred times
> mlm draw --rate 1 --draws 10000 علی به مدرسه می‌رود
  #  segment   id  chosen   input  label  piece
  0        0    3  special      3      -  [CLS]
  1        0  174  [MASK]       5    174  ع
  2        0  187  [MASK]       5    187  ##ل
  3        0  197  [MASK]       5    197  ##ی
  4        0  320  [MASK]       5    320  به
  5        0  188  [MASK]       5    188  م
  6        0  379  [MASK]       5    379  ##در
  7        0  163  [MASK]       5    163  ##س
  8        0  195  [MASK]       5    195  ##ه
  9        0  232  [MASK]       5    232  می
 10        0  159  [MASK]       5    159  ##ر
 11        0  259  kept       259    259  ##ود
 12        0    4  special      4      -  [SEP]
the model gets: [CLS] [MASK] [MASK] [MASK] [MASK] [MASK] [MASK] [MASK] [MASK] [MASK] [MASK] ##ود [SEP]
it is asked for the labels alone: 11 of them
10000 draws, 110000 tokens that may be chosen
 what       count     share      rule  expected  deviation  off by
 chosen    110000  100.000%  100.000%  110000.0        0.0       -
   [MASK]   87915   79.923%   80.000%   88000.0      132.7   -0.64
   random   11044   10.040%   10.000%   11000.0       99.5   +0.44
   kept     11041   10.037%   10.000%   11000.0       99.5   +0.41
off by: in standard deviations; beyond 3 once in some hundred times
> mlm draw --rate 0 a
error: the rate must be above 0 and at most 1
  mlm draw --rate 0 a
                  ^
> mlm draw --rate 1.5 a
error: the rate must be above 0 and at most 1
  mlm draw --rate 1.5 a
                  ^~~
> mlm draw
error: mlm draw: TEXT is missing
  usage: mlm draw [--seed N] [--rate X] [--draws N] TEXT
> mlm draw [CLS]
error: the text has special tokens alone: none may be chosen
  mlm draw [CLS]
           ^~~~~
> mlm draw --draws 0 a
error: --draws must be 1 to 1000000, not 0
  mlm draw --draws 0 a
                   ^
> mlm draw --draws 1000000 the girl is reading an old book in the garden and then the girl is reading an old book in the garden and then the girl is reading an old book in the garden
error: 1000000 draws of 59 tokens are too many: at most 847457
  mlm draw --draws 1000000 the girl is reading an old book in the garden and then the girl is reading an old book in the garden and then the girl is reading an old book in the garden
                   ^~~~~~~
> model load tests/golden/marian/lang
lang: marian, encoder-decoder 2+2 layers, 4+2 heads, d_model 16, vocabulary 103
> mlm draw a
error: this tokenizer (Marian (SentencePiece Unigram)) has no [MASK]: its models are not trained so
