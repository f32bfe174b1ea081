#! rasad -k
#! exit 1
> !mkdir m; cp tests/golden/bert/full-3h/[cm]* m
> !printf '%s\n' '[PAD]' '[UNK]' '[CLS]' '[SEP]' '[MASK]' علی به مدرسه می رود کتاب را خواند او خانه > m/vocab.txt
> !i=15; while [ $i -lt 61 ]; do echo w$i; i=$((i+1)); done >> m/vocab.txt
> !echo '{"tokenizer_class": "BertTokenizer", "do_lower_case": false}' > m/tokenizer_config.json
> model load m
m: bert, encoder 2 layers, 3 heads, d_model 24, vocabulary 61
> fill
error: fill needs a text
  for example: fill TEXT with [MASK] in it
> fill علی به [MASK] می رود
position 3  [MASK]
 #  id      p   log p                        piece
 1  45  0.713  -0.338  ████████████████████  w45
 2  56  0.104  -2.266  ██▉                   w56
 3  30  0.070  -2.664  ██                    w30
 4  36  0.038  -3.283  █                     w36
 5  29  0.027  -3.594  ▊                     w29
علی به w45 می رود
> tokens
 #  id  chars  bytes  from       piece
 0   2  -          0  tokenizer  [CLS]
 1   5  0-2        6  text       علی
 2   6  4-5        4  text       به
 3   4  7-12       6  text       [MASK]
 4   8  14-15      4  text       می
 5   9  17-19      6  text       رود
 6   3  -          0  tokenizer  [SEP]
7 tokens, src: i32[7]
> print mlm.probs[0,3,7]
$1 = mlm.probs[0,3,7]  0.0001536
> fill --top 2 [MASK] کتاب [MASK]
position 1  [MASK]
 #  id      p   log p                        piece
 1  45  0.308  -1.177  ████████████████████  w45
 2  29  0.208  -1.571  █████████████▌        w29
position 3  [MASK]
 #  id      p   log p                        piece
 1  29  0.298  -1.211  ████████████████████  w29
 2  45  0.240  -1.427  ████████████████▏     w45
w45 کتاب w29
> fill علی به مدرسه می رود
error: no [MASK] stands in the text
  write it where a word is to be found, or ask a position: fill --at 2
> fill --at 2,4 --top 3
position 2  به
 #  id      p   log p                        piece
 1  36  0.315  -1.154  ████████████████████  w36
 2   1  0.276  -1.288  █████████████████▌    [UNK]
 3  34  0.181  -1.712  ███████████▌          w34
position 4  می
 #  id      p   log p                        piece
 1  36  0.498  -0.697  ████████████████████  w36
 2  21  0.327  -1.117  █████████████▏        w21
 3  45  0.091  -2.402  ███▋                  w45
علی w36 مدرسه w36 رود
> fill --at 9
error: position 9: the source has positions 0-6
  fill --at 9
            ^
> fill --top 0
error: --top must be 1 to 10000, not 0
  fill --top 0
             ^
> fill --top 100000 [MASK]
error: --top must be 1 to 10000, not 100000
  fill --top 100000 [MASK]
             ^~~~~~
> input --ids 2,5,4,3
source: 4 ids, taken as given
> fill --top 1
position 2  [MASK]
 #  id      p   log p                        piece
 1  45  0.440  -0.821  ████████████████████  w45
علی w45
> ablate enc.0.self.h1
enc.0.self.z.h1 set to zero (undo removes it)
what is computed already stays as it is until the next run
> fill --top 1
position 2  [MASK]
 #  id      p   log p                        piece
 1  56  0.719  -0.330  ████████████████████  w56
علی w56
> undo
removed: enc.0.self.h1 zero
what is computed already stays as it is until the next run
> model load tests/golden/bert/full-3h
full-3h: bert, encoder 2 layers, 3 heads, d_model 24, vocabulary 61
> input --ids 2,5,4,3
source: 4 ids, taken as given
> fill
error: without a tokenizer no token is known to be the mask
  say which positions are asked: fill --at 2
> fill --at 2 --top 2
position 2  <4>
 #  id      p   log p                        piece
 1  45  0.440  -0.821  ████████████████████  <45>
 2  56  0.319  -1.143  ██████████████▌       <56>
> model load tests/golden/bert/next-f16
next-f16: bert, encoder 1 layer, 2 heads, d_model 14, vocabulary 29
> fill [MASK]
error: mlm.logits: this model has no head for masked tokens
> model load tests/golden/marian/swish-3h
swish-3h: marian, encoder-decoder 2+3 layers, 3 heads, d_model 24, vocabulary 100
> fill علی
error: mlm.logits: this model has no head for masked tokens
