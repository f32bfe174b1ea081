#! rasad -k -m examples/models/fa-bert
#! exit 1
> fill علی به [MASK] می‌رود
position 3  [MASK]
 #    id      p   log p                        piece
 1  1443  0.050  -2.995  ████████████████████  کجا
 2  2774  0.021  -3.858  ████████▍             مدرسه
 3   950  0.021  -3.876  ████████▎             چادر
 4  1742  0.017  -4.059  ██████▉               قصر
 5  1152  0.016  -4.116  ██████▌               میدان
علی به کجا میرود
> tokens
 #    id  chars  bytes  from       piece
 0     2  -          0  tokenizer  [CLS]
 1  1824  0-2        6  text       علی
 2   235  4-5        4  text       به
 3     4  7-12       6  text       [MASK]
 4  2313  14-19     13  text       میرود
 5     3  -          0  tokenizer  [SEP]
6 tokens, src: i32[6]
> print enc.out
$1 = enc.out  f32[B=1, S=6, D=128]  3.0 KiB
mean 0.000456  sd 1.007  min -2.937  max 4.507  norm 27.92
         0       1       2  ...     125    126     127
 0   2.724   0.863   0.199  ...   0.742  1.114  -1.649  [CLS]
 1   0.168   0.133   0.415  ...  -0.955  1.227   0.634  علی
 2   0.660  -1.313  -0.142  ...   0.345  1.757   0.103  به
 3   1.492   0.872   0.099  ...  -0.935  1.927   0.002  [MASK]
 4  -1.025  -0.285  -0.936  ...  -0.650  2.496   0.486  میرود
 5   0.634  -1.382  -0.608  ...   0.723  1.422   0.214  [SEP]
> print mlm.logits[3]
$2 = mlm.logits[3]  f32[B=1, V=2800]  10.9 KiB
mean -2.756  sd 2.729  min -10.31  max 6.717  norm 205.2
         0       1      2  ...   2797   2798   2799
 0  -10.31  -10.26  -2.44  ...  -5.20  -3.28  -3.04
> print mlm.probs[3,1443]
$3 = mlm.probs[3,1443]  0.05003
> explain mlm.probs[3,1443]
mlm.probs[3,1443]  softmax of each row of mlm.logits; a row sums to 1
largest of the 2800 numbers of the row = 6.716{{[0-9e-]*}}
sum of exp(x - 6.716{{[0-9e-]*}}) over the row = 19.989{{[0-9e-]*}}
exp(6.716{{[0-9e-]*}} - 6.716{{[0-9e-]*}}) / 19.989{{[0-9e-]*}} = 0.050{{[0-9e-]*}}
computed 0.050{{[0-9e-]*}}, stored 0.050{{[0-9e-]*}}: they agree ({{[^)]*}})
> fill --top 2 علی [MASK] مدرسه [MASK]
position 2  [MASK]
 #   id      p   log p                        piece
 1  174  0.563  -0.574  ████████████████████  در
 2  235  0.209  -1.564  ███████▍              به
position 4  [MASK]
 #   id      p   log p                        piece
 1  449  0.100  -2.298  ████████████████████  شد
 2  418  0.100  -2.302  ███████████████████▉  آمد
علی در مدرسه شد
> fill --top 1
position 2  [MASK]
 #   id      p   log p                        piece
 1  174  0.563  -0.574  ████████████████████  در
position 4  [MASK]
 #   id      p   log p                        piece
 1  449  0.100  -2.298  ████████████████████  شد
علی در مدرسه شد
> fill علی به مدرسه می‌رود
error: no [MASK] stands in the text
  write it where a word is to be found, or ask a position: fill --at 2
> fill --at 3 --top 2
position 3  مدرسه
 #    id      p   log p                        piece
 1  2774  0.644  -0.440  ████████████████████  مدرسه
 2   301  0.017  -4.082  ▌                     پل
علی به مدرسه میرود
> nsp علی به مدرسه رفت ||| او درس خواند
 class    logit      p                        meaning
     0  -1.7277  0.028  ▋                     the second text follows the first
     1   1.8103  0.972  ███████████████████▍  it does not follow
> tokens
 #    id  segment  chars  bytes  from       piece
 0     2        0  -          0  tokenizer  [CLS]
 1  1824        0  0-2        6  text       علی
 2   235        0  4-5        4  text       به
 3  2774        0  7-11      10  text       مدرسه
 4   467        0  13-15      6  text       رفت
 5     3        0  -          0  tokenizer  [SEP]
 6   290        1  0-1        4  text       او
 7  2049        1  3-5        6  text       درس
 8   464        1  7-11      10  text       خواند
 9     3        1  -          0  tokenizer  [SEP]
10 tokens, src: i32[10]
> tokens/u
 #    id  segment  chars  bytes  from       code points                    piece
 0     2        0  -          0  tokenizer                                 [CLS]
 1  1824        0  0-2        6  text       U+0639 U+0644 U+06CC           علی
 2   235        0  4-5        4  text       U+0628 U+0647                  به
 3  2774        0  7-11      10  text       U+0645 U+062F U+0631 U+0633 …  مدرسه
 4   467        0  13-15      6  text       U+0631 U+0641 U+062A           رفت
 5     3        0  -          0  tokenizer                                 [SEP]
 6   290        1  0-1        4  text       U+0627 U+0648                  او
 7  2049        1  3-5        6  text       U+062F U+0631 U+0633           درس
 8   464        1  7-11      10  text       U+062E U+0648 U+0627 U+0646 …  خواند
 9     3        1  -          0  tokenizer                                 [SEP]
