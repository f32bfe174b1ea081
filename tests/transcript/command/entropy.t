#! exit 1
> run علی به مدرسه می‌رود
Ali goes to school    5 tokens and the end token, log p -0.0673
> entropy
enc.*.self, layers by heads  rows: layers, columns: heads
  bits, mean of the rows
          0    1    2    3
   0     ▒▒   ██   ▓▓   ▒▒
   1     ██   ██   ██   ██
   2     ▒▒   ██   ▓▓   ▒▒
      0 [ ░▒▓█] 2.29   scale max
 layer    h0    h1    h2    h3  mean
     0  0.98  1.98  1.62  1.13  1.43
     1  2.11  2.29  2.17  1.98  2.14
     2  1.34  2.02  1.51  1.36  1.56
dec.*.self, layers by heads  rows: layers, columns: heads
  bits, mean of the rows
          0    1    2    3
   0          ░░   ▒▒
   1     ░░   ██   ██   ▓▓
   2     ▒▒   ██   ██
      0 [ ░▒▓█] 1.37   scale max
 layer    h0    h1    h2    h3  mean
     0  0.23  0.40  0.73  0.25  0.40
     1  0.40  1.37  1.23  1.04  1.01
     2  0.68  1.16  1.30  0.26  0.85
dec.*.cross, layers by heads  rows: layers, columns: heads
  bits, mean of the rows
          0    1    2    3
   0     ██   ░░   ░░   ██
   1          ░░
   2     ▒▒   ░░   ░░   ░░
      0 [ ░▒▓█] 2.09   scale max
 layer    h0    h1    h2    h3  mean
     0  1.77  0.77  0.79  2.09  1.35
     1  0.11  0.74  0.32  0.34  0.38
     2  0.97  0.59  0.48  0.72  0.69
0 bits: all weight on one key; log2(keys): evenly on all (6 keys: 2.58)
> entropy dec.*.cross.h1
dec.*.cross, layers by heads  rows: layers, columns: heads
  bits, mean of the rows
          0    1    2    3
   0     ··   ██   ··   ··
   1     ··   ██   ··   ··
   2     ··   ▓▓   ··   ··
      0 [ ░▒▓█] 0.767   scale max   ·· masked
 layer  h0    h1  h2  h3  mean
     0      0.77          0.77
     1      0.74          0.74
     2      0.59          0.59
0 bits: all weight on one key; log2(keys): evenly on all (6 keys: 2.58)
> entropy enc.0.mlp.pre
error: enc.0.mlp.pre [B,S,F] is no map of queries by keys
  entropy enc.0.mlp.pre
          ^~~~~~~~~~~~~
  maps are named scores and pattern; print enc.0.mlp.pre shows these values
> entropy enc.0.self.scores
error: enc.0.self.scores holds no weights: patterns are measured
  entropy enc.0.self.scores
          ^~~~~~~~~~~~~~~~~
> entropy enc.0.self.pattern[0,1]
error: whole patterns are measured: no step and no [slice]
  entropy enc.0.self.pattern[0,1]
          ^~~~~~~~~~~~~~~~~~~~~~~
> entropy enc.9.self
error: layer 9: the encoder of this model has layers 0-2
  entropy enc.9.self
          ^~~~~~~~~~
> kill
the computed state is dropped; input, breaks and interventions stay
> entropy
error: entropy needs a run: type 'run', or 'start' to go step by step
