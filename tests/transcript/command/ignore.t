#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> break dec.0.self.pattern
break 1: dec.0.self.pattern
> ignore 1 2
break 1 passes over the next 2 hits
> continue
step 0  p 0.026  ۷
step 1  p 0.840  ب
break 1, dec.0.self.pattern
dec.0.self.pattern  [3,3,3]  softmax of each row of dec.0.self.scores; a row sums to 1
> ignore 3 1
error: there is no break 3 (see: info breaks)
