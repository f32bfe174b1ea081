#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> w2v gradient a b
error: there are no word vectors yet
  w2v train learns them from a text, w2v load reads a file of them
> w2v train a b a c --dim 2 --epochs 50 --rate 0.2
3 words of 2 numbers, from the text
skip-gram, negative sampling (5 negatives), window 1-5, 2 numbers, 50 epochs, seed 1
4 tokens in 1 sentence; 200 of 200 read were learnt from, 521 pairs
loss {{[0-9.]+}} at first, {{[0-9.]+}} at the end (means of an example)
/[0-9.]+ s, [0-9]+ words a second/
> w2v gradient a b
target t: a   its vector u_t is a row of u [3, 2]
context o: b   its vector v_o is a row of v [3, 2]
Full softmax: L = -log P(o|t)
1. the score of o, and the probability that it gives
  s_o = v_o . u_t = ({{-?[0-9.]+}})({{-?[0-9.]+}}) + ({{-?[0-9.]+}})({{-?[0-9.]+}}) = {{-?[0-9.]+}}
  P(o|t) = exp(s_o) / sum over 3 words w of exp(s_w) = {{-?[0-9.]+}} / {{-?[0-9.]+}} = {{-?[0-9.]+}}
  L = -log {{-?[0-9.]+}} = {{-?[0-9.]+}}
2. L = log sum_w exp(s_w) - s_o, so by the chain rule
  dL/ds_w = exp(s_w) / sum_w exp(s_w) - [w = o] = P(w|t) - [w = o]
  dL/ds_o = P(o|t) - 1 = {{-?[0-9.]+}} - 1 = {{-?[0-9.]+}}
3. s_w = v_w . u_t, so ds_w/dv_w = u_t and ds_w/du_t = v_w
dL/dv_o = (P(o|t) - 1) u_t = {{-?[0-9.]+}} u_t   of the word b
/ i +number +by formula +finite difference +difference/
/ +1 +-?[0-9.]+ +-?[0-9.]+ +-?[0-9.]+ +[0-9]e-[0-9]+/
/ +2 +-?[0-9.]+ +-?[0-9.]+ +-?[0-9.]+ +[0-9]e-[0-9]+/
dL/dv_w = P(w|t) u_t = {{-?[0-9.]+}} u_t, w the likeliest other   of the word c
/ i +number +by formula +finite difference +difference/
/ +1 +-?[0-9.]+ +-?[0-9.]+ +-?[0-9.]+ +[0-9]e-[0-9]+/
/ +2 +-?[0-9.]+ +-?[0-9.]+ +-?[0-9.]+ +[0-9]e-[0-9]+/
dL/du_t = sum_w P(w|t) v_w - v_o
/ i +number +by formula +finite difference +difference/
/ +1 +-?[0-9.]+ +-?[0-9.]+ +-?[0-9.]+ +[0-9]e-[0-9]+/
/ +2 +-?[0-9.]+ +-?[0-9.]+ +-?[0-9.]+ +[0-9]e-[0-9]+/
formula and finite differences agree: largest difference {{[0-9]e-[0-9]+}} (components up to {{[0-9]e-[0-9]+}})
Negative sampling: L = -log sigma(s_o) - sum_k log sigma(-s_k), sigma(x) = 1 / (1 + e^-x)
1. the scores of o and of 2 words drawn by count^power
/ row +s +sigma.s. +y +sigma - y +word/
 o {{ +}}{{-?[0-9.]+}}  {{-?[0-9.]+}}  1  {{-?[0-9.]+}}  b
 k {{ +}}{{-?[0-9.]+}}  {{-?[0-9.]+}}  0   {{-?[0-9.]+}}  c
 k {{ +}}{{-?[0-9.]+}}  {{-?[0-9.]+}}  0   {{-?[0-9.]+}}  a
  L = {{-?[0-9.]+}}
2. d(-log sigma(x))/dx = sigma(x) - 1, d(-log sigma(-x))/dx = sigma(x): dL/ds = sigma - y
dL/dv_o = (sigma(s_o) - 1) u_t = {{-?[0-9.]+}} u_t   of the word b
/ i +number +by formula +finite difference +difference/
/ +1 +-?[0-9.]+ +-?[0-9.]+ +-?[0-9.]+ +[0-9]e-[0-9]+/
/ +2 +-?[0-9.]+ +-?[0-9.]+ +-?[0-9.]+ +[0-9]e-[0-9]+/
dL/dv_k = sigma(s_k) u_t = {{-?[0-9.]+}} u_t   of the word c
/ i +number +by formula +finite difference +difference/
/ +1 +-?[0-9.]+ +-?[0-9.]+ +-?[0-9.]+ +[0-9]e-[0-9]+/
/ +2 +-?[0-9.]+ +-?[0-9.]+ +-?[0-9.]+ +[0-9]e-[0-9]+/
dL/du_t = (sigma(s_o) - 1) v_o + sum_k sigma(s_k) v_k
/ i +number +by formula +finite difference +difference/
/ +1 +-?[0-9.]+ +-?[0-9.]+ +-?[0-9.]+ +[0-9]e-[0-9]+/
/ +2 +-?[0-9.]+ +-?[0-9.]+ +-?[0-9.]+ +[0-9]e-[0-9]+/
formula and finite differences agree: largest difference {{[0-9]e-[0-9]+}} (components up to {{[0-9]e-[0-9]+}})
> w2v gradient a c softmax --components 1
target t: a   its vector u_t is a row of u [3, 2]
context o: c   its vector v_o is a row of v [3, 2]
Full softmax: L = -log P(o|t)
1. the score of o, and the probability that it gives
  s_o = v_o . u_t = ({{-?[0-9.]+}})({{-?[0-9.]+}}) + ({{-?[0-9.]+}})({{-?[0-9.]+}}) = {{-?[0-9.]+}}
  P(o|t) = exp(s_o) / sum over 3 words w of exp(s_w) = {{-?[0-9.]+}} / {{-?[0-9.]+}} = {{-?[0-9.]+}}
  L = -log {{-?[0-9.]+}} = {{-?[0-9.]+}}
