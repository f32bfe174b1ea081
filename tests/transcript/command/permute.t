#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input علی
source: 3 characters, 6 bytes, right-to-left
> permute 3,0,4,1,2
 #  was  piece
 0    3  ی
 1    0  ▁
 2    4  </s>
 3    1  ع
 4    2  ل
difference, as a share of the value's largest number; positions
 site                permuted              off     on
 enc.embed           rows                    0      0
 enc.pos             rows                    0  1.990
 enc.0.resid_pre     rows                    0  0.352
 enc.0.self.q        rows                    0  0.215
 enc.0.self.k        rows                    0  0.189
 enc.0.self.v        rows                    0  0.129
 enc.0.self.scores   rows and columns        0  0.273
 enc.0.self.pattern  rows and columns{{ +[0-9.e-]+}}  0.991
 enc.0.self.z        rows{{ +[0-9.e-]+}}  0.879
 enc.0.self.out      rows{{ +[0-9.e-]+}}  0.510
 enc.0.norm1.in      rows{{ +[0-9.e-]+}}  0.336
 enc.0.norm1         rows{{ +[0-9.e-]+}}  0.288
 enc.0.mlp.pre       rows{{ +[0-9.e-]+}}  0.336
 enc.0.mlp.post      rows{{ +[0-9.e-]+}}  0.197
 enc.0.mlp.out       rows{{ +[0-9.e-]+}}  0.130
 enc.0.norm2.in      rows{{ +[0-9.e-]+}}  0.176
 enc.0.norm2         rows{{ +[0-9.e-]+}}  0.198
 enc.1.self.q        rows{{ +[0-9.e-]+}}  0.390
 enc.1.self.k        rows{{ +[0-9.e-]+}}  0.304
 enc.1.self.v        rows{{ +[0-9.e-]+}}  0.141
 enc.1.self.scores   rows and columns{{ +[0-9.e-]+}}  0.456
 enc.1.self.pattern  rows and columns{{ +[0-9.e-]+}}  0.614
 enc.1.self.z        rows{{ +[0-9.e-]+}}  0.177
 enc.1.self.out      rows{{ +[0-9.e-]+}}  0.039
 enc.1.norm1.in      rows{{ +[0-9.e-]+}}  0.070
 enc.1.norm1         rows{{ +[0-9.e-]+}}  0.044
 enc.1.mlp.pre       rows{{ +[0-9.e-]+}}  0.064
 enc.1.mlp.post      rows{{ +[0-9.e-]+}}  0.052
 enc.1.mlp.out       rows{{ +[0-9.e-]+}}  0.018
 enc.1.norm2.in      rows{{ +[0-9.e-]+}}  0.021
 enc.1.norm2         rows{{ +[0-9.e-]+}}  0.068
positions off: O_p(i) = P O_i at all 31 sites, to rounding (largest{{ +[0-9.e-]+}}, at enc.1.self.pattern)
positions on: first broken at enc.pos, by 1.99; at enc.1.norm2 by 0.07
position i stays with place i, not with the word that was moved there
> permute 0,1,2,3,4
 #  was  piece
 0    0  ▁
 1    1  ع
 2    2  ل
 3    3  ی
 4    4  </s>
difference, as a share of the value's largest number; positions
 site                permuted          off  on
 enc.embed           rows                0   0
 enc.pos             rows                0   0
 enc.0.resid_pre     rows                0   0
 enc.0.self.q        rows                0   0
 enc.0.self.k        rows                0   0
 enc.0.self.v        rows                0   0
 enc.0.self.scores   rows and columns    0   0
 enc.0.self.pattern  rows and columns    0   0
 enc.0.self.z        rows                0   0
 enc.0.self.out      rows                0   0
 enc.0.norm1.in      rows                0   0
 enc.0.norm1         rows                0   0
 enc.0.mlp.pre       rows                0   0
 enc.0.mlp.post      rows                0   0
 enc.0.mlp.out       rows                0   0
 enc.0.norm2.in      rows                0   0
 enc.0.norm2         rows                0   0
 enc.1.self.q        rows                0   0
 enc.1.self.k        rows                0   0
 enc.1.self.v        rows                0   0
 enc.1.self.scores   rows and columns    0   0
 enc.1.self.pattern  rows and columns    0   0
 enc.1.self.z        rows                0   0
 enc.1.self.out      rows                0   0
 enc.1.norm1.in      rows                0   0
 enc.1.norm1         rows                0   0
 enc.1.mlp.pre       rows                0   0
 enc.1.mlp.post      rows                0   0
 enc.1.mlp.out       rows                0   0
 enc.1.norm2.in      rows                0   0
 enc.1.norm2         rows                0   0
