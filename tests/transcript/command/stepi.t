#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> stepi
enc.embed  [8,24]  rows of E[V=100, D=24] times sqrt(24) = 4.89898
> stepi 5
enc.0.self.v  [3,8,8]  enc.0.resid_pre W^T + b, W[24, 24], split into 3 heads of 8
> stepi 0
error: COUNT must be 1 to 1000000000, not 0
  stepi 0
        ^
