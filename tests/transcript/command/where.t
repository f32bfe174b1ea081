#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> where
error: where needs a run: type 'run', or 'start' to go step by step
> emit
step 0  p 0.026  ۷
> step 2
dec.0.self  q [3,2,8] -> k [3,2,8] -> v [3,2,8] -> scores [3,2,2] -> pattern [3,2,2] -> z [3,2,8] -> out [2,24] -> norm1.in [2,24] -> norm1 [2,24]
> where
#0  dec.0.cross.q           dec.0.norm1 W^T + b, W[24, 24], split into 3 heads of 8
#1  dec.0.cross             cross-attention
#2  dec.0                   layer 0 of 3 (0-2)
#3  decoder                 step 1
#4  generation              1 token chosen
