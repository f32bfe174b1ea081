#! rasad -m tests/golden/marian/swish-3h
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> emit 2
step 0  p 0.026  ۷
step 1  p 0.840  ب
> rstep
at choice, step 1  the next token is chosen from the logits
> rstep 2
at dec.2.mlp.pre, step 1  dec.2.norm2 W^T + b, W[56, 24]
> step
dec.2.mlp  pre [2,56] -> post [2,56] -> out [2,24] -> norm3.in [2,24] -> norm3 [2,24]
