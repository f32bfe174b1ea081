#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> positions sinusoid --len 6 --width 4
P[p, j] = sin(p / 10000^(2j/4)), P[p, 2 + j] = cos of the same
fixed, no parameters; dimension 0 turns once in 6.28 positions, the slowest once in 628.3
sinusoid positions, sines then cosines  [6,4]
 position    sin 0   sin 1    cos 0   cos 1
        0   0.0000  0.0000   1.0000  1.0000
        1   0.8415  0.0100   0.5403  0.9999
        2   0.9093  0.0200  -0.4161  0.9998
        3   0.1411  0.0300  -0.9900  0.9996
        4  -0.7568  0.0400  -0.6536  0.9992
        5  -0.9589  0.0500   0.2837  0.9988
value
  1.0 ┤□⠛⠭⣉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉□⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⢉⣉⣉□⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉□⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉□⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉□
      │    ⠉⠒⠤⣀     ⢀●⠒⠒⠒⠊⠉⠉⠉⠉⠉⠉⠁   ⠑⠢⡀
      │        ⠉⠒⠤⣠⠊⠁                 ⠈⠑⢄⡀
  0.5 ┤        ⢀⠤⠊ ⠉⠒■⡀                  ⠈⠢⢄
      │      ⢀⠔⠁      ⠈⠢⡀                   ⠑⠢⡀
      │    ⡠⠒⠁          ⠈⠢⡀                   ⠈⠑⢄⡀                           ⢀■
      │ ⢀⡠⠊               ⠈⠢⡀                    ⠈●⡀                       ⢀⠔⠁
    0 ┤○⠥⠤⠤⠤⠤⠤⠔⠒⠒⠒⠒⠒⠒○⠒⠒⠒⠒⠒⠒⠚⠲⡒⠒⠒⠒⠒○⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒○⠚⠲⡒⠒⠒⠒⠊⠉⠉⠉⠉⠉⠉○⠉⠉⠉⠉⠉⠉⠉⠉⢉⠝⠉⠉⠉○
      │                       ⠈⠢⡀                    ⠈⠢⡀               ⣀⠔⠁
      │                         ⠈⠢⡀                    ⠈⠢⣀           ⡠⠊
      │                           ⠈■⣀                     ⠑⢄       ⡠⠊
 -0.5 ┤                              ⠉⠢⢄⡀                   ⠑⢄   ⡠⠊
      │                                 ⠈⠑⠤⣀                 ⣀⠵⢔■
      │                                     ⠑⠢⢄⡀       ⣀⡠⠤⠒⠊⠉   ●⠑⠒⠒⠤⠤⢄⣀⡀
 -1.0 ┤                                        ⠈⠒⠤■⠤⠔⠒⠉                 ⠈⠉⠉⠒⠒⠢●
      └┬─────────────┬─────────────┬──────────────┬─────────────┬─────────────┬
       0             1             2              3             4             5
                                       position
       ● sin 0   ○ sin 1   ■ cos 0   □ cos 1
sinusoid positions, sines then cosines  rows: position, columns: dimension
          0    1    2    3
   0     ▒▒   ▒▒   ██   ██
   1     ██   ▒▒   ▓▓   ██
   2     ██   ▒▒   ░░   ██
   3     ▒▒   ▒▒        ██
   4          ▒▒        ██
   5          ▒▒   ▓▓   ██
      -0.99 [ ░▒▓█] 1   scale max
