#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> set precision 3
> print enc.out
error: nothing has been computed yet
  print enc.out
        ^~~~~~~
  run, or start and step
> input --ids 80,98,14,0
source: 4 ids, taken as given
> print enc.out
error: nothing has been computed yet
  print enc.out
        ^~~~~~~
  run, or start and step
> forward
one pass over 4 source and 1 target token; nothing is generated
> print enc.0.self.pattern.h1
$1 = enc.0.self.pattern.h1  f32[B=1, S=4, S'=4]  64 B
mean 0.25  sd 0.424  min 1.38e-10  max 1  norm 1.97
        0      1      2      3
 0  0.000  0.000  0.002  0.998  ط
 1  0.001  0.000  0.000  0.999  :
 2  0.942  0.057  0.000  0.002  f
 3  0.000  1.000  0.000  0.000  </s>
> print enc.0.self.pattern.h1[0,2]
$2 = enc.0.self.pattern.h1[0,2]  0.00201
> print/8.2f enc.0.mlp.post[0,1:3,0:4]
$3 = enc.0.mlp.post[0,1:3,0:4]  f32[S=2, F=4]  32 B
mean 0.257  sd 0.591  min -0.257  max 1.52  norm 1.82
           0         1         2         3
 0      0.56      0.02      1.52     -0.21
 1      0.72     -0.23     -0.07     -0.26
> p/x enc.out[0,0,0]
$4 = enc.out[0,0,0]  {{0x[0-9a-f]+}}
> print dec.*.cross.pattern.h0@0
$5 = dec.0.cross.pattern.h0@0  f32[B=1, S=4]  16 B
mean 0.25  sd 0.0234  min 0.223  max 0.285  norm 0.502
        0      1      2      3
 0  0.223  0.256  0.285  0.236

$6 = dec.1.cross.pattern.h0@0  f32[B=1, S=4]  16 B
mean 0.25  sd 0.0288  min 0.203  max 0.28  norm 0.503
        0      1      2      3
 0  0.280  0.262  0.203  0.255

$7 = dec.2.cross.pattern.h0@0  f32[B=1, S=4]  16 B
mean 0.25  sd 0.0214  min 0.213  max 0.267  norm 0.502
        0      1      2      3
 0  0.262  0.257  0.213  0.267
> print 6 * 7
$8 = 42
> print $1
$9 = f32[B=1, S=4, S'=4]  64 B
mean 0.25  sd 0.424  min 1.38e-10  max 1  norm 1.97
        0      1      2      3
 0  0.000  0.000  0.002  0.998
 1  0.001  0.000  0.000  0.999
 2  0.942  0.057  0.000  0.002
 3  0.000  1.000  0.000  0.000
> print enc.0.slef
error: no site matches `enc.0.slef`
  print enc.0.slef
        ^~~~~~~~~~
  did you mean `self`?   (enc.0 has: resid_pre self norm1 resid_mid mlp norm2 resid_post)
> print nothing
error: no site matches `nothing`
  print nothing
        ^~~~~~~
  sites begin with enc, dec, logits or probs
> print enc.out[0,9,0]
error: index 9 of axis S of enc.out: the range is 0-3
  print enc.out[0,9,0]
        ^~~~~~~~~~~~~~
> print enc.0.self.q.h7
error: head 7: this model has heads 0-2
  print enc.0.self.q.h7
        ^~~~~~~~~~~~~~~
> print/z enc.out
error: print takes the flags /efgx and numbers, not 'z'
  print/z enc.out
        ^