positions off: O_p(i) = P O_i at all 31 sites, to rounding (largest 0.0e+00, at enc.embed)
positions on: no difference either: the order was not changed
> permute 2,0,1
error: 3 indices for 5 tokens: each token of the sentence stands once in the order
  permute 2,0,1
          ^~~~~
  tokens lists them; backwards: permute 4,3,2,1,0
> permute 3,0,4,1,5
error: index 5 is not a token: the range is 0-4
  permute 3,0,4,1,5
          ^~~~~~~~~
> permute 3,0,4,1,1
error: index 1 stands twice: a permutation has each once
  permute 3,0,4,1,1
          ^~~~~~~~~
> permute 3,0,x
error: ORDER takes token ids like 5,6,7, not 'x'
  permute 3,0,x
              ^
> permute -1,0,1,2,3
error: permute has no option '-1,0,1,2,3'
  permute -1,0,1,2,3
          ^~~~~~~~~~
  usage: permute ORDER...
> ablate enc.0.self.h1
enc.0.self.z.h1 set to zero (undo removes it)
> permute 4,3,2,1,0
 #  was  piece
 0    4  </s>
 1    3  ی
 2    2  ل
 3    1  ع
 4    0  ▁
difference, as a share of the value's largest number; positions
 site                permuted              off     on
 enc.embed           rows                    0      0
 enc.pos             rows                    0  1.654
 enc.0.resid_pre     rows                    0  0.293
 enc.0.self.q        rows                    0  0.181
 enc.0.self.k        rows                    0  0.182
 enc.0.self.v        rows                    0  0.138
 enc.0.self.scores   rows and columns        0  0.327
 enc.0.self.pattern  rows and columns{{ +[0-9.e-]+}}  0.993
 enc.0.self.z        rows{{ +[0-9.e-]+}}  0.955
 enc.0.self.out      rows{{ +[0-9.e-]+}}  0.634
 enc.0.norm1.in      rows{{ +[0-9.e-]+}}  0.417
 enc.0.norm1         rows{{ +[0-9.e-]+}}  0.382
 enc.0.mlp.pre       rows{{ +[0-9.e-]+}}  0.477
 enc.0.mlp.post      rows{{ +[0-9.e-]+}}  0.381
 enc.0.mlp.out       rows{{ +[0-9.e-]+}}  0.265
 enc.0.norm2.in      rows{{ +[0-9.e-]+}}  0.250
 enc.0.norm2         rows{{ +[0-9.e-]+}}  0.378
 enc.1.self.q        rows{{ +[0-9.e-]+}}  0.591
 enc.1.self.k        rows{{ +[0-9.e-]+}}  0.502
 enc.1.self.v        rows{{ +[0-9.e-]+}}  0.286
 enc.1.self.scores   rows and columns{{ +[0-9.e-]+}}  0.802
 enc.1.self.pattern  rows and columns{{ +[0-9.e-]+}}  0.520
 enc.1.self.z        rows{{ +[0-9.e-]+}}  0.347
 enc.1.self.out      rows{{ +[0-9.e-]+}}  0.130
 enc.1.norm1.in      rows{{ +[0-9.e-]+}}  0.134
 enc.1.norm1         rows{{ +[0-9.e-]+}}  0.089
 enc.1.mlp.pre       rows{{ +[0-9.e-]+}}  0.108
 enc.1.mlp.post      rows{{ +[0-9.e-]+}}  0.099
 enc.1.mlp.out       rows{{ +[0-9.e-]+}}  0.050
 enc.1.norm2.in      rows{{ +[0-9.e-]+}}  0.041
 enc.1.norm2         rows{{ +[0-9.e-]+}}  0.113
positions off: O_p(i) = P O_i at all 31 sites, to rounding (largest{{ +[0-9.e-]+}}, at enc.1.self.out)
positions on: first broken at enc.pos, by 1.65; at enc.1.norm2 by 0.11
position i stays with place i, not with the word that was moved there
