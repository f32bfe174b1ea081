#! rasad -m tests/golden/marian/swish-3h
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> forward
one pass over 8 source and 1 target token; nothing is generated
> prefix --ids 66,73
prefix: 2 tokens, after the start token: d i
> forward
one pass over 8 source and 3 target tokens; nothing is generated
> prefix --ids 99,66
prefix: 1 token, after the start token: d
> forward
one pass over 8 source and 2 target tokens; nothing is generated
