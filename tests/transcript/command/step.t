#! rasad -m tests/golden/marian/swish-3h
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> step
enc  embed [8,24] -> pos [8,24] -> resid_pre [8,24]
> step 3
enc.1.self  q [3,8,8] -> k [3,8,8] -> v [3,8,8] -> scores [3,8,8] -> pattern [3,8,8] -> z [3,8,8] -> out [8,24] -> norm1.in [8,24] -> norm1 [8,24]
> step 100
dec.0.cross  q [3,9,8] -> k [3,8,8] -> v [3,8,8] -> scores [3,9,8] -> pattern [3,9,8] -> z [3,9,8] -> out [9,24] -> norm2.in [9,24] -> norm2 [9,24]
step 0  p 0.026  ۷
step 1  p 0.840  ب
step 2  p 0.934  خانه
step 3  p 0.756  ص
step 4  p 0.871  م
step 5  p 0.872  د
step 6  p 0.720  ▁دید
step 7  p 0.879  u
