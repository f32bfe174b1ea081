#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> stepi 5
enc.0.self.k  [3,8,8]  enc.0.resid_pre W^T + b, W[24, 24], split into 3 heads of 8
> up 2
#2  enc.0                   layer 0 of 2 (0-1)
> down
#1  enc.0.self              self-attention
> down 5
error: the innermost frame is selected already
