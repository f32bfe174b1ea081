#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> until enc.1.self
at enc.1.self.q  enc.0.norm2 W^T + b, W[24, 24], split into 3 heads of 8
> until dec.0.cross.pattern@2
step 0  p 0.026  ۷
step 1  p 0.840  ب
dec.0.cross.pattern  [3,3,8]  softmax of each row of dec.0.cross.scores; a row sums to 1
> until enc.9
error: layer 9: the encoder of this model has layers 0-1
> until dec.*.q
error: `dec.*.q` names 6 values; one value or part is wanted
