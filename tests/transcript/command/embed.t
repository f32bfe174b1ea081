#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> embed a read
error: swish-3h has no sentence embedding
  enc.out holds one vector for each source token: export FILE enc.out
> model load tests/golden/bert/full-3h
full-3h: bert, encoder 2 layers, 3 heads, d_model 24, vocabulary 61
> input --ids 2,5,3
source: 3 ids, taken as given
> embed
error: full-3h has no sentence embedding
  enc.out holds one vector for each source token: export FILE enc.out
> # the folder of a sentence encoder: how its vector comes about
> model load examples/models/fa-sbert
fa-sbert: bert, encoder 3 layers, 4 heads, d_model 128, vocabulary 2800
> embed
error: embed needs a text
  for example: embed TEXT
> embed علی به مدرسه می‌رود
$1 = embedding  f32[D=128]  512 B
mean 0.0009987  sd 0.5162  min -1.328  max 1.359  norm 5.84
      0      1       2  ...     125     126     127
 -0.283  0.690  -0.702  ...  -0.125  -0.312  -0.502
 site       numbers  length  how
 pool.mean      128  5.8398  mean of enc.2.norm2 over the positions
> explain embedding[0,3]
embedding[0,3]  mean of enc.2.norm2 over the positions
column 3 over 6 positions:
  x[0] = -0.488913506, sum -0.488913506
  x[1] = -0.670531869, sum -1.15944538
  x[2] = -1.30946052, sum -2.4689059
  x[3] = 0.306580812, sum -2.16232508
  x[4] = -0.114617489, sum -2.27694257
  x[5] = 0.471439779, sum -1.80550279