product of two positions' vectors, by distance
product
 2.0 ┤●⠒⠤⣀
     │    ⠉⠒⠤⣀
     │        ⠉⠒⠤⣀
 1.5 ┤            ⠉⠒●⡀
     │               ⠈⠢⡀
     │                 ⠈⠢⡀                                                   ⢀●
     │                   ⠈⠢⡀                                               ⢀⠔⠁
 1.0 ┤                     ⠈⠑⢄                                           ⢀⠔⠁
     │                        ⠑⢄                                       ⣀⠔⠁
     │                          ⠑⢄                                   ⡠⠊
     │                            ⠑●⡀                              ⡠⠊
 0.5 ┤                              ⠈⠑⠤⣀                         ⡠⠊
     │                                  ⠉⠢⢄⡀                ⢀⣀⠤⠔●
     │                                     ⠈⠒⠤⣀        ⣀⡠⠔⠒⠉⠁
   0 ┤                                         ⠑⠢●⡠⠤⠒⠊⠉
     └┬─────────────┬──────────────┬─────────────┬──────────────┬─────────────┬
      0             1              2             3              4             5
                                      distance
      product
 distance  product  spread
        0   2.0000       0
        1   1.5403       0
        2   0.5837       0
        3   0.0096       0
        4   0.3456       0
spread: largest less smallest over the query's position; 0: the distance decides
> positions sinusoid --len 3 --width 3 --base 16
P[p, j] = sin(p / 16^(2j/3)), P[p, 2 + j] = cos of the same
fixed, no parameters; dimension 0 turns once in 6.28 positions, the slowest once in 39.9
sinusoid positions, sines then cosines  [3,3]
 position   sin 0   sin 1    cos 0
        0  0.0000  0.0000   1.0000
        1  0.8415  0.1568   0.5403
        2  0.9093  0.3098  -0.4161
value
  1.0 ┤■⠒⠒⠤⠤⣀⣀
      │       ⠉⠉⠒⠒⠤⠤⣀⣀                   ⢀⡠●⠤⠤⠤⠤⠤⠤⠤⠤⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠉⠉⠉⠉⠉⠉⠉⠉●
      │               ⠉⠉⠒⠒⠤⠤⣀⣀       ⢀⡠⠔⠊⠁
      │                       ⠉⠉⠒⣒⠤⠶⣉⣁
      │                     ⢀⡠⠔⠒⠉     ⠉⠉⠒⠒⠤■⡀
  0.5 ┤                 ⣀⡠⠔⠊⠁               ⠈⠑⠢⢄⡀
      │             ⣀⠤⠒⠉                        ⠈⠑⠢⣀                        ⣀⣀○
      │        ⢀⡠⠔⠊⠉                                ⣉⣒⣤⣀⣀⣀⠤⠤⠤⠤⠤⠤⠒⠒⠒⠒⠒⠒⠉⠉⠉⠉⠉⠉
      │    ⣀⠤⠔⠊⠁            ⢀⣀⣀⣀⣀⣀⡠⠤⠤⠤⠤⠤⠔⠒⠒○⠒⠒⠉⠉⠉⠉⠉⠉    ⠉⠢⢄⡀
    0 ┤○⣤⣒⡩⠤⠤⠤⠤⠤⠔⠒⠒⠒⠒⠒⠊⠉⠉⠉⠉⠉⠁                              ⠈⠑⠢⢄⡀
      │                                                        ⠈⠑⠤⣀
      │                                                            ⠉⠒⠤⣀
      │                                                                ⠑⠢⢄⡀
      │                                                                   ⠈⠑⠢⢄⡀
 -0.5 ┤                                                                       ■
      └┬───────────────────────────────────┬──────────────────────────────────┬
       0                                   1                                  2
                                       position
       ● sin 0   ○ sin 1   ■ cos 0
sinusoid positions, sines then cosines  rows: position, columns: dimension
          0    1    2
   0     ░░   ░░   ██
   1     ██   ▒▒   ▓▓
   2     ██   ▒▒
      -0.416 [ ░▒▓█] 1   scale max
