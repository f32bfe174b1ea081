#! exit 1
> tour
A tour of one sentence, step 1 of 11: Text
The sentence is a row of characters, kept as bytes. Before it is cut, the model normalizes it.
(rasad) input
علی به مدرسه می‌رود
source: 19 characters, 36 bytes, right-to-left
(rasad) normalize
 char  bytes  is           becomes  why                text
   15      3  U+200C ZWNJ  U+0020   rule of the model  ‹ZWNJ› ->
1 change
the model sees: ▁علی▁به▁مدرسه▁می▁رود
Enter (or teach next) goes on
> teach next
A tour of one sentence, step 2 of 11: Tokens
The likeliest way of cutting it into pieces gives 6 tokens, the end token among them. From here on the model sees only their ids.
(rasad) tokens
 #    id  chars  bytes  from       piece
 0  1004  0-2        6  text       ▁علی
 1    39  3-5        5  text       ▁به
 2  1297  6-11      11  text       ▁مدرسه
 3    13  12-14      5  text       ▁می
 4  1457  15-18      9  text       ▁رود
 5     0  -          0  tokenizer  </s>
6 tokens, src: i32[6]
Enter (or teach next) goes on
> teach next
A tour of one sentence, step 3 of 11: Embedding and position
Each id picks its row of the embedding, 128 numbers; the vector of its position is added.
(rasad) start
At enc.embed, nothing computed.
(rasad) step
enc  embed [6,128] -> pos [6,128] -> resid_pre [6,128]
(rasad) stats enc.embed enc.pos enc.0.resid_pre
 site                 mean      sd      min    max   norm  NaN  inf
 enc.embed        -0.09856  0.9981   -3.744  3.729   27.8    0    0
 enc.pos            0.5013  0.4987  -0.9945      1   19.6    0    0
 enc.0.resid_pre    0.4028   1.081   -3.741  3.733  31.98    0    0
Enter (or teach next) goes on
> teach next
A tour of one sentence, step 4 of 11: The first self-attention
Queries meet keys, softmax makes weights of the scores, the weights mix the values. Rows ask, columns answer.
(rasad) step
enc.0.self  q [4,6,32] -> k [4,6,32] -> v [4,6,32] -> scores [4,6,6] -> pattern [4,6,6] -> z [4,6,32] -> out [6,128] -> norm1.in [6,128] -> norm1 [6,128]
(rasad) heads enc.0.self
enc.0.self.pattern  [4,6,6]  rows: source (queries), columns: source (keys)
      h0  0.98 bits   h1  1.98 bits   h2  1.62 bits   h3  1.13 bits
       0 1 2 3 4 5     0 1 2 3 4 5     0 1 2 3 4 5     0 1 2 3 4 5
   0  ░░▒▒░░            ░░                  ░░  ▒▒              ▓▓   ▁علی
   1    ░░▒▒░░              ░░        ░░        ▓▓    ▓▓░░           ▁به
   2        ██                ░░▒▒    ▒▒                ▓▓░░         ▁مدرسه
   3          ░░▒▒          ░░  ░░      ▓▓                ██         ▁می
   4            ██              ▒▒      ▓▓                  ▓▓       ▁رود
   5            ██      ██                    ▒▒░░            ░░▓▓   </s>
      0.97  4 -> 5    0.87  5 -> 1    0.76  4 -> 1    0.91  3 -> 2
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1
above: head and entropy (mean of the rows); below: strongest edge, query -> key
Enter (or teach next) goes on
> teach next
A tour of one sentence, step 5 of 11: One weight by hand
Every number can be worked out again from its operands.
(rasad) explain enc.0.self.scores[0,0,0,0]
enc.0.self.scores[0,0,0,0]  q k^T / sqrt(32)
q[0] . k[0] of head 0, 32 products:
  q[0] k[0] = -0.694434404 * -1.04776168 = 0.727601757, sum 0.727601757
  q[1] k[1] = 1.09422624 * 1.14573407 = 1.25369229, sum 1.98129404
  q[2] k[2] = 1.0608238 * 0.984205961 = 1.04406911, sum 3.02536315
  q[3] k[3] = 1.04680777 * 0.857920587 = 0.898077933, sum 3.92344108
  ... 27 more
  q[31] k[31] = 1.45368159 * 1.00155818 = 1.45594669, sum 21.7577394
21.7577394 / sqrt(32) = 3.8462612
computed 3.8462612, stored 3.84626126: they agree (difference 6e-08)
(rasad) explain enc.0.self.pattern[0,0,0,0]
enc.0.self.pattern[0,0,0,0]  softmax of each row of enc.0.self.scores; a row sums to 1
largest of the 6 numbers of the row = 4.70454931
sum of exp(x - 4.70455) over the row = 1.94290988
exp(3.84626126 - 4.70454931) / 1.94290988 = 0.21817128
computed 0.21817128, stored 0.218171299: they agree (difference 2e-08)
Enter (or teach next) goes on
> teach next
A tour of one sentence, step 6 of 11: The feed-forward part
Each row goes alone through two matrices with a bend between them. That ends layer 0.
(rasad) step
enc.0.mlp  pre [6,512] -> post [6,512] -> out [6,128] -> norm2.in [6,128] -> norm2 [6,128]
(rasad) shapes enc.0.mlp
 tensor          shape                 bytes  from
 enc.0.mlp.pre   [B=1, S=6, F=512]  12.0 KiB  norm1 W[512,128] + b
 enc.0.mlp.post  [B=1, S=6, F=512]  12.0 KiB  silu(pre)
 enc.0.mlp.out   [B=1, S=6, D=128]   3.0 KiB  post W[128,512] + b
