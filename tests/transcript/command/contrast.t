#! exit 1
> contrast
error: contrast needs a source: type a sentence with 'input TEXT'
> input علی به مدرسه می‌رود
source: 19 characters, 36 bytes, right-to-left
> contrast
Y = enc.0.resid_pre  [N, D] = [6, 128]; A = Y Y^T [6, 6]; W drawn
 map             parameters                         numbers  output     bits
 softmax(A W) Y  N^2 = 6^2                               36  [6,128]    0.00
 N x N to D x D  N^2 D^2 = 6^2 x 128^2               589824  [128,128]
 attention       3 (D K + K) = 3 x (128 x 32 + 32)    12384  [6,32]     0.98
its 16384 outputs, from drawn weights: sd 14
rows: position, columns: position
      softmax(A)     softmax(A W)   enc.0.self.pattern.h0
       0 1 2 3 4 5    0 1 2 3 4 5    0 1 2 3 4 5
   0  ██               ██           ░░▒▒░░                 ▁علی
   1    ██             ██             ░░▒▒░░               ▁به
   2      ██           ██                 ██               ▁مدرسه
   3        ██         ██                   ░░▒▒           ▁می
   4          ██         ██                   ██           ▁رود
   5            ██           ██               ██           </s>
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1
 parameters at N =           6       7       12         512
 softmax(A W)               36      49      144      262144
 N x N to D x D         589824  802816  2359296  4294967296
 enc.0.self.pattern.h0   12384   12384    12384       12384
the sentence twice over, 12 tokens: the head's pattern is [12,12] now, from the same 12384 parameters
softmax(A W): A [12,12] and W [6,6] do not fit; another W has to be learned
> contrast dec.1.self.h2
error: there is no target yet for a head of the decoder
  run first
> contrast enc.1.cross
error: enc.1.cross: only decoder layers have cross-attention
  contrast enc.1.cross
           ^~~~~~~~~~~
> contrast enc.0.mlp.pre
error: enc.0.mlp.pre [B,S,F] is no map of queries by keys
  contrast enc.0.mlp.pre
           ^~~~~~~~~~~~~
  maps are named scores and pattern; print enc.0.mlp.pre shows these values
> run
Ali goes to school    5 tokens and the end token, log p -0.0673
> contrast dec.1.self.h2
Y = dec.0.norm3  [N, D] = [7, 128]; A = Y Y^T [7, 7]; W drawn
 map             parameters                         numbers  output     bits
 softmax(A W) Y  N^2 = 7^2                               49  [7,128]    0.03
 N x N to D x D  N^2 D^2 = 7^2 x 128^2               802816  [128,128]
 attention       3 (D K + K) = 3 x (128 x 32 + 32)    12384  [7,32]     1.43
its 16384 outputs, from drawn weights: sd 5.46
rows: position, columns: position
      softmax(A)       softmax(A W)     dec.1.self.pattern.h2
       0 1 2 3 4 5 6    0 1 2 3 4 5 6    0 1 2 3 4 5 6
   0  ██                 ██             ██                     <pad>
   1    ██               ██             ██                     ▁Ali
   2      ██             ██             ░░░░▒▒                 ▁go
   3        ██           ██             ░░░░  ░░               es
   4          ██           ██           ▒▒░░  ░░               ▁to
   5            ██       ██                 ▒▒                 ▁school
   6              ██       ██                       ░░         </s>
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1
 parameters at N =           7        8       14         512
 softmax(A W)               49       64      196      262144
 N x N to D x D         802816  1048576  3211264  4294967296
 dec.1.self.pattern.h2   12384    12384    12384       12384
the sentence twice over, 14 tokens: the head's pattern is [14,14] now, from the same 12384 parameters
softmax(A W): A [14,14] and W [7,7] do not fit; another W has to be learned
> contrast dec.1.cross.h0
error: dec.1.cross.pattern: queries and keys come from two sequences; contrast takes self-attention
  contrast dec.1.cross.h0
           ^~~~~~~~~~~~~~
> model load tests/golden/marian/swish-3h
swish-3h: marian, encoder-decoder 2+3 layers, 3 heads, d_model 24, vocabulary 100
> input --ids 5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,0
source: 27 ids, taken as given
> contrast enc.1.self.h2
Y = enc.0.norm2  [N, D] = [27, 24]; A = Y Y^T [27, 27]; W drawn
 map             parameters                      numbers  output   bits
 softmax(A W) Y  N^2 = 27^2                          729  [27,24]  0.00
 N x N to D x D  N^2 D^2 = 27^2 x 24^2            419904  [24,24]
 attention       3 (D K + K) = 3 x (24 x 8 + 8)      600  [27,8]   4.18
its 576 outputs, from drawn weights: sd 1.04
rows: position, columns: position
      softmax(A)                    softmax(A W)
      0    5    10   15   20   25   0    5    10   15   20   25
   0  ░                                                   █      n
   1   █                                                  █      ج
   2    ▓                                                 █      u
   3     ▓                                                █      ▁read
   4      ▓                                               █      ▁باران
   5       █                                              █      پ
   6                                                      █      k
   7         ░                                            █      t
   8          ░                                           █      ▁see
   9           █                                          █      f
  10            ▒                                         █      ۱
  11             ▒                                        █      ▁بیشتر
  12              █                                       █      ٫
  13               ░                                      █      ف
  14                ░                                     █      ع
  15                 ▓                                    █      ۵
  16                  ░                                   █      ی
  17                   ▓                                  █      ▁خواهیم
  18                    █                                 █      گ
  19                     ▓                                █      م
  20                      ▓                               █      ▁دید
  21                       ░                              █      ▁دوستانمان
  22                 ░      ░                             █      ▁دانشجویی
  23                         ▓                            █      ؟
  24      ░                   ░                           █      e
  25                           ▒                          █      ‹ZWNJ›
  26                            █                         █      </s>
      enc.1.self.pattern.h2
      0    5    10   15   20   25
   0         ░                     n
   1                               ج
   2                               u
   3   ░                           ▁read
   4                               ▁باران
   5         ░                     پ
   6                               k
   7                               t
   8                               ▁see
   9   ░                           f
  10                               ۱
  11                               ▁بیشتر
  12                               ٫
  13                               ف
  14                               ع
  15                               ۵
  16                               ی
  17                               ▁خواهیم
  18         ░                     گ
  19         ░                     م
  20                               ▁دید
  21                               ▁دوستانمان
  22                               ▁دانشجویی
  23                               ؟
  24                               e
  25         ░                     ‹ZWNJ›
  26                               </s>
      .2░ .4▒ .6▓ .8█   scale 0-1
 parameters at N =          27      28       54        512
 softmax(A W)              729     784     2916     262144
 N x N to D x D         419904  451584  1679616  150994944
 enc.1.self.pattern.h2     600     600      600        600
the sentence twice over, 54 tokens: the head's pattern is [54,54] now, from the same 600 parameters
softmax(A W): A [54,54] and W [27,27] do not fit; another W has to be learned
