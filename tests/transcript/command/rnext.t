#! rasad -m tests/golden/marian/swish-3h
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> finish
encoder done: enc.out [8,24], 2 layers, {{[0-9.]+ (us|ms|s)}}
> rnext
at enc.1.self.q  enc.0.norm2 W^T + b, W[24, 24], split into 3 heads of 8
> rnext 5
at the beginning
