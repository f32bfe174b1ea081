#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> patch enc.out from clean
error: no run has the name 'clean': none is saved
  patch enc.out from clean
                     ^~~~~
  save-run NAME saves the present one
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> run --max 4
۷بخانهص    4 tokens (the limit: set max-new, or run --max N), log p -4.1773
> save-run clean
clean is the present run
> input --ids 12,7,61,33,97,20,5,0
source: 8 ids, taken as given
> run --max 4
۷بخانهص    4 tokens (the limit: set max-new, or run --max N), log p -4.2329
> patch enc.out from clean
enc.out taken from the run clean, positions 0-7 (undo removes it)
what is computed already stays as it is until the next run
> run --max 4
۷بخانهص    4 tokens (the limit: set max-new, or run --max N), log p -4.1773
> diff clean
 run        score  output
 present  -4.1773  ۷بخانهص
 clean    -4.1773  ۷بخانهص
 step      p      p  present  clean
    0  0.026  0.026  ۷        ۷
    1  0.840  0.840  ب        ب
    2  0.934  0.934  خانه     خانه
    3  0.756  0.756  ص        ص
both say the same
 layer            share                 difference  positions  most in
 enc.embed          1.7  █████████████        7.78          8
 enc.pos              0                          0          8
 enc.0.resid_pre    1.4  █████████████        7.78          8
 enc.0              1.5  █████████████        14.1          8  enc.0.self.q
 enc.1             0.99  ████████████▉        5.95          8  enc.1.self.scores
 dec.embed            0                          0          4
 dec.pos              0                          0          4
 dec.0.resid_pre      0                          0          4
 dec.0                0                          0          4
 dec.1                0                          0          4
 dec.2                0                          0          4
 logits               0                          0          4
 probs                0                          0          4
> undo
removed: enc.out from clean
what is computed already stays as it is until the next run
> pa dec.1.cross.h0@2 from clean
dec.1.cross.h0@2 taken from the run clean, step 2 (undo removes it)
what is computed already stays as it is until the next run
> run --max 4
۷بخانهص    4 tokens (the limit: set max-new, or run --max N), log p -4.2348
> pa dec.*.resid_post@3 from clean@1
dec.*.resid_post@3 taken from the run clean, step 1, 3 values (undo removes it)
what is computed already stays as it is until the next run
> run --max 4
۷بخانهب    4 tokens (the limit: set max-new, or run --max N), log p -4.1385
> info state
 model       swish-3h
 position    choice, step 4, the generation is over
 search      greedy
 keep        auto
 source      t u ▁ 5 a ۵ n </s>
 target      <pad> ۷ ب خانه ب
 breaks      0
 changes     2
             dec.1.cross.h0@2 from clean: seen 4 times, changed 1
             dec.*.resid_post@3 from clean@1: seen 12 times, changed 3
 named runs  1
> reset
2 changes removed
what is computed already stays as it is until the next run
> patch dec.0.resid_post@9 from clean@1
dec.0.resid_post@9 taken from the run clean, step 1 (undo removes it)
what is computed already stays as it is until the next run
> run --max 4
error: dec.0.resid_post@9 from clean@1: fired 4 times and changed nothing
> undo
removed: dec.0.resid_post@9 from clean@1
what is computed already stays as it is until the next run
> patch enc.out from clean@1
error: enc.out has no decoder steps: it is computed once from the source
  patch enc.out from clean@1
                     ^~~~~~~
> patch dec.1.out from clean@9
error: no site matches `dec.1.out`
  patch dec.1.out from clean@9
        ^~~~~~~~~
  dec.1 has: resid_pre self norm1 resid_self cross norm2 resid_cross mlp norm3 resid_post
> patch dec.1.self.pattern@2 from clean@1
error: dec.1.self.pattern has one key for each step up to its own, so step 1 does not fit into step 2
  patch dec.1.self.pattern@2 from clean@1
                                  ^~~~~~~
> patch enc.out[0,0] from clean
error: patch takes no slice: a value, a head or a step of it
  patch enc.out[0,0] from clean
        ^~~~~~~~~~~~
> patch enc.out from claen
error: no run has the name 'claen'
  patch enc.out from claen
                     ^~~~~
  did you mean 'clean'?
> patch enc.out clean
error: FROM is one of: from; not 'clean'
  patch enc.out clean
                ^~~~~
> patch enc.9.out from clean
error: layer 9: the encoder of this model has layers 0-1
  patch enc.9.out from clean
        ^~~~~~~~~
> input --ids 5,6,7,0
source: 4 ids, taken as given
> patch enc.out from clean
error: enc.out has 8 source positions in the run clean, and 4 here: its values do not fit
  patch enc.out from clean
        ^~~~~~~
  both sentences need the same number of tokens
> patch dec.0.cross.pattern from clean
error: dec.0.cross.pattern has 8 source positions in the run clean, and 4 here: its values do not fit
  patch dec.0.cross.pattern from clean
        ^~~~~~~~~~~~~~~~~~~
  both sentences need the same number of tokens
