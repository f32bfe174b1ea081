#! rasad -m tests/golden/marian/swish-3h
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> display enc.0.self.pattern.h0[0]
1: enc.0.self.pattern.h0[0]
> display where
2: where
> until enc.0.self.z
enc.0.self.z  [3,8,8]  pattern v, 3 heads of 8
1: enc.0.self.pattern.h0[0]  f32[B=1, S'=8]  32 B
mean 0.125  sd 0.3298  min 1.095e-10  max 0.9977  norm 0.9977
         0       1       2  ...       5       6       7
 0  0.0000  0.0000  0.0000  ...  0.0022  0.9977  0.0000
2: where
#0  enc.0.self.out          enc.0.self.z W^T + b, W[24, 24]
#1  enc.0.self              self-attention
#2  enc.0                   layer 0 of 2 (0-1)
#3  encoder                 8 tokens
#4  generation              0 tokens chosen
> display
1: enc.0.self.pattern.h0[0]
2: where
