#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> set precision 3
> stats enc.out
error: nothing has been computed yet
  stats enc.out
        ^~~~~~~
  run, or start and step
> input --ids 80,98,14,0
source: 4 ids, taken as given
> prefix --ids 5
prefix: 1 token, after the start token: n
> forward
one pass over 4 source and 2 target tokens; nothing is generated
> stats enc.0.self dec.0.self.scores
 site                   mean     sd       min   max  norm  NaN  inf
 enc.0.self.q          0.421   3.15     -7.19  8.82  31.1    0    0
 enc.0.self.k         -0.989   3.06     -10.8  6.25  31.5    0    0
 enc.0.self.v          0.233   2.27     -6.83  5.63  22.3    0    0
 enc.0.self.scores     -3.33   9.63     -22.5  20.8  70.6    0    0
 enc.0.self.pattern     0.25  0.411  1.61e-17     1  3.33    0    0
 enc.0.self.z        -0.0117   2.07     -6.81   5.2  20.3    0    0
 enc.0.self.out        -0.17   2.29     -5.71   5.1  22.5    0    0
 dec.0.self.scores     -1.36   2.64     -5.85  2.79   8.9    0    3
> stats dec.0.self.scores.h1@1
 site                     mean    sd    min      max  norm  NaN  inf
 dec.0.self.scores.h1@1  -2.96  2.89  -5.85  -0.0788  5.85    0    0
> stats nothing
error: no site matches `nothing`
  stats nothing
        ^~~~~~~
  sites begin with enc, dec, logits or probs
