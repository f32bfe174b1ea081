#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> set precision 3
> input --ids 80,98,14,0
source: 4 ids, taken as given
> forward
one pass over 4 source and 1 target token; nothing is generated
> x/6 enc.out
enc.out[0,0,0]:      -0.255      -0.478      -0.746      -0.912
enc.out[0,0,4]:        -1.1      -0.235
> x/3.2f enc.0.self.q.h1[0,2,4]
enc.0.self.q.h1[0,2,4]:        2.01        4.38       -2.40
> x/2x logits[0,0,98]
logits[0,0,98]:  0xbecd7049  0x00000000
> x enc.out[0,3,23]
enc.out[0,3,23]:      -0.129
> x/9 enc.out[0,3,20]
enc.out[0,3,20]:      -0.329      -0.815      -0.277      -0.129
> x enc.out[0,4]
error: index 4 of axis S of enc.out: the range is 0-3
  x enc.out[0,4]
    ^~~~~~~~~~~~
> x enc.*.out
error: `enc.*.out` names 4 values; one is wanted
  x enc.*.out
    ^~~~~~~~~
  for example enc.0.self.out
> x/0 enc.out
error: /0: the count must be 1 to 1000000
