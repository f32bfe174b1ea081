#! rasad -m tests/golden/marian/swish-3h
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> ablate enc.0.self.h1
enc.0.self.z.h1 set to zero (undo removes it)
> scale dec.0.mlp.out 2
dec.0.mlp.out multiplied by 2 (undo removes it)
> reset
2 changes removed
> reset
0 changes removed
