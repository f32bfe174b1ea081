#! rasad -m tests/golden/marian/swish-3h
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> break dec.1.cross.pattern
break 1: dec.1.cross.pattern
> continue
break 1, dec.1.cross.pattern
dec.1.cross.pattern  [3,1,8]  softmax of each row of dec.1.cross.scores; a row sums to 1
> continue 2
step 1  p 0.840  ب
break 1, dec.1.cross.pattern
dec.1.cross.pattern  [3,3,8]  softmax of each row of dec.1.cross.scores; a row sums to 1
> continue
step 2  p 0.934  خانه
break 1, dec.1.cross.pattern
dec.1.cross.pattern  [3,4,8]  softmax of each row of dec.1.cross.scores; a row sums to 1