B  = 1      sentences in the batch
S  = 6      source length
D  = 128    width of the residual stream (d_model)
F  = 512    width of the feed-forward layer
Enter (or teach next) goes on
> teach next
A tour of one sentence, step 7 of 11: The rest of the encoder
The other layers do the same with weights of their own. What comes out is read by the decoder in every step.
(rasad) finish
encoder done: enc.out [6,128], 3 layers, {{[0-9.]+ [a-z]+}}
(rasad) stats enc.out
 site          mean      sd     min    max  norm  NaN  inf
 enc.out  -0.001435  0.8444  -2.804  3.613  23.4    0    0
Enter (or teach next) goes on
> teach next
A tour of one sentence, step 8 of 11: The first token
The decoder has read its start token. It looks at itself and at the encoder, and gives each token of the vocabulary a probability.
(rasad) emit
step 0  p 1.000  ▁Ali
(rasad) topk 5
step 0 after <pad>
 #    id        p    log p                                piece
 1  2375    1.000   -0.000  ████████████████████  chosen  ▁Ali
 2  2333  2.3e-05  -10.681                                ▁Naser
 3  1663  1.6e-05  -11.060                                ▁He
 4  2422  9.3e-06  -11.589                                ▁Haniyeh
 5  2745  8.4e-06  -11.688                                ▁library
3040 more, total 6.09e-05
Enter (or teach next) goes on
> teach next
A tour of one sentence, step 9 of 11: Token by token
The chosen token is read in the next step, and so on to the end token.
(rasad) emit 1000
step 1  p 1.000  ▁go
step 2  p 1.000  es
step 3  p 1.000  ▁to
step 4  p 0.936  ▁school
step 5  p 1.000  </s>
Ali goes to school    5 tokens and the end token, log p -0.0673
Enter (or teach next) goes on
> teach back
A tour of one sentence, step 8 of 11: The first token
The decoder has read its start token. It looks at itself and at the encoder, and gives each token of the vocabulary a probability.
(rasad) emit
step 0  p 1.000  ▁Ali
(rasad) topk 5
step 0 after <pad>
 #    id        p    log p                                piece
 1  2375    1.000   -0.000  ████████████████████  chosen  ▁Ali
 2  2333  2.3e-05  -10.681                                ▁Naser
 3  1663  1.6e-05  -11.060                                ▁He
 4  2422  9.3e-06  -11.589                                ▁Haniyeh
 5  2745  8.4e-06  -11.688                                ▁library
3040 more, total 6.09e-05
Enter (or teach next) goes on
> teach stop
The lesson is left; teach and its name goes on from here
> input او کتاب می‌خواند
source: 16 characters, 31 bytes, right-to-left
> tour
A tour of one sentence, step 1 of 11: Text
The sentence is a row of characters, kept as bytes. Before it is cut, the model normalizes it.
(rasad) input
او کتاب می‌خواند
source: 16 characters, 31 bytes, right-to-left
(rasad) normalize
 char  bytes  is           becomes  why                text
   10      3  U+200C ZWNJ  U+0020   rule of the model  ‹ZWNJ› ->
1 change
the model sees: ▁او▁کتاب▁می▁خواند
Enter (or teach next) goes on
> teach next
A tour of one sentence, step 2 of 11: Tokens
The likeliest way of cutting it into pieces gives 5 tokens, the end token among them. From here on the model sees only their ids.
(rasad) tokens
 #   id  chars  bytes  from       piece
 0   65  0-1        4  text       ▁او
 1  383  2-6        9  text       ▁کتاب
 2   13  7-9        5  text       ▁می
 3  306  10-15     13  text       ▁خواند
 4    0  -          0  tokenizer  </s>
5 tokens, src: i32[5]
Enter (or teach next) goes on
> teach stop
The lesson is left; teach and its name goes on from here
> model load tests/golden/marian/swish-3h
swish-3h: marian, encoder-decoder 2+3 layers, 3 heads, d_model 24, vocabulary 100
> tour
A tour of one sentence, step 1 of 11: Text
The sentence is a row of characters, kept as bytes. Before it is cut, the model normalizes it.
(rasad) input
علی به مدرسه می‌رود
source: 19 characters, 36 bytes, right-to-left
(rasad) normalize
0 changes
the model sees: ▁علی▁به▁مدرسه▁می‌رود
Enter (or teach next) goes on
> model load fa-bert
fa-bert: bert, encoder 3 layers, 4 heads, d_model 128, vocabulary 2800
> tour
error: the tour goes from an encoder to a decoder; 'fa-bert' has not both
  'model load fa-en' opens the bundled translator
