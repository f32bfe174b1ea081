#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> set precision 3
> input --ids 80,98,14,0
source: 4 ids, taken as given
> prefix --ids 5
prefix: 1 token, after the start token: n
> forward
one pass over 4 source and 2 target tokens; nothing is generated
> hist enc.0.mlp.pre --bins 6
enc.0.mlp.pre  160 numbers, mean -0.00297 sd 1.28
   from      to  count
  -2.49   -1.34     19  ██████
  -1.34  -0.197     64  ████████████████████
 -0.197   0.949     43  █████████████▌
  0.949     2.1     21  ██████▋
    2.1    3.24     12  ███▊
   3.24    4.39      1  ▍
> hist dec.0.self.scores.h0 --bins 2
dec.0.self.scores.h0  4 numbers, mean -2.33 sd 1.41
  from      to  count
 -4.28   -2.63      1  ██████████
 -2.63  -0.989      2  ████████████████████
not counted: 1 infinite, 0 NaN
> hist dec.0.self.scores[0,0,0,1]
error: dec.0.self.scores[0,0,0,1] has no finite number
> hist enc.*.out
error: `enc.*.out` names 4 values; one is wanted
  hist enc.*.out
       ^~~~~~~~~
  for example enc.0.self.out
