#! exit 1
> run علی به مدرسه می‌رود
Ali goes to school    5 tokens and the end token, log p -0.0673
> sparsity
enc.*.self, layers by heads  rows: layers, columns: heads
      share under 0.01   mass in the top 3
       0 1 2 3            0 1 2 3
   0  ▒▒    ▒▒           ██▓▓████
   1                     ▓▓▓▓▓▓▓▓
   2  ░░                 ████████
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1
share under 0.01
 layer    h0    h1    h2    h3  mean
     0  0.42  0.03  0.11  0.44  0.25
     1  0.00  0.00  0.03  0.08  0.03
     2  0.22  0.03  0.19  0.19  0.16
mass in the top 3
 layer    h0    h1    h2    h3  mean
     0  0.98  0.78  0.89  0.99  0.91
     1  0.80  0.72  0.79  0.78  0.77
     2  0.93  0.83  0.92  0.93  0.90
dec.*.self, layers by heads  rows: layers, columns: heads
      share under 0.01   mass in the top 3
       0 1 2 3            0 1 2 3
   0  ▒▒▒▒░░▒▒           ████████
   1  ▒▒                 ██▓▓████
   2        ▒▒           ████████
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1
share under 0.01
 layer    h0    h1    h2    h3  mean
     0  0.54  0.40  0.31  0.52  0.44
     1  0.45  0.00  0.00  0.00  0.11
     2  0.13  0.00  0.00  0.53  0.16
mass in the top 3
 layer    h0    h1    h2    h3  mean
     0  1.00  0.96  0.93  1.00  0.97
     1  1.00  0.80  0.86  0.92  0.89
     2  0.96  0.83  0.83  1.00  0.90
dec.*.cross, layers by heads  rows: layers, columns: heads
      share under 0.01   mass in the top 3
       0 1 2 3            0 1 2 3
   0    ▒▒▒▒             ████████
   1  ▓▓▒▒▓▓▓▓           ████████
   2  ░░▒▒▒▒▒▒           ████████
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1
share under 0.01
 layer    h0    h1    h2    h3  mean
     0  0.17  0.56  0.50  0.03  0.31
     1  0.78  0.53  0.69  0.72  0.68
     2  0.39  0.58  0.53  0.58  0.52
mass in the top 3
 layer    h0    h1    h2    h3  mean
     0  0.86  0.99  0.96  0.80  0.90
     1  1.00  0.97  1.00  0.99  0.99
     2  0.96  0.98  0.99  0.94  0.97
masked keys do not count; of the mass, nor do rows that see no more than 3 keys
> sparsity dec.*.cross --under 0.05 --top 1
dec.*.cross, layers by heads  rows: layers, columns: heads
      share under 0.05   mass in the top 1
       0 1 2 3            0 1 2 3
   0  ░░▓▓▓▓             ▒▒████▒▒
   1  ██▓▓▓▓▓▓           ██▓▓████
   2  ▓▓▓▓▓▓▓▓           ▓▓██████
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1
share under 0.05
 layer    h0    h1    h2    h3  mean
     0  0.33  0.67  0.64  0.19  0.46
     1  0.81  0.64  0.78  0.78  0.75
     2  0.64  0.75  0.75  0.61  0.69
mass in the top 1
 layer    h0    h1    h2    h3  mean
     0  0.47  0.83  0.81  0.44  0.64
     1  0.98  0.79  0.91  0.90  0.89
     2  0.74  0.87  0.92  0.81  0.83
masked keys do not count; of the mass, nor do rows that see no more than 1 key
> sparsity --under 2
error: --under is a weight: above 0, at most 1
  sparsity --under 2
                   ^
> sparsity --top 0
error: --top must be 1 to 64, not 0
  sparsity --top 0
                 ^
> start
At enc.embed, nothing computed.
> until dec.0.self
at dec.0.self.q  dec.0.resid_pre W^T + b, W[128, 128], split into 4 heads of 32
> sparsity dec.*.cross
error: dec.0.cross.pattern is not computed yet
  sparsity dec.*.cross
           ^~~~~~~~~~~
  until dec.0.cross.pattern runs to it
