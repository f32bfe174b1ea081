#! rasad -m tests/golden/marian/swish-3h
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> finish
encoder done: enc.out [8,24], 2 layers, {{[0-9.]+ (us|ms|s)}}
> finish
decoder step done: logits [1,100], 3 layers, {{[0-9.]+ (us|ms|s)}}
> finish
step 0  p 0.026  ۷
