#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> break enc.0.self.pattern
break 1: enc.0.self.pattern
> commands 1
> stats enc.0.self.pattern
> continue
> end
2 commands at break 1
> commands 5
> end
error: there is no break 5 (see: info breaks)
> run --max 3
break 1, enc.0.self.pattern
enc.0.self.pattern  [3,8,8]  softmax of each row of enc.0.self.scores; a row sums to 1
 site                 mean      sd        min  max   norm  NaN  inf
 enc.0.self.pattern  0.125  0.3043  8.189e-21    1  4.559    0    0
step 0  p 0.026  ۷
step 1  p 0.840  ب
step 2  p 0.934  خانه
۷بخانه    3 tokens (the limit: set max-new, or run --max N), log p -3.8977
