#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 5,6,7,8,0
source: 5 ids, taken as given
> run --max 3
۷بخانه    3 tokens (the limit: set max-new, or run --max N), log p -3.9764
> =rasad.run()
$1 = run of swish-3h at end: ۷بخانه
> =dec[1].cross.pattern.h[2]
$2 = dec.1.cross.pattern.h2  f32[B=1, T=3, S=5]  60 B
mean 0.2  sd 0.02004  min 0.1559  max 0.237  norm 0.7785
         0       1       2       3       4
 0  0.2063  0.1935  0.1981  0.2091  0.1930  <pad>
 1  0.2213  0.1559  0.2084  0.2370  0.1773  ۷
 2  0.2123  0.1779  0.1872  0.2253  0.1973  ب
> =enc[1].self.pattern.h0:argmax("S'")
$3 = f32[B=1, S=5]  20 B
mean 4.2  sd 0.4  min 4  max 5  norm 9.434
        0      1      2      3      4
 0  4.000  4.000  4.000  5.000  4.000
> =probs["خانه"]
$4 = f32[T=3]  12 B
mean 0.315  sd 0.4362  min 0.00551  max 0.9318  norm 0.9319
      0       1       2
 0.0076  0.0055  0.9318
> =probs["خانه"]@1
$5 = 0.0055103
> =rank("خانه"), prob("خانه")
$6 = 1
$7 = 0.931849
> =enc[5].self.pattern
error: layer 5: the encoder of this model has layers 0-1
> =dec[1].crss.pattern:sum()
error: no site matches `dec.1.crss.pattern` (did you mean `cross`?   (dec.1 has: resid_pre self norm1 resid_self cross norm2 resid_cross mlp norm3 resid_post))
> =rasad.topk(2)
$8 = step 2 after ب
 #  id      p   log p                                piece
 1  38  0.932  -0.071  ████████████████████  chosen  خانه
 2   0  0.028  -3.578  ▋                             </s>
98 more, total 0.0402
> =rasad.topk(2).candidates[1].piece
$9 = خانه
> =rasad.run():step()
$10 = end
nil
> =enc[0].mlp.pre.shape.F, #enc.out, enc.out.axes
$11 = 40
$12 = 1
$13 = {"B", "S", "D"}
> condition 9 rank("x") == 1
error: there is no break 9: no breaks are set
> break dec.1.cross.pattern if rank("خانه") == 1
break 1: dec.1.cross.pattern if rank("خانه") == 1
> run --max 3
۷بخانه    3 tokens (the limit: set max-new, or run --max N), log p -3.9764
> delete 1
1 deleted
> watch rank("خانه")
watch 2: rank("خانه")
> start
At enc.embed, nothing computed.
> continue
step 0  p 0.024  ۷
watch 2, rank("خانه"): 64 -> 6
> =m.n
error: lua:1: attempt to index a nil value (global 'm')
