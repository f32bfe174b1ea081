#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> emit
step 0  p 0.026  ۷
> emit 2
step 1  p 0.840  ب
step 2  p 0.934  خانه
> emit x
error: COUNT is a whole number, not 'x'
  emit x
       ^