product of two positions' vectors, by distance
product
  1.5 ┤
      │
      │
  1.0 ┤●⢄⣀⣀
      │    ⠉⠉⠑⠒⠒⠤⠤⠤⣀⣀⡀
      │              ⠈⠉⠉⠒⠒⠢⠤⠤⣀⣀⡀
      │                        ⠈⠉⠉⠒⠒⠒⠤⠤⢄⣀⣀
  0.5 ┤                                   ⠉●⠒⠤⢄⡀
      │                                        ⠈⠉⠒⠤⣀⡀
      │                                             ⠈⠑⠒⠤⣀⡀
      │                                                  ⠈⠑⠒⠤⣀
    0 ┤                                                       ⠉⠑⠢⠤⣀
      │                                                            ⠉⠑⠢⠤⣀
      │                                                                 ⠉⠒⠢⢄⣀
 -0.5 ┤                                                                      ⠉●
      └┬───────────────────────────────────┬──────────────────────────────────┬
       0                                   1                                  2
                                       distance
       product
 distance  product  spread
        0   1.0402  0.0960
        1   0.5646  0.0486
        2  -0.4161
spread: largest less smallest over the query's position; 0: the distance decides
> positions learned --len 4
this model stores no table: enc.pos is the sinusoid, by formula
P[p, j] = sin(p / 10000^(2j/24)), P[p, 12 + j] = cos of the same
fixed, no parameters; dimension 0 turns once in 6.28 positions, the slowest once in 2.916e+04
sinusoid positions, sines then cosines  [4,24]
 position   sin 0   sin 3   sin 6   sin 9    cos 0   cos 3   cos 6   cos 9
        0  0.0000  0.0000  0.0000  0.0000   1.0000  1.0000  1.0000  1.0000
        1  0.8415  0.0998  0.0100  0.0010   0.5403  0.9950  0.9999  1.0000
        2  0.9093  0.1987  0.0200  0.0020  -0.4161  0.9801  0.9998  1.0000
        3  0.1411  0.2955  0.0300  0.0030  -0.9900  0.9553  0.9996  1.0000
value
 1.0 ┤
     │                                 ⢀⣀⣀⣀⣀⣀⡠⠤⠤⠤⠤⠤⠔⠒⠒●⢄
     │                       ⡠●⠒⠒⠊⠉⠉⠉⠉⠉⠁                ⠑⢄
 0.8 ┤                     ⡠⠊                             ⠑⢄
     │                   ⡠⠊                                 ⠑⠢⡀
     │                 ⢀⠎                                     ⠈⠢⡀
 0.6 ┤               ⢀⠔⠁                                        ⠈⠢⡀
     │             ⢀⠔⠁                                            ⠈⠢⡀
 0.4 ┤           ⢀⠔⠁                                                ⠈⠢⡀
     │         ⢀⠔⠁                                                    ⠈⠢⡀
     │       ⢀⠔⠁                                                       ⢀⣈⣑⣄⣀⡠⠤○
 0.2 ┤      ⡔⠁                                      ⢀⣀○⣀⣀⠤⠤⠤⠤⠤⠒⠒⠒⠒⠒⠉⠉⠉⠉⠁   ⠑⢄
     │    ⡠⠊                        ⢀⣀⣀⣀⡠⠤⠤⠤⠔⠒⠒⠒⠊⠉⠉⠉⠁                        ⠑●
     │  ⡠⠊          ⢀⣀⣀⣀⡠⠤⠤⠤⠔⠒○⠒⠊⠉⠉⠉⠁
   0 ┤□⣊⣠⣤⣤⣤⣔⣒⣒⣒⣊⣉⣩⣭⣥⣤⣤⣤⣤⣤⣤⣤⣤⣤□⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤□⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣒⣒⣒⣒⣒⣒⣒⣒⣒⣒⣒□
     └┬───────────────────────┬───────────────────────┬───────────────────────┬
      0                       1                       2                       3
                                      position
      ● sin 0   ○ sin 3   ■ sin 6   □ sin 9