2. L = log sum_w exp(s_w) - s_o, so by the chain rule
  dL/ds_w = exp(s_w) / sum_w exp(s_w) - [w = o] = P(w|t) - [w = o]
  dL/ds_o = P(o|t) - 1 = {{-?[0-9.]+}} - 1 = {{-?[0-9.]+}}
3. s_w = v_w . u_t, so ds_w/dv_w = u_t and ds_w/du_t = v_w
dL/dv_o = (P(o|t) - 1) u_t = {{-?[0-9.]+}} u_t   of the word c
/ i +number +by formula +finite difference +difference/
/ +1 +-?[0-9.]+ +-?[0-9.]+ +-?[0-9.]+ +[0-9]e-[0-9]+/
  2 of 2 components checked, largest difference {{[0-9]e-[0-9]+}}
dL/dv_w = P(w|t) u_t = {{-?[0-9.]+}} u_t, w the likeliest other   of the word b
/ i +number +by formula +finite difference +difference/
/ +1 +-?[0-9.]+ +-?[0-9.]+ +-?[0-9.]+ +[0-9]e-[0-9]+/
  2 of 2 components checked, largest difference {{[0-9]e-[0-9]+}}
dL/du_t = sum_w P(w|t) v_w - v_o
/ i +number +by formula +finite difference +difference/
/ +1 +-?[0-9.]+ +-?[0-9.]+ +-?[0-9.]+ +[0-9]e-[0-9]+/
  2 of 2 components checked, largest difference {{[0-9]e-[0-9]+}}
formula and finite differences agree: largest difference {{[0-9]e-[0-9]+}} (components up to {{[0-9]e-[0-9]+}})
> w2v gradient a c negative --negatives 1
target t: a   its vector u_t is a row of u [3, 2]
context o: c   its vector v_o is a row of v [3, 2]
Negative sampling: L = -log sigma(s_o) - sum_k log sigma(-s_k), sigma(x) = 1 / (1 + e^-x)
1. the scores of o and of 1 word drawn by count^power
/ row +s +sigma.s. +y +sigma - y +word/
 o {{ +}}{{-?[0-9.]+}}  {{-?[0-9.]+}}  1  {{-?[0-9.]+}}  c
 k {{ +}}{{-?[0-9.]+}}  {{-?[0-9.]+}}  0   {{-?[0-9.]+}}  b
  L = {{-?[0-9.]+}}
2. d(-log sigma(x))/dx = sigma(x) - 1, d(-log sigma(-x))/dx = sigma(x): dL/ds = sigma - y
dL/dv_o = (sigma(s_o) - 1) u_t = {{-?[0-9.]+}} u_t   of the word c
/ i +number +by formula +finite difference +difference/
/ +1 +-?[0-9.]+ +-?[0-9.]+ +-?[0-9.]+ +[0-9]e-[0-9]+/
/ +2 +-?[0-9.]+ +-?[0-9.]+ +-?[0-9.]+ +[0-9]e-[0-9]+/
dL/dv_k = sigma(s_k) u_t = {{-?[0-9.]+}} u_t   of the word b
/ i +number +by formula +finite difference +difference/
/ +1 +-?[0-9.]+ +-?[0-9.]+ +-?[0-9.]+ +[0-9]e-[0-9]+/
/ +2 +-?[0-9.]+ +-?[0-9.]+ +-?[0-9.]+ +[0-9]e-[0-9]+/
dL/du_t = (sigma(s_o) - 1) v_o + sum_k sigma(s_k) v_k
/ i +number +by formula +finite difference +difference/
/ +1 +-?[0-9.]+ +-?[0-9.]+ +-?[0-9.]+ +[0-9]e-[0-9]+/
/ +2 +-?[0-9.]+ +-?[0-9.]+ +-?[0-9.]+ +[0-9]e-[0-9]+/
formula and finite differences agree: largest difference {{[0-9]e-[0-9]+}} (components up to {{[0-9]e-[0-9]+}})
> w2v gradient a d
error: 'd' is not among the 3 words of the vocabulary
  w2v gradient a d
                 ^
> w2v gradient a
error: w2v gradient: CONTEXT is missing
  usage: w2v gradient TARGET CONTEXT [softmax|negative] [--negatives N] [--components N] [--seed N]
> w2v gradient a b hierarchical
error: LOSS is one of: softmax negative; not 'hierarchical'
  w2v gradient a b hierarchical
                   ^~~~~~~~~~~~
> w2v save v.txt
wrote v.txt: 3 word vectors of 2 numbers, word2vec's text format
> w2v load v.txt
v.txt: 3 words of 2 numbers
> w2v gradient a b
error: v.txt holds target vectors u alone; the context vectors v are needed
  w2v train makes both
