#! rasad -k
#! exit 1
> !mkdir m; cp tests/golden/bert/full-3h/[cm]* m
> !printf '%s\n' '[PAD]' '[UNK]' '[CLS]' '[SEP]' '[MASK]' علی به مدرسه می رود کتاب را خواند او خانه > m/vocab.txt
> !i=15; while [ $i -lt 61 ]; do echo w$i; i=$((i+1)); done >> m/vocab.txt
> model load m
m: bert, encoder 2 layers, 3 heads, d_model 24, vocabulary 61
> nsp
error: nsp compares two texts, and there is none
  for example: nsp FIRST TEXT ||| SECOND TEXT
> nsp علی به مدرسه می رود ||| او کتاب را خواند
 class    logit      p                        meaning
     0   0.2444  0.932  ██████████████████▋   the second text follows the first
     1  -2.3684  0.068  █▍                    it does not follow
> input
علی به مدرسه می رود
او کتاب را خواند
source: 19 characters, 34 bytes, right-to-left
second: 16 characters, 29 bytes, right-to-left
> tokens
  #  id  segment  chars  bytes  from       piece
  0   2        0  -          0  tokenizer  [CLS]
  1   5        0  0-2        6  text       علی
  2   6        0  4-5        4  text       به
  3   7        0  7-11      10  text       مدرسه
  4   8        0  13-14      4  text       می
  5   9        0  16-18      6  text       رود
  6   3        0  -          0  tokenizer  [SEP]
  7  13        1  0-1        4  text       او
  8  10        1  3-6        8  text       کتاب
  9  11        1  8-9        4  text       را
 10  12        1  11-15     10  text       خواند
 11   3        1  -          0  tokenizer  [SEP]
12 tokens, src: i32[12]
> print nsp.probs
$1 = nsp.probs  f32[B=1, C=2]  8 B
mean 0.5  sd 0.4317  min 0.06832  max 0.9317  norm 0.9342
         0       1
 0  0.9317  0.0683
> nsp علی
error: two texts are wanted, with ||| between them
  for example: FIRST TEXT ||| SECOND TEXT
> nsp علی |||
error: the second of the two texts is empty
> nsp علی ||| او ||| کتاب
error: ||| stands there more than once: two texts are wanted
> input علی
source: 3 characters, 6 bytes, right-to-left
> nsp
error: nsp compares two texts, and there is one
  for example: nsp FIRST TEXT ||| SECOND TEXT
> input --pair علی ||| او کتاب
source: 3 characters, 6 bytes, right-to-left
second: 7 characters, 13 bytes, right-to-left
> nsp
 class    logit      p                        meaning
     0  -0.0565  0.904  ██████████████████▏   the second text follows the first
     1  -2.2988  0.096  █▉                    it does not follow
> save session pair.rsd
wrote pair.rsd (2 lines; source pair.rsd reads it)
> !grep input pair.rsd
input --pair علی ||| او کتاب
> model load tests/golden/bert/masked-untied
masked-untied: bert, encoder 3 layers, 5 heads, d_model 25, vocabulary 47
> nsp a ||| b
error: nsp.logits: this model has no head for the next sentence
> model load tests/golden/bert/next-f16
next-f16: bert, encoder 1 layer, 2 heads, d_model 14, vocabulary 29
> nsp a ||| b
error: next-f16 has no tokenizer files, so text cannot be turned into ids
  give ids instead: input --ids 5,6,7
> input --ids 2,5,3,7,3 --segments 0,0,0,1,1
source: 5 ids, taken as given
> nsp
 class   logit      p                        meaning
     0  0.1694  0.160  ███▎                  the second text follows the first
     1  1.8303  0.840  ████████████████▊     it does not follow
> save session pair.rsd
wrote pair.rsd (2 lines; source pair.rsd reads it)
> !grep input pair.rsd
input --ids 2,5,3,7,3 --segments 0,0,0,1,1