sinusoid positions, sines then cosines  rows: position, columns: dimension
        0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18 19 20 21 22 23
   0   ▒▒ ▒▒ ▒▒ ▒▒ ▒▒ ▒▒ ▒▒ ▒▒ ▒▒ ▒▒ ▒▒ ▒▒ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██
   1   ██ ▓▓ ▓▓ ▒▒ ▒▒ ▒▒ ▒▒ ▒▒ ▒▒ ▒▒ ▒▒ ▒▒ ▓▓ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██
   2   ██ ██ ▓▓ ▒▒ ▒▒ ▒▒ ▒▒ ▒▒ ▒▒ ▒▒ ▒▒ ▒▒ ░░ ▓▓ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██
   3   ▒▒ ██ ██ ▓▓ ▒▒ ▒▒ ▒▒ ▒▒ ▒▒ ▒▒ ▒▒ ▒▒    ▒▒ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██
      -0.99 [ ░▒▓█] 1   scale max
product of two positions' vectors, by distance
product
 13 ┤
    │
    │
 12 ┤●⠉⠒⠒⠒⠢⠤⠤⠤⣀⣀⣀⡀
    │            ⠈⠉⠉⠉⠒⠒⠒⠢⠤⠤⠤⣀●⡀
    │                         ⠈⠉⠒⠢⠤⣀⡀
 11 ┤                               ⠈⠉⠒⠢⠤⣀⣀
    │                                      ⠉⠑⠒⠤⢄⣀
 10 ┤                                            ⠉⠑⠒⠤⢄●
    │                                                  ⠉⠉⠒⠒⠤⠤⣀⡀
    │                                                         ⠈⠉⠑⠒⠢⠤⢄⣀⡀
  9 ┤                                                                 ⠈⠉⠒⠒⠤⠤⣀⣀
    │                                                                         ●
    │
  8 ┤
    └┬───────────────────────┬────────────────────────┬───────────────────────┬
     0                       1                        2                       3
                                      distance
     product
 distance  product  spread
        0  12.0000       0
        1  11.4050       0
        2  10.0662       0
        3   8.9287
spread: largest less smallest over the query's position; 0: the distance decides
> positions relative --len 6 --buckets 8 --max-distance 16
bucket(n) = n for n < 2, else 2 + floor(2 ln(n/2) / ln(16/2)), at most 3; n = |key - query|; 4 more for keys after
added to the scores, not to the embeddings: one learned number for each bucket and head (8 x H parameters),
so the same for every query at the same distance, by construction
 bucket    key - query  distances
      0              0          1
      1             -1          1
      2       -5 to -2          4
      3  -6 and before        all
      5              1          1
      6         2 to 5          4
      7    6 and after        all
bucket over distance
bucket
 8 ┤
   │                                                 ⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀
   │                                                ⡰⠁
 6 ┤                                         ⣀⣀⣀⣀⣀⣀⡰⠁
   │                                        ⡜
   │                                       ⡜
   │                                       ⡇
 4 ┤                                      ⢰⠁
   │                                      ⢸
   │⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⡄           ⢸
   │                          ⠘⡄          ⡎
 2 ┤                           ⠈⠉⠉⠉⠉⠉⠉⢆   ⡇
   │                                  ⠈⢆  ⡇
   │                                   ⠈⢆⢰⠁
 0 ┤                                    ⠈⢾
   └─────────────────┬───────────────────┬───────────────────┬─────────────────
                    -10                  0                  10
                                    key - query
    both directions
bucket of each query and key  rows: query, columns: key
          0    1    2    3    4    5
   0          ██   ██   ██   ██   ██
   1               ██   ██   ██   ██
   2     ░░             ██   ██   ██
   3     ░░   ░░             ██   ██
   4     ░░   ░░   ░░             ██
   5     ░░   ░░   ░░   ░░
      0 [ ░▒▓█] 6   scale max
