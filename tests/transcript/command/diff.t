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
> reset
0 changes removed
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> run --max 4
۷بخانهص    4 tokens (the limit: set max-new, or run --max N), log p -4.1773
> save session one.rasad.safetensors
wrote one.rasad.safetensors (315 values; open one.rasad.safetensors shows it)
> ablate dec.1.mlp.out
dec.1.mlp.out set to zero (undo removes it)
what is computed already stays as it is until the next run
> run --max 4
۳t    2 tokens and the end token, log p -4.6833
> save session two.rasad.safetensors logits *.cross.pattern
wrote two.rasad.safetensors (12 values; open two.rasad.safetensors shows it)
> diff one.rasad.safetensors
 run        score  output
 present  -4.6833  ۳t
 one      -4.1773  ۷بخانهص
 step      p      p  present  one
    0  0.068  0.026  ۳        ۷
they part at step 0
  in present the token of one has p 0.057  ۷
  in one the token of present has p 0.018  ۳
 layer            share                difference  positions  most in
 enc.embed            0                         0          8
 enc.pos              0                         0          8
 enc.0.resid_pre      0                         0          8
 enc.0                0                         0          8
 enc.1                0                         0          8
 dec.embed            0                         0          1
 dec.pos              0                         0          1
 dec.0.resid_pre      0                         0          1
 dec.0                0                         0          1
 dec.1                1  ████████████         1.7          1  dec.1.mlp.out
 dec.2                1  ████████████        1.32          1  dec.2.cross.scores
 logits            0.99  ███████████▉        2.68          1
 probs             0.81  █████████▋        0.0548          1
> diff one.rasad.safetensors dec.*.resid_post
 site              share                        difference  positions
 dec.0.resid_post      0                                 0          1
 dec.1.resid_post   0.42  ████████▍                   1.61          1
 dec.2.resid_post   0.74  ██████████████▊             1.42          1
> diff clean two.rasad.safetensors logits
 site    share                        difference  positions
 logits   0.99  ███████████████████▉        2.68          1
> diff one.rasad.safetensors two.rasad.safetensors
 run    score  output
 one  -4.1773  ۷بخانهص
 two  -4.6833  ۳t
 step      p      p  one  two
    0  0.026  0.068  ۷    ۳
they part at step 0
  in one the token of two has p 0.018  ۳
  in two the token of one has p 0.057  ۷
 layer   share                        difference  positions  most in
 dec.0       0                                 0          1
 dec.1       0                                 0          1
 dec.2   0.095  █▉                        0.0139          1  dec.2.cross.pattern
 logits   0.99  ███████████████████▉        2.68          1
101 values were not kept in both
> diff/n one.rasad.safetensors two.rasad.safetensors dec.2.cross.pattern.h0
 site                    share                        difference  positions
 dec.2.cross.pattern.h0  0.079  █▋                        0.0112          1
dec.2.cross.pattern.h0  |one - two|  largest 0.0112
  rows: target (queries), columns: source (keys)
             0       1       2       3       4       5       6       7
   0    0.0112  0.0026  0.0017  0.0088  0.0079  0.0093  0.0030  0.0017  <pad>
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
> diff one.rasad.safetensors two.rasad.safetensors enc.out
error: enc.1.norm2 of two.rasad.safetensors is not part of the document
  diff one.rasad.safetensors two.rasad.safetensors enc.out
                                                   ^~~~~~~
  it has dec.0.cross.pattern, dec.1.cross.pattern, dec.2.cross.pattern, logits; what a document lacks is not computed
> diff one.rasad.safetensors nowhere.rasad.safetensors
error: cannot open 'nowhere.rasad.safetensors': No such file or directory
  diff one.rasad.safetensors nowhere.rasad.safetensors
                             ^~~~~~~~~~~~~~~~~~~~~~~~~
> diff one.rasad.safetensors othr
error: no run has the name 'othr'
  diff one.rasad.safetensors othr
                             ^~~~
  did you mean 'other'?
> runs
 run      score    values  changes  source                  output
 clean  -4.1773  59.5 KiB           ط : f k <unk> ج a </s>  ۷بخانهص
 other  -7.4917  51.9 KiB           ط : f k <unk> ج a </s>  ۷ب
> lua print(#rasad.diff("one.rasad.safetensors", "two.rasad.safetensors").sites)
4
> open --read-only one.rasad.safetensors
one.rasad.safetensors, read-only: 105 values of swish-3h, 8 source tokens, 4 chosen
2 named runs (runs), 34 typed lines (history --session)
> diff two.rasad.safetensors logits
 site    share                        difference  positions
 logits   0.99  ███████████████████▉        2.68          1
> model unload
swish-3h is closed
> diff
error: diff needs a model
  open one with 'model load PATH'
> diff one.rasad.safetensors
error: diff needs a model
  open one with 'model load PATH'
> diff one.rasad.safetensors two.rasad.safetensors logits
 site    share                        difference  positions
 logits   0.99  ███████████████████▉        2.68          1
> shell "cp -rL tests/golden/marian/swish-3h other && chmod -R u+w other && printf x | dd of=other/model.safetensors bs=1 conv=notrunc status=none seek=$(($(stat -c %s other/model.safetensors) - 4))"
> model load other
other: marian, encoder-decoder 2+3 layers, 3 heads, d_model 24, vocabulary 100
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> run --max 4
۷بخانهص    4 tokens (the limit: set max-new, or run --max N), log p -4.1773
> diff one.rasad.safetensors enc.out
the models are different ones: other weights, the same shapes
 site     share                        difference  positions
 enc.out      0                                 0          8
> model load tests/golden/marian/relu-uneven
relu-uneven: marian, encoder-decoder 3+1 layers, 2+4 heads, d_model 32, vocabulary 71
> input --ids 5,6
source: 2 ids, taken as given
> run --max 2
20 33    1 token and the end token, log p -9.2955
> diff one.rasad.safetensors
error: one.rasad.safetensors: it is of swish-3h, whose values are not those of relu-uneven: they cannot be compared
  diff one.rasad.safetensors
       ^~~~~~~~~~~~~~~~~~~~~
