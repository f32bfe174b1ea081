#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> watch logits[0,-1,5]
watch 1: logits[0,-1,5]
> continue
step 0  p 0.026  ۷
watch 1, logits[0,-1,5]: 0.428677 -> 3.08697
> continue
step 1  p 0.840  ب
watch 1, logits[0,-1,5]: 3.08697 -> -2.63789
> watch
error: watch: EXPRESSION is missing
  usage: watch EXPRESSION
