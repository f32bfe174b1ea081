#! exit 1
> slow
no pause between steps
> slow 0.01
0.01 seconds after each sub-layer of run and continue
> input علی به مدرسه می‌رود
source: 19 characters, 36 bytes, right-to-left
> break dec.1.cross.pattern@0
break 1: dec.1.cross.pattern@0
> run --max 1
enc  embed [6,128] -> pos [6,128] -> resid_pre [6,128]
enc.0.self  q [4,6,32] -> k [4,6,32] -> v [4,6,32] -> scores [4,6,6] -> pattern [4,6,6] -> z [4,6,32] -> out [6,128] -> norm1.in [6,128] -> norm1 [6,128]
enc.0.mlp  pre [6,512] -> post [6,512] -> out [6,128] -> norm2.in [6,128] -> norm2 [6,128]
enc.1.self  q [4,6,32] -> k [4,6,32] -> v [4,6,32] -> scores [4,6,6] -> pattern [4,6,6] -> z [4,6,32] -> out [6,128] -> norm1.in [6,128] -> norm1 [6,128]
enc.1.mlp  pre [6,512] -> post [6,512] -> out [6,128] -> norm2.in [6,128] -> norm2 [6,128]
enc.2.self  q [4,6,32] -> k [4,6,32] -> v [4,6,32] -> scores [4,6,6] -> pattern [4,6,6] -> z [4,6,32] -> out [6,128] -> norm1.in [6,128] -> norm1 [6,128]
enc.2.mlp  pre [6,512] -> post [6,512] -> out [6,128] -> norm2.in [6,128] -> norm2 [6,128]
dec  embed [1,128] -> pos [1,128] -> resid_pre [1,128]
dec.0.self  q [4,1,32] -> k [4,1,32] -> v [4,1,32] -> scores [4,1,1] -> pattern [4,1,1] -> z [4,1,32] -> out [1,128] -> norm1.in [1,128] -> norm1 [1,128]
dec.0.cross  q [4,1,32] -> k [4,6,32] -> v [4,6,32] -> scores [4,1,6] -> pattern [4,1,6] -> z [4,1,32] -> out [1,128] -> norm2.in [1,128] -> norm2 [1,128]
dec.0.mlp  pre [1,512] -> post [1,512] -> out [1,128] -> norm3.in [1,128] -> norm3 [1,128]
dec.1.self  q [4,1,32] -> k [4,1,32] -> v [4,1,32] -> scores [4,1,1] -> pattern [4,1,1] -> z [4,1,32] -> out [1,128] -> norm1.in [1,128] -> norm1 [1,128]
break 1, dec.1.cross.pattern@0
dec.1.cross.pattern  [4,1,6]  softmax of each row of dec.1.cross.scores; a row sums to 1
> continue
dec.1.cross  z [4,1,32] -> out [1,128] -> norm2.in [1,128] -> norm2 [1,128]
dec.1.mlp  pre [1,512] -> post [1,512] -> out [1,128] -> norm3.in [1,128] -> norm3 [1,128]
dec.2.self  q [4,1,32] -> k [4,1,32] -> v [4,1,32] -> scores [4,1,1] -> pattern [4,1,1] -> z [4,1,32] -> out [1,128] -> norm1.in [1,128] -> norm1 [1,128]
dec.2.cross  q [4,1,32] -> k [4,6,32] -> v [4,6,32] -> scores [4,1,6] -> pattern [4,1,6] -> z [4,1,32] -> out [1,128] -> norm2.in [1,128] -> norm2 [1,128]
dec.2.mlp  pre [1,512] -> post [1,512] -> out [1,128] -> norm3.in [1,128] -> norm3 [1,128]
output  logits [1,3045] -> probs [1,3045]
step 0  p 1.1e-11  </s>  (forced)
    0 tokens and the end token, log p -25.2408
> slow off
no pause between steps
> run --max 1
break 1, dec.1.cross.pattern@0
dec.1.cross.pattern  [4,1,6]  softmax of each row of dec.1.cross.scores; a row sums to 1
> slow -1
error: slow takes seconds from 0 to 60, or 'off'; not '-1'
  slow -1
       ^~
> slow ages
error: slow takes seconds from 0 to 60, or 'off'; not 'ages'
  slow ages
       ^~~~
> slow 61
error: slow takes seconds from 0 to 60, or 'off'; not '61'
  slow 61
       ^~
> slow ۰٫۵
0.5 seconds after each sub-layer of run and continue
