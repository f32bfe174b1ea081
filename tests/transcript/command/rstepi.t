#! rasad -m tests/golden/marian/swish-3h
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> stepi 4
enc.0.self.q  [3,8,8]  enc.0.resid_pre W^T + b, W[24, 24], split into 3 heads of 8
> rstepi
at enc.0.self.q  enc.0.resid_pre W^T + b, W[24, 24], split into 3 heads of 8
> rstepi 9
at the beginning