-1.80550279 / 6 = -0.300917132
computed -0.300917132, stored -0.300917119: they agree (difference 1e-08)
> print enc.0.self.pattern[0,1]
$2 = enc.0.self.pattern[0,1]  f32[B=1, S'=6]  24 B
mean 0.1667  sd 0.07936  min 0.04454  max 0.2919  norm 0.4522
         0       1       2       3       4       5
 0  0.1023  0.1707  0.2919  0.2218  0.0445  0.1689
> # without a text: of the present input
> input دختر به خانه رفت.
source: 17 characters, 30 bytes, right-to-left
> embed
$3 = embedding  f32[D=128]  512 B
mean 0.001981  sd 0.5455  min -1.203  max 1.536  norm 6.172
     0      1       2  ...    125     126     127
 0.075  1.055  -0.365  ...  0.557  -0.011  -0.368
 site       numbers  length  how
 pool.mean      128  6.1721  mean of enc.2.norm2 over the positions
> model load tests/golden/sentence/all
all: bert, encoder 1 layer, 3 heads, d_model 12, vocabulary 31
> input --ids 2,6,7,3
source: 4 ids, taken as given
> embed
$4 = embedding  f32[E2=5]  20 B
mean 0.3637  sd 0.2602  min 0.1301  max 0.8236  norm 1
      0       1       2       3       4
 0.1301  0.2183  0.4782  0.1685  0.8236
 site           numbers   length  how
 pool.cls            12   5.0479  the first position of enc.0.norm2
 pool.max            12   5.4289  largest of each column of enc.0.norm2 over th…
 pool.all2           24   7.4131  pool.cls | pool.max, 12 and 12 columns side b…
 pool.mean           12   3.7401  mean of enc.0.norm2 over the positions
 pool.all3           36   8.3032  pool.all2 | pool.mean, 24 and 12 columns side…
 pool.sqrt           12   7.4801  sum of enc.0.norm2 over the positions / sqrt(…
 pool.all4           48  11.1756  pool.all3 | pool.sqrt, 36 and 12 columns side…
 pool.weighted       12   3.5939  mean of enc.0.norm2 over the positions, posit…
 pool.all5           60  11.7393  pool.all4 | pool.weighted, 48 and 12 columns …
 pool.last           12   4.3743  the last position of enc.0.norm2 that is not …
 pool.all            72  12.5278  pool.all5 | pool.last, 60 and 12 columns side…
 dense.pre            9   4.3518  pool.all W^T, W[9, 72]
 dense                9   4.3518  linear(x) = x, x = dense.pre
 dense2.pre           5   3.1733  dense W^T + b, W[5, 9]
 dense2               5   0.9743  sigmoid(x) = 1 / (1 + exp(-x)), x = dense2.pre
 unit                 5   1.0000  x / |x|, x = dense2
> help embed
embed [TEXT]
The vector of a sentence, of models that have one, and how it is made.
   TEXT  the sentence

Sets the input (without a text: takes the present one) and computes one pass. Models that come as a
sentence-transformers folder (modules.json) have such a vector: the states of the tokens are pooled, and
dense layers and scaling to length 1 may follow. The table has the value of each, which `print` shows
and `explain` works out. A text longer than the model's limit is cut, and a note says so.
  embed علی به مدرسه می‌رود
  embed
> # a text past the limit, 14 tokens, is cut here and in comparisons
> model load tests/golden/sentence/two
two: bert, encoder 1 layer, 3 heads, d_model 12, vocabulary 31
> embed w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w12 w13
$5 = embedding  f32[D=24]  96 B
mean 0.5205  sd 1.327  min -2.128  max 3.877  norm 6.982
     0      1      2  ...      21     22      23
 1.362  0.379  0.917  ...  -0.324  0.080  -0.151
 site      numbers  length  how
 pool.max       12  5.2538  largest of each column of enc.0.norm2 over the posi…
 pool.cls       12  4.5989  the first position of enc.0.norm2
 pool.all       24  6.9823  pool.max | pool.cls, 12 and 12 columns side by side
> tokens
  #  id  chars  bytes  from       piece
  0   2  -          0  tokenizer  [CLS]
  1   6  0-1        2  text       w1
  2   7  3-4        2  text       w2
  3   8  6-7        2  text       w3
  4   9  9-10       2  text       w4
  5  10  12-13      2  text       w5
  6  11  15-16      2  text       w6
  7  12  18-19      2  text       w7
  8  13  21-22      2  text       w8
  9  14  24-25      2  text       w9
 10  15  27-29      3  text       w10
 11  16  31-33      3  text       w11
 12  17  35-37      3  text       w12
 13   3  -          0  tokenizer  [SEP]
14 tokens, src: i32[14]
> similarity w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w12 w13 w14 ||| w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w12
 pooling  cosine              length a  length b  vector
 cls      1.0000  ██████████     4.599     4.599  the first token's state, [CLS]
 mean     1.0000  ██████████     3.884     3.884  the mean of all tokens
 max      1.0000  ██████████     5.254     5.254  the largest in each dimension
 model    1.0000  ██████████     6.982     6.982  the model's own modules
the first text's tokens
  #  in the mean                        maxima  of all  piece
  0      +0.0805  ██████████████████▉        0    0.0%  [CLS]
  1      +0.0543  ████████████▊              2   16.7%  w1
  2      +0.0739  █████████████████▍         1    8.3%  w2
  3      +0.0709  ████████████████▋          1    8.3%  w3
  4      +0.0468  ███████████                3   25.0%  w4
  5      +0.0767  ██████████████████         0    0.0%  w5
  6      +0.0808  ███████████████████        0    0.0%  w6
  7      +0.0745  █████████████████▌         1    8.3%  w7
  8      +0.0851  ████████████████████       0    0.0%  w8
  9      +0.0680  ████████████████           1    8.3%  w9
 10      +0.0811  ███████████████████        0    0.0%  w10
 11      +0.0664  ███████████████▋           1    8.3%  w11
 12      +0.0563  █████████████▎             2   16.7%  w12
 13      +0.0846  ███████████████████▉       0    0.0%  [SEP]
sum 1.0000: the cosine of the means; 12 dimensions
the second text's tokens
  #  in the mean                        maxima  of all  piece
  0      +0.0805  ██████████████████▉        0    0.0%  [CLS]
  1      +0.0543  ████████████▊              2   16.7%  w1
  2      +0.0739  █████████████████▍         1    8.3%  w2
  3      +0.0709  ████████████████▋          1    8.3%  w3
  4      +0.0468  ███████████                3   25.0%  w4
  5      +0.0767  ██████████████████         0    0.0%  w5
  6      +0.0808  ███████████████████        0    0.0%  w6
  7      +0.0745  █████████████████▌         1    8.3%  w7
  8      +0.0851  ████████████████████       0    0.0%  w8
  9      +0.0680  ████████████████           1    8.3%  w9
 10      +0.0811  ███████████████████        0    0.0%  w10
 11      +0.0664  ███████████████▋           1    8.3%  w11
 12      +0.0563  █████████████▎             2   16.7%  w12
 13      +0.0846  ███████████████████▉       0    0.0%  [SEP]
sum 1.0000: the cosine of the means; 12 dimensions
