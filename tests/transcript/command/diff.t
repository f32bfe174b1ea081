#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> diff
error: no run is saved to compare with
  save-run NAME saves the present one
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> run --max 4
۷بخانهص    4 tokens (the limit: set max-new, or run --max N), log p -4.1773
> diff
error: no run is saved to compare with
  save-run NAME saves the present one
> save-run clean
clean is the present run
> diff
 run        score  output
 present  -4.1773  ۷بخانهص
 clean    -4.1773  ۷بخانهص
 step      p      p  present  clean
    0  0.026  0.026  ۷        ۷
    1  0.840  0.840  ب        ب
    2  0.934  0.934  خانه     خانه
    3  0.756  0.756  ص        ص
both say the same
105 values compared: all are the same
> goto logits@2
at logits, step 2  dec.2.norm3 W^T + b, W[100, 24]
> finish
decoder step done: logits [3,100], 3 layers, {{.+}}
> choose #2
step 2  p 0.026  </s>  (chosen by you)
at choice, step 3  the generation is over: run starts again, remit goes back
> continue
at choice, step 3  the generation is over: run starts again, remit goes back
۷ب    2 tokens and the end token, log p -7.4917
> diff
 run        score  output
 present  -7.4917  ۷ب
 clean    -4.1773  ۷بخانهص
 step      p      p  present  clean
    0  0.026  0.026  ۷        ۷
    1  0.840  0.840  ب        ب
    2  0.026  0.934  </s>     خانه
they part at step 2
  in present the token of clean has p 0.934  خانه
  in clean the token of present has p 0.026  </s>
105 values compared: all are the same
> diff clean present
 run        score  output
 clean    -4.1773  ۷بخانهص
 present  -7.4917  ۷ب
 step      p      p  clean  present
    0  0.026  0.026  ۷      ۷
    1  0.840  0.840  ب      ب
    2  0.934  0.026  خانه   </s>
they part at step 2
  in clean the token of present has p 0.026  </s>
  in present the token of clean has p 0.934  خانه
105 values compared: all are the same
> save-run other
other is the present run
> ablate enc.1.mlp.out
enc.1.mlp.out set to zero (undo removes it)
what is computed already stays as it is until the next run
> run --max 4
که،۴3    4 tokens (the limit: set max-new, or run --max N), log p -4.2928
> diff clean
 run        score  output
 present  -4.2928  که،۴3
 clean    -4.1773  ۷بخانهص
 step      p      p  present  clean
    0  0.041  0.026  ▁که      ۷
they part at step 0
  in present the token of clean has p 0.014  ۷
  in clean the token of present has p 0.023  ▁که
 layer            share                difference  positions  most in
 enc.embed            0                         0          8
 enc.pos              0                         0          8
 enc.0.resid_pre      0                         0          8
 enc.0                0                         0          8
 enc.1                1  ████████████        8.14          8  enc.1.mlp.out
 dec.embed            0                         0          1
 dec.pos              0                         0          1
 dec.0.resid_pre      0                         0          1
 dec.0              1.1  ████████████        1.68          1  dec.0.cross.scores
 dec.1             0.72  ████████▋           1.03          8  dec.1.cross.v
 dec.2             0.72  ████████▊              1          1  dec.2.cross.out
 logits            0.78  █████████▍          1.56          1
 probs             0.43  █████▏            0.0174          1
> diff clean dec.*.resid_post
 site              share                        difference  positions
 dec.0.resid_post   0.14  ██▉                        0.354          1
 dec.1.resid_post   0.18  ███▋                       0.483          1
 dec.2.resid_post   0.37  ███████▍                   0.688          1
> diff clean logits@1
1 value left out: the runs have no positions in common there
> diff/n clean dec.1.cross.pattern.h0
 site                    share                        difference  positions
 dec.1.cross.pattern.h0   0.18  ███▌                      0.0313          1
dec.1.cross.pattern.h0  |present - clean|  largest 0.0313
  rows: target (queries), columns: source (keys)
             0       1       2       3       4       5       6       7
   0    0.0277  0.0313  0.0249  0.0033  0.0298  0.0218  0.0153  0.0011  <pad>
      scale max
      columns:
         0  ط
         1  :
         2  f
         3  k
         4  <unk>
         5  ج
         6  a
         7  </s>
> diff clean other enc.0.self.pattern
 site                share                        difference  positions
 enc.0.self.pattern      0                                 0          8
> diff clean enc.out[0]
error: diff takes no slice: values, heads or steps of them
  diff clean enc.out[0]
             ^~~~~~~~~~
> diff clean othr
error: no run has the name 'othr'
  diff clean othr
             ^~~~
  did you mean 'other'?
> diff clean other enc.9
error: layer 9: the encoder of this model has layers 0-1
  diff clean other enc.9
                   ^~~~~
> diff clean other enc.out dec.out
error: diff takes two runs and a site at most
  diff clean other enc.out dec.out
                           ^~~~~~~
> reset
1 change removed
what is computed already stays as it is until the next run
> input --ids 5,6,7,0
source: 4 ids, taken as given
> run --max 2
۷ب    2 tokens (the limit: set max-new, or run --max N), log p -3.9089
> diff clean enc.out
1 value left out: the runs have no positions in common there (4 source tokens against 8)
> diff clean dec.*.cross.pattern
3 values left out: the runs have no positions in common there (4 source tokens against 8)
> diff clean dec.0.self.pattern
 site                share                        difference  positions
 dec.0.self.pattern      0                                 0          2