10 tokens, src: i32[10]
> print enc.segment
$4 = enc.segment  f32[B=1, S=10, D=128]  5.0 KiB
mean -0.001111  sd 0.05061  min -0.1852  max 0.1761  norm 1.811
            0        1        2  ...      125     126      127
   0  -0.0920  -0.0451   0.0492  ...   0.0322  0.0092  -0.1282  [CLS]
   1  -0.0920  -0.0451   0.0492  ...   0.0322  0.0092  -0.1282  علی
   2  -0.0920  -0.0451   0.0492  ...   0.0322  0.0092  -0.1282  به
 ...      ...      ...      ...  ...      ...     ...      ...
   7   0.0873  -0.0288  -0.0208  ...  -0.0581  0.0274  -0.0359  درس
   8   0.0873  -0.0288  -0.0208  ...  -0.0581  0.0274  -0.0359  خواند
   9   0.0873  -0.0288  -0.0208  ...  -0.0581  0.0274  -0.0359  [SEP]
> print pooled
$5 = pooled  f32[B=1, D=128]  512 B
mean 0.01987  sd 0.622  min -0.9995  max 0.9995  norm 7.041
         0        1       2  ...     125     126      127
 0  0.3733  -0.4359  0.4627  ...  0.9769  0.1170  -0.0976
> print nsp.logits
$6 = nsp.logits  f32[B=1, C=2]  8 B
mean 0.0413  sd 1.769  min -1.728  max 1.81  norm 2.502
         0      1
 0  -1.728  1.810
> explain nsp.probs[0]
nsp.probs[0]  softmax of each row of nsp.logits; a row sums to 1
largest of the 2 numbers of the row = 1.810{{[0-9e-]*}}
sum of exp(x - 1.810{{[0-9e-]*}}) over the row = 1.029{{[0-9e-]*}}
exp(-1.727{{[0-9e-]*}} - 1.810{{[0-9e-]*}}) / 1.029{{[0-9e-]*}} = 0.028{{[0-9e-]*}}
computed 0.028{{[0-9e-]*}}, stored 0.028{{[0-9e-]*}}: they agree ({{[^)]*}})
> # a short text before a long one
> input --pair او ||| علی به مدرسه رفت و کتاب خواند
source: 2 characters, 4 bytes, right-to-left
second: 29 characters, 52 bytes, right-to-left
> tokens/b
  #    id  segment  chars  bytes  from       in hex                        piece
  0     2        0  -          0  tokenizer                                [CLS]
  1   290        0  0-1        4  text       D8 A7 D9 88                   او
  2     3        0  -          0  tokenizer                                [SEP]
  3  1824        1  0-2        6  text       D8 B9 D9 84 DB 8C             علی
  4   235        1  4-5        4  text       D8 A8 D9 87                   به
  5  2774        1  7-11      10  text       D9 85 D8 AF D8 B1 D8 B3 D9 …  مدرسه
  6   467        1  13-15      6  text       D8 B1 D9 81 D8 AA             رفت
  7    37        1  17         2  text       D9 88                         و
  8   273        1  19-22      8  text       DA A9 D8 AA D8 A7 D8 A8       کتاب
  9   464        1  24-28     10  text       D8 AE D9 88 D8 A7 D9 86 D8 …  خواند
 10     3        1  -          0  tokenizer                                [SEP]
11 tokens, src: i32[11]
> input --ids 2,290,3,464,3 --segments 0,0,0,1,1
source: 5 ids, taken as given
> tokens
 #   id  segment  chars  bytes  from   piece
 0    2        0  -          0  given  [CLS]
 1  290        0  -          0  given  او
 2    3        0  -          0  given  [SEP]
 3  464        1  -          0  given  خواند
 4    3        1  -          0  given  [SEP]
5 tokens, src: i32[5]
> lua f = rasad.fill('علی [MASK] مدرسه', {top = 2}) return #f.masks, f.masks[1].position, f.masks[1].candidates[1].piece, f.text
$7 = 1
$8 = 2
$9 = از
$10 = علی از مدرسه
> lua n = rasad.nsp('علی رفت ||| او آمد') return #n.logits, math.abs(n.probs[1] + n.probs[2] - 1) < 1e-9, n.follows == (n.logits[1] > n.logits[2])
$11 = 2
$12 = true
$13 = true
> model load examples/models/fa-bert/tokenizer.json
tokenizer.json: WordPiece (cased), 2800 pieces; no model
> fill [MASK]
error: fill needs weights, and 'tokenizer.json' has none
  without weights there are still shapes, counts and tokens
> nsp a ||| b
error: nsp needs weights, and 'tokenizer.json' has none
  without weights there are still shapes, counts and tokens
> model new encoder --layers 1
encoder: transformer, encoder 1 layer, 8 heads, d_model 512, vocabulary 32000; no weights
> fill [MASK]
error: fill needs weights, and 'encoder' has none
  without weights there are still shapes, counts and tokens
> nsp a ||| b
error: nsp needs weights, and 'encoder' has none
  without weights there are still shapes, counts and tokens