> positions relative --len 4 --buckets 4 --max-distance 3 --causal
bucket(n) = n for n < 2, else 2 + floor(2 ln(n/2) / ln(3/2)), at most 3; n = query - key, 0 for keys after the query
added to the scores, not to the embeddings: one learned number for each bucket and head (4 x H parameters),
so the same for every query at the same distance, by construction
 bucket    key - query  distances
      0    0 and after        all
      1             -1          1
      2             -2          1
      3  -3 and before        all
bucket over distance
bucket
 3 ┤●⠉⠉⠉⠉⠉⠉⠉⠉●⠢⡀
   │           ⠈⢆
   │             ⠑⢄
   │               ⠑⢄
   │                ⠈⠢⡀
 2 ┤                  ●⠢⡀
   │                    ⠈⠢⡀
   │                      ⠈⠢⡀
   │                        ⠈⠢⡀
 1 ┤                          ⠈⠢●
   │                            ⠈⠢⡀
   │                              ⠈⠢⡀
   │                                ⠈⢆
   │                                  ⠑⢄
 0 ┤                                    ⠑●⣀⣀⣀⣀⣀⣀⣀⣀●⣀⣀⣀⣀⣀⣀⣀⣀⣀●⣀⣀⣀⣀⣀⣀⣀⣀●⣀⣀⣀⣀⣀⣀⣀⣀●
   └┬─────────────────┬──────────────────┬──────────────────┬─────────────────┬
   -4                -2                  0                  2                 4
                                    key - query
    causal
bucket of each query and key  rows: query, columns: key
          0    1    2    3
   0
   1     ░░
   2     ▓▓   ░░
   3     ██   ▓▓   ░░
      0 [ ░▒▓█] 3   scale max
> positions rotary --len 6 --width 4
pair j of q and k, (x_j, x_(j+2)), is turned by p / 10000^(2j/4)
no parameters; nothing is added: queries and keys are turned
angles in radians
 pair  dimensions  turn a position  p=10  full turn after
    0  0, 2                      1    10            6.283
    1  1, 3                   0.01   0.1            628.3
cosine of the angle
value
  1.0 ┤○⠛⠭⣉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉○⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉○⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉○⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉○⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉○
      │    ⠉⠒⠤⣀
      │        ⠉⠒⠤⣀
  0.5 ┤            ⠉⠒●⡀
      │               ⠈⠢⡀
      │                 ⠈⠢⡀                                                  ⢀●
      │                   ⠈⠢⡀                                              ⢀⠔⠁
    0 ┤                     ⠈⠢⡀                                          ⢀⠔⠁
      │                       ⠈⠢⡀                                      ⣀⠔⠁
      │                         ⠈⠢⡀                                  ⡠⠊
      │                           ⠈●⣀                              ⡠⠊
 -0.5 ┤                              ⠉⠢⢄⡀                        ⡠⠊
      │                                 ⠈⠑⠤⣀                 ⣀⠤⠔●
      │                                     ⠑⠢⢄⡀       ⣀⡠⠤⠒⠊⠉
 -1.0 ┤                                        ⠈⠒⠤●⠤⠔⠒⠉
      └┬─────────────┬─────────────┬──────────────┬─────────────┬─────────────┬
       0             1             2              3             4             5
                                       position
       ● pair 0   ○ pair 1
cosine of the angle  rows: position, columns: pair
          0    1
   0     ██   ██
   1     ▓▓   ██
   2     ░░   ██
   3          ██
   4          ██
   5     ▓▓   ██
      -0.99 [ ░▒▓█] 1   scale max
one query and one key, drawn once, turned to their positions: q_p . k_(p+d)
 key - query    query at 0          at 7       at 1000
           0   0.466860763   0.466860763   0.466860763
           1   0.943255842   0.943255842   0.943255842
           2   0.836511306   0.836511306   0.836511306
           4  -0.250227100  -0.250227100  -0.250227100
           8   1.013602652   1.013602652   1.013602652
