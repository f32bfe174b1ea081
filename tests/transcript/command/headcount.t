#! exit 1
> headcount
    heads  d k  q, k, v, z: B, H, S, K  scores, pattern: B, H, S, S
        1  128  [1, 1, 128, 128]        [1, 1, 128, 128]
        2   64  [1, 2, 128, 64]         [1, 2, 128, 128]
 *      4   32  [1, 4, 128, 32]         [1, 4, 128, 128]
        8   16  [1, 8, 128, 16]         [1, 8, 128, 128]
       16    8  [1, 16, 128, 8]         [1, 16, 128, 128]
    heads  parameters  operations  score matrices  rank at most
        1      66,048  25,231,360        64.0 KiB           128
        2      66,048  25,296,896       128.0 KiB            64
 *      4      66,048  25,427,968       256.0 KiB            32
        8      66,048  25,690,112       512.0 KiB            16
       16      66,048  26,214,400         1.0 MiB             8
one self-attention of width 128 over 128 tokens; * as in the open model
W is cut, not copied: parameters and products stay as they are; each head adds a matrix of scores
rank: the highest that Q K^T of one head can have, the smaller of d_k and the length
the command rank measures those of the open model
> headcount --len 2048 --batch 32
    heads  d k  q, k, v, z: B, H, S, K  scores, pattern: B, H, S, S
        1  128  [32, 1, 2048, 128]      [32, 1, 2048, 2048]
        2   64  [32, 2, 2048, 64]       [32, 2, 2048, 2048]
 *      4   32  [32, 4, 2048, 32]       [32, 4, 2048, 2048]
        8   16  [32, 8, 2048, 16]       [32, 8, 2048, 2048]
       16    8  [32, 16, 2048, 8]       [32, 16, 2048, 2048]
    heads  parameters      operations  score matrices  rank at most
        1      66,048  77,846,282,240       512.0 MiB           128
        2      66,048  78,383,153,152         1.0 GiB            64
 *      4      66,048  79,456,894,976         2.0 GiB            32
        8      66,048  81,604,378,624         4.0 GiB            16
       16      66,048  85,899,345,920         8.0 GiB             8
one self-attention of width 128 over 2048 tokens; * as in the open model
W is cut, not copied: parameters and products stay as they are; each head adds a matrix of scores
rank: the highest that Q K^T of one head can have, the smaller of d_k and the length
the command rank measures those of the open model
> headcount 1,3,12 --width 24 --len 6
   heads  d k  q, k, v, z: B, H, S, K  scores, pattern: B, H, S, S
       1   24  [1, 1, 6, 24]           [1, 1, 6, 6]
       3    8  [1, 3, 6, 8]            [1, 3, 6, 6]
      12    2  [1, 12, 6, 2]           [1, 12, 6, 6]
   heads  parameters  operations  score matrices  rank at most
       1       2,400      31,248           144 B             6
       3       2,400      31,536           432 B             6
      12       2,400      32,832         1.7 KiB             2
one self-attention of width 24 over 6 tokens
W is cut, not copied: parameters and products stay as they are; each head adds a matrix of scores
rank: the highest that Q K^T of one head can have, the smaller of d_k and the length
> headcount --width 24 --len 6
   heads  d k  q, k, v, z: B, H, S, K  scores, pattern: B, H, S, S
       1   24  [1, 1, 6, 24]           [1, 1, 6, 6]
       2   12  [1, 2, 6, 12]           [1, 2, 6, 6]
       4    6  [1, 4, 6, 6]            [1, 4, 6, 6]
       8    3  [1, 8, 6, 3]            [1, 8, 6, 6]
   heads  parameters  operations  score matrices  rank at most
       1       2,400      31,248           144 B             6
       2       2,400      31,392           288 B             6
       4       2,400      31,680           576 B             6
       8       2,400      32,256         1.1 KiB             3
one self-attention of width 24 over 6 tokens
W is cut, not copied: parameters and products stay as they are; each head adds a matrix of scores
rank: the highest that Q K^T of one head can have, the smaller of d_k and the length
> headcount 5
error: a width of 128 cannot be cut into 5 heads
  headcount 5
            ^
> headcount 0
error: '0' is no number of heads
  headcount 0
            ^
> headcount x
error: 'x' is no number of heads
  headcount x
            ^
> headcount --width 0
error: --width must be 1 to 1048576, not 0
  headcount --width 0
                    ^
> headcount --width 2000000
error: --width must be 1 to 1048576, not 2000000
  headcount --width 2000000
                    ^~~~~~~
> headcount 1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1
error: at most 32 numbers of heads
  headcount 1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1
            ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
> model new encoder --d-model 1024 --heads 4 --d-k 192 --no-bias
encoder: transformer, encoder 6 layers, 4 heads, d_model 1024, vocabulary 32000; no weights
> headcount --len 100
    heads  d k  q, k, v, z: B, H, S, K  scores, pattern: B, H, S, S
        1  768  [1, 1, 100, 768]        [1, 1, 100, 100]
        2  384  [1, 2, 100, 384]        [1, 2, 100, 100]
 *      4  192  [1, 4, 100, 192]        [1, 4, 100, 100]
        8   96  [1, 8, 100, 96]         [1, 8, 100, 100]
       16   48  [1, 16, 100, 48]        [1, 16, 100, 100]
    heads  parameters   operations  score matrices  rank at most
        1   3,145,728  659,905,600        39.1 KiB           100
        2   3,145,728  659,945,600        78.1 KiB           100
 *      4   3,145,728  660,025,600       156.2 KiB           100
        8   3,145,728  660,185,600       312.5 KiB            96
       16   3,145,728  660,505,600       625.0 KiB            48
one self-attention of width 768 over 100 tokens; * as in the open model
W is cut, not copied: parameters and products stay as they are; each head adds a matrix of scores
rank: the highest that Q K^T of one head can have, the smaller of d_k and the length
> model unload
encoder is closed
> headcount
error: no model is open: the width is not known
  headcount --width 512
> headcount 2 --width 8 --len 100000000 --batch 100000000
   heads  d k  q, k, v, z: B, H, S, K        scores, pattern: B, H, S, S
       2    4  [100000000, 2, 100000000, 4]  [100000000, 2, 100000000, 10000000…
   heads  parameters  operations  score matrices  rank at most
       2         288       4e+25      6776.3 ZiB             4
one self-attention of width 8 over 100000000 tokens
W is cut, not copied: parameters and products stay as they are; each head adds a matrix of scores
rank: the highest that Q K^T of one head can have, the smaller of d_k and the length
