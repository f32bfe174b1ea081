#! rasad -m tests/golden/marian/swish-3h
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> tbreak enc.0.self.pattern
temporary break 1: enc.0.self.pattern
> continue
break 1, enc.0.self.pattern
enc.0.self.pattern  [3,8,8]  softmax of each row of enc.0.self.scores; a row sums to 1
> info breaks
no breaks and no watches