product of that query and key, by distance
product
  1.0 ┤             ⢀●⠤⢄⣀⣀⣀
      │          ⢀⡠⠒⠁      ⠉⠉⠉⠑⠒⠒⠒⠤●⡀
      │       ⢀⡠⠒⠁                  ⠈⠑⢄
      │    ⢀⠤⠊⠁                        ⠉⠢⡀
      │ ⢀⠤⠊⠁                             ⠈⠑⢄⡀
  0.5 ┤●⠁                                   ⠈⠢⣀
      │                                        ⠑⢄⡀
      │                                          ⠈●⢄
      │                                             ⠑⠢⣀
    0 ┤                                                ⠑⠤⡀
      │                                                  ⠈⠑⢄⡀
      │                                                     ⠈⠒⢄            ⣀⣀⣀●
      │                                                        ⠉●⠒⠒⠒⠉⠉⠉⠉⠉⠉⠉
      │
 -0.5 ┤
      └┬─────────────┬─────────────┬──────────────┬─────────────┬─────────────┬
       0             1             2              3             4             5
                                       distance
       product
 distance  product  spread
        0   0.4669       0
        1   0.9433       0
        2   0.8365       0
        3   0.2570       0
        4  -0.2502       0
spread: largest less smallest over the query's position; 0: the distance decides
> positions learned --width 8
error: a learned table has the width of its model
  positions learned --width 8
                            ^
> positions relative --buckets 7
error: 7 buckets cannot be shared by two directions: an even number, or --causal
> positions relative --buckets 2
error: 2 buckets are too few: at least 4
> positions relative --max-distance 8
error: --max-distance 8: the first 8 distances have a bucket each, so it is at least 9
> positions rotary --width 5
error: rotary positions turn pairs: --width 5 is odd
> positions sinusoid --base 1
error: --base must be above 1
  positions sinusoid --base 1
                            ^
> positions sinusoid --len 0
error: --len must be 1 to 65536, not 0
  positions sinusoid --len 0
                           ^
> positions sinusoid --len 65536 --width 65536
error: 65536 x 65536 numbers are too many to show
  positions sinusoid --len 65536 --width 65536
                           ^~~~~
> positions alibi
error: KIND is one of: sinusoid learned relative rotary; not 'alibi'
  positions alibi
            ^~~~~
> positions
error: positions: KIND is missing
  usage: positions sinusoid|learned|relative|rotary [--len N] [--width N] [--base X] [--buckets N] [--max-distance N] [--causal]
> model load tests/golden/marian/lang
lang: marian, encoder-decoder 2+2 layers, 4+2 heads, d_model 16, vocabulary 103
> positions learned --len 3
P[p] = row p of model.encoder.embed_positions.weight [40, 16]
40 x 16 = 640 parameters; no position after 39 has a row
learned positions  [3,16]
 position       d0       d4       d8      d12
        0  -0.3530  -1.7144   0.4622   0.0578
        1   0.3032   0.3503   0.7667  -0.8016
        2   0.2593  -0.6645  -0.9565  -0.8085
