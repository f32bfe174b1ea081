#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> break enc.1.self
break 1: enc.1.self, stops before enc.1.self.q
> break dec.*.cross.pattern@1
break 2: dec.*.cross.pattern@1, 3 values
> break dec.7
error: layer 7: the decoder of this model has layers 0-2
> continue
break 1, enc.1.self
> continue
step 0  p 0.026  ۷
break 2, dec.*.cross.pattern@1
dec.0.cross.pattern  [3,2,8]  softmax of each row of dec.0.cross.scores; a row sums to 1
> info breaks
 #  kind   on   hits  ignore  commands  what
 1  break  yes     1       0         0  enc.1.self
 2  break  yes     1       0         0  dec.*.cross.pattern@1
