#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> forward
one pass over 8 source and 1 target token; nothing is generated
> print logits[0,0,0:3]
$1 = logits[0,0,0:3]  f32[V=3]  12 B
mean 0.5917  sd 0.2003  min 0.4193  max 0.8726  norm 1.082
      0       1       2
 0.4193  0.4832  0.8726
> ablate enc.0.self.h1
enc.0.self.z.h1 set to zero (undo removes it)
what is computed already stays as it is until the next run
> forward
one pass over 8 source and 1 target token; nothing is generated
> print logits[0,0,0:3]
$2 = logits[0,0,0:3]  f32[V=3]  12 B
mean 0.5991  sd 0.1698  min 0.4624  max 0.8384  norm 1.079
      0       1       2
 0.4624  0.4965  0.8384
> ablate dec.*.cross.z
dec.*.cross.z set to zero, 3 values (undo removes it)
what is computed already stays as it is until the next run
> ablate enc.0.self.h9
error: head 9: this model has heads 0-2
> reset
2 changes removed
what is computed already stays as it is until the next run
> ablate enc.0.self.h0-1
enc.0.self.h0-1 set to zero, 2 values (undo removes it)
what is computed already stays as it is until the next run
> forward
one pass over 8 source and 1 target token; nothing is generated
> print enc.0.self.z[:,0,0]
$3 = enc.0.self.z[:,0,0]  f32[B=1, H=3]  12 B
mean -0.4529  sd 0.6404  min -1.359  max 0  norm 1.359
        0      1       2
 0  0.000  0.000  -1.359
> ablate dec.0.cross.h1@9
dec.0.cross.z.h1@9 set to zero (undo removes it)
what is computed already stays as it is until the next run
> forward
error: dec.0.cross.h1@9 zero: fired 1 times and changed nothing