value
  1.0 ┤
      │                     ⢀⣀⣀⣀⣀⣀⡠⠤⠤⠤⠤⠤⠔⠒⠒■⠤⣀
  0.5 ┤■⣀⣀⡠⠤⠤⠤⠤⠤⠔⠒⠒⠒⠒⠒⠊⠉⠉⠉⠉⠉⠁                 ⠉⠒⠤⣀
      │                                ⣀⣀⣀⠤○⠤⠤⣤⡤⠤⠤⠭⠵⠦⢤⡤⠤⠤⠤⠤⠤⠤⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀●
      │□⡀                   ⣀⣀⣀⠤⠤⠔⠒⠒⠊⢉⡩⠒⠉      ⠈⠉⠑⠒⠤⠤⣀⣈⠑⠢⠤⣀
    0 ┤ ⠈⠉⠑⠒⠒⠤⠤⣀⣀⣀⣀⡠⠤⠤⠔⠒⠒⠊⠉⠉      ⡠⠔⠊⠁                 ⠉⠑⠒⠢⠭⣒⣤⣀
      │●⡠⠤⠤⠔⠒⠒⠉⠉⠉⠈⠉⠑⠒⠒⠤⠤⣀⣀⡀   ⣀⠤⠒⠉                            ⠉⠙⠒⠢⢤⣀⣀
 -0.5 ┤                   ⢈⡩⠕⠚⠒⠤⠤⣀⣀⡀                               ⠈⠑⠫⢍⣒⠢⠤⢄⣀
      │                ⣀⠤⠊⠁        ⠈⠉⠑⠒⠒⠤⠤⣀□⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀           ⠉⠒⠤⣀⠉⠉○
 -1.0 ┤            ⢀⡠⠒⠉                                      ⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠛□
      │         ⡠⠔⠊⠁
      │     ⣀⠤⠒⠉
 -1.5 ┤ ⢀⡠⠔⠊
      │○⠁
 -2.0 ┤
      └┬───────────────────────────────────┬──────────────────────────────────┬
       0                                   1                                  2
                                       position
       ● d0   ○ d4   ■ d8   □ d12
learned positions  rows: position, columns: dimension
        0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15
   0   ▒▒ ▒▒ ▒▒ ░░    ▓▓ ░░ ▒▒ ▓▓ ▓▓ ░░ ▒▒ ▒▒ ▒▒ ▒▒ ██
   1   ▓▓ ▒▒ ░░ ░░ ▓▓ ▒▒ ▓▓ ░░ ▓▓ ██ ░░ ▓▓ ░░ ░░ ▒▒
   2   ▓▓ ▓▓ ▓▓ ░░ ░░ ▓▓ ▓▓ ▒▒ ░░ ██ ▒▒ ▓▓ ░░ ░░ ▒▒ ▒▒
      -1.71 [ ░▒▓█] 1.39   scale max
product of two positions' vectors, by distance
product
 8 ┤
   │
   │○⢖⡒⠒⠒⠒⠢⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⡀
 6 ┤  ⠈⠒⠤⡀                         ⠈⠉⠉⠉⠉⠉○⠉⠉⠑⠒⠒⠒⠒⠢⠤⠤⠤⠤⠤⣀⣀⣀⣀⣀
   │     ⠈⠑⠢⣀                                               ⠉⠉⠉⠉⠉⠑⠒⠒⠒⠒⠒⠤⠤⠤⠤⠤⣀⣀○
   │         ⠉⠢⢄⡀
   │            ⠈⠒⠤⡀
 4 ┤               ⠈⠑⠢⣀
   │                   ⠉⠢⢄⡀
   │                      ⠈⠒⠤⡀
   │                         ⠈⠑⠢⣀
 2 ┤                             ⠉⠢⢄⡀
   │                                ⠈⠒⠤⡀
   │                                   ⠈⠑●⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤●
 0 ┤
   └┬────────────────────────────────────┬────────────────────────────────────┬
    0                                    1                                    2
                                     distance
    ● learned   ○ sinusoid
 distance  product  spread  sinusoid
        0   6.7748  2.9948    6.7748
        1   0.6750  2.8896    6.3388
        2   0.6690            5.3930
spread: largest less smallest over the query's position; 0: the distance decides
sinusoid: of the same width, brought to the same product at distance 0
> positions learned --len 41
error: the table has 40 positions, not 41
> model unload
lang is closed
> positions learned
error: no model is open: a learned table is a model's
  from formulas: positions sinusoid, relative, rotary
> lua local p = rasad.positions{"relative", len = 3}; print(p.kind, p.buckets[2].from, p.map)
relative	-1	f32[query=3, key=3]  36 B
mean 6.222  sd 7.885  min 0  max 18  norm 30.13
       0      1      2
 0  0.00  17.00  18.00
 1  1.00   0.00  17.00
 2  2.00   1.00   0.00
