#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,0
source: 20 ids, taken as given
> rank
error: rank needs a run: type 'run', or 'start' to go step by step
> start
At enc.embed, nothing computed.
> finish
/encoder done: .*/
> rank --tolerance 0.0001
 head           Q K^T  rank  most  90%  pattern  Wq Wk^T  most  90%
 enc.0.self.h0  20x20     8     8    4       17        8     8    5
 enc.0.self.h1  20x20     8     8    5       17        8     8    5
 enc.0.self.h2  20x20     8     8    5       20        8     8    5
 enc.1.self.h0  20x20     8     8    1       20        8     8    5
 enc.1.self.h1  20x20     8     8    3       20        8     8    6
 enc.1.self.h2  20x20     8     8    2       20        8     8    6
rank: singular values above 0.0001 of the largest; most: what the sizes allow,
min(queries, keys, d_k) and min(d_model, d_k); 90%: how many hold nine tenths of the sum of squares
> rank enc.0.self.h1 --tolerance 0.1
 head           Q K^T  rank  most  90%  pattern  Wq Wk^T  most  90%
 enc.0.self.h1  20x20     7     8    5       10        8     8    5
singular values, as shares of the largest
share
       │■⠛⠒⠶⠶⠶⠶■⠶⠶⠶⠶⠶⣒⣒■⣒⠒⠒⠒⠢⠤○⠤⢄⣀⣀⣀
       │                 ⠉⠉⠙⠓⠲■⢦⣄⡀  ⠉○⠉⠑⠒⠒⢄
   0.1 ┤                        ⠈⠙⠃        ⠱⡀
       │                                    ⠈○⠤⠤⣀⣀⣀
       │                                           ⠉○⠢⡀
       │                                              ⠘⢄
 0.001 ┤                                                ⠉⠒⠤⢄○
       │                                                    ⠈⠑⠢⢄⣀⣀⣀○
       │                                                            ⢣
       │                                                             ⠱⡀
 1e-05 ┤                                                              ⠱⣀⣀⣀⣀○
       │                                                                   ⠘⢄
       │                                                                     ⠣⡀
       │                                                                      ⠑
 1e-07 ┤
       └───────────────┬─────────────────┬──────────────────┬─────────────────┬
                       5                10                 15                20
                                        number
        ● Q K^T   ○ pattern   ■ W_Q W_K^T
        y axis logarithmic
rank: singular values above 0.1 of the largest; most: what the sizes allow,
min(queries, keys, d_k) and min(d_model, d_k); 90%: how many hold nine tenths of the sum of squares
> rank enc.0.self.q
error: enc.0.self.q [B,H,S,K] is no map of queries by keys
  rank enc.0.self.q
       ^~~~~~~~~~~~
  maps are named scores and pattern; print enc.0.self.q shows these values
> rank --tolerance 2
error: --tolerance is a share: at least 0, below 1
  rank --tolerance 2
                   ^
> rank dec.0.self
error: dec.0.self.pattern is not computed yet
  rank dec.0.self
       ^~~~~~~~~~
  until dec.0.self.pattern runs to it
