#! rasad -m tests/golden/marian/swish-3h
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> emit 3
step 0  p 0.026  ۷
step 1  p 0.840  ب
step 2  p 0.934  خانه
> remit
at choice, step 2  the next token is chosen from the logits
> remit
at choice, step 1  the next token is chosen from the logits
> remit
at choice  the next token is chosen from the logits
> remit
at enc.embed  rows of E[V=100, D=24] times sqrt(24) = 4.89898
