#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> info
 model     swish-3h
 position  nothing has been computed
 search    greedy
 keep      auto
 source    none
 target    none
 breaks    0
 changes   none
> info cache
error: nothing is kept yet
  run, or start and step
> info breaks
no breaks and no watches
> break enc.0.self if true
break 1: enc.0.self, stops before enc.0.self.q if true
> watch 1
watch 2: 1
> info breaks
 #  kind   on   hits  ignore  commands  what
 1  break  yes     0       0         0  enc.0.self if true
 2  watch  yes     0       0         0  1
> delete
2 deleted
> display shape
1: shape
> info displays
1: shape
> undisplay
1 removed
> input --ids 80,98,14,0
source: 4 ids, taken as given
> ablate enc.0.self.h1
enc.0.self.z.h1 set to zero (undo removes it)
> run --max 3
بلندندr    3 tokens (the limit: set max-new, or run --max N), log p -3.8399
> info state
 model     swish-3h
 position  choice, step 3, the generation is over
 search    greedy
 keep      auto
 source    ط : f </s>
 target    <pad> ▁ ▁بلندند r
 breaks    0
 changes   1
           enc.0.self.h1 zero: seen 1 times, changed 1
> info cache
 kept                    105 of 105 computed values, 35.4 KiB
 everything              35.4 KiB at these lengths
 residuals and patterns  7.6 KiB
 limit                   2048 MiB (set memory N)
> info terminal
 output         not a terminal
/ TERM .*/
 colour         none
 right-to-left  off: logical order, letters left to right
 width          auto
 cells          auto
> set rows 5
> info sites
 site             axes          state  also called
 enc.embed        [B, S, D]     kept
 enc.pos          [B, S, D]     kept
 enc.0.resid_pre  [B, S, D]     kept
 enc.0.self.q     [B, H, S, K]  kept
 enc.0.self.k     [B, H, S, K]  kept
105 rows (5 shown)
> info weather
error: WHAT is one of: breaks displays sites state cache terminal model history; not 'weather'
  info weather
       ^~~~~~~
