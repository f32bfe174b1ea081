#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> shape
error: nothing has been computed yet
  shapes shows the shape of everything without computing
> shape enc.0.self.pattern
enc.0.self.pattern  f32[B, H, S, S'] = [1, 3, ?, ?]  not computed
> input --ids 80,98,14,0
source: 4 ids, taken as given
> shape enc.0.self.q dec.out
enc.0.self.q  f32[B, H, S, K] = [1, 3, 4, 8]  not computed
dec.out  f32[B, T, D] = [1, ?, 24]  not computed
> set precision 3
> until enc.0.self.scores
enc.0.self.scores  [3,4,4]  q k^T / sqrt(8)
> shape
enc.0.self.scores  f32[B=1, H=3, S=4, S'=4]  192 B  strides (12, 4, 12, 1)  mean -3.33 sd 9.63
> shape enc.0.self
enc.0.self.q  f32[B=1, H=3, S=4, K=8]  384 B  strides (24, 8, 24, 1)
enc.0.self.k  f32[B=1, H=3, S=4, K=8]  384 B  strides (24, 8, 24, 1)
enc.0.self.v  f32[B=1, H=3, S=4, K=8]  384 B  strides (24, 8, 24, 1)
enc.0.self.scores  f32[B=1, H=3, S=4, S'=4]  192 B  strides (12, 4, 12, 1)
enc.0.self.pattern  f32[B, H, S, S'] = [1, 3, 4, 4]  not computed
enc.0.self.z  f32[B, H, S, K] = [1, 3, 4, 8]  not computed
enc.0.self.out  f32[B, S, D] = [1, 4, 24]  not computed
> shape dec.0.cross.pattern.h1
dec.0.cross.pattern.h1  f32[B, T, S] = [1, 1, 4]  not computed
> shape enc.7
error: layer 7: the encoder of this model has layers 0-1
  shape enc.7
        ^~~~~
