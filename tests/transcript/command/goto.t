#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> emit 3
step 0  p 0.026  ۷
step 1  p 0.840  ب
step 2  p 0.934  خانه
> goto enc.0.self.scores
at enc.0.self.scores  q k^T / sqrt(8)
> goto dec.2.cross@1
at dec.2.cross.q, step 1  dec.2.norm1 W^T + b, W[24, 24], split into 3 heads of 8
> goto dec.2.cross@9
error: pass 9 is not computed up to there
  it stands in pass 3; go forward with step, emit or continue
> goto nowhere
error: no site matches `nowhere`
  sites begin with enc, dec, logits or probs
