#! # Sites, heads, layers, cells and steps that do not exist: the range is named.
#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 5,6,0
source: 3 ids, taken as given
> run --max 3
۷بخانه    3 tokens (the limit: set max-new, or run --max N), log p -3.9216
> print nothing
error: no site matches `nothing`
  print nothing
        ^~~~~~~
  sites begin with enc, dec, logits or probs
> print enc.2.out
error: layer 2: the encoder of this model has layers 0-1
  print enc.2.out
        ^~~~~~~~~
> print enc.0-2.self.pattern
error: layer 0-2: the encoder of this model has layers 0-1
  print enc.0-2.self.pattern
        ^~~~~~~~~~~~~~~~~~~~
> print dec.3.out
error: layer 3: the decoder of this model has layers 0-2
  print dec.3.out
        ^~~~~~~~~
> print enc.0.cross.pattern
error: enc.0.cross.pattern: only decoder layers have cross-attention
  print enc.0.cross.pattern
        ^~~~~~~~~~~~~~~~~~~
> print enc.0.self.pattern.h3
error: head 3: this model has heads 0-2
  print enc.0.self.pattern.h3
        ^~~~~~~~~~~~~~~~~~~~~
> print enc.0.self.pattern.h1-3
error: head 3: this model has heads 0-2
  print enc.0.self.pattern.h1-3
        ^~~~~~~~~~~~~~~~~~~~~~~
> print enc.0.self.pattern.h2-1
error: heads 2-1: the first is above the last
  print enc.0.self.pattern.h2-1
        ^~~~~~~~~~~~~~~~~~~~~~~
> print enc.0.self.pattern.h-1
error: head -1: this model has heads 0-2
  print enc.0.self.pattern.h-1
        ^~~~~~~~~~~~~~~~~~~~~~
> print enc.0.self.out.h0
error: enc.0.self.out has no heads
  print enc.0.self.out.h0
        ^~~~~~~~~~~~~~~~~
> print enc.out.more
error: no site matches `enc.out.more`
  print enc.out.more
        ^~~~~~~~~~~~
  enc.out has no parts
> print enc.0.self.pattern[0,0,3,0]
error: index 3 of axis S of enc.0.self.pattern: the range is 0-2
  print enc.0.self.pattern[0,0,3,0]
        ^~~~~~~~~~~~~~~~~~~~~~~~~~~
> print enc.0.self.pattern[0,0,0,-4]
error: index -4 of axis S' of enc.0.self.pattern: the range is 0-2
  print enc.0.self.pattern[0,0,0,-4]
        ^~~~~~~~~~~~~~~~~~~~~~~~~~~~
> print enc.0.self.pattern[0,3]
error: index 3 of axis S of enc.0.self.pattern: the range is 0-2
  print enc.0.self.pattern[0,3]
        ^~~~~~~~~~~~~~~~~~~~~~~
> print enc.0.self.pattern[0,0,0,0,0]
error: [...]: at most 4 indices
  print enc.0.self.pattern[0,0,0,0,0]
        ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~
> print enc.0.self.pattern[2:1]
error: 2:1 of axis H of enc.0.self.pattern: it has 3
  print enc.0.self.pattern[2:1]
        ^~~~~~~~~~~~~~~~~~~~~~~
> print enc.0.self.pattern[1x]
error: [1x]: an index is a number, or from:to
  print enc.0.self.pattern[1x]
        ^~~~~~~~~~~~~~~~~~~~~~
> print enc.0.self.pattern[
error: no site matches `enc.0.self.pattern[`
  print enc.0.self.pattern[
        ^~~~~~~~~~~~~~~~~~~
  did you mean `pattern`?   (enc.0.self has: q k v scores pattern z out)
> print dec.0.self.pattern@3
error: step 3 of dec.0.self.pattern: steps 0-2 have been computed
  print dec.0.self.pattern@3
        ^~~~~~~~~~~~~~~~~~~~
> print dec.0.self.pattern@-1
error: @-1: a decoder step is a number from 0, or *
  print dec.0.self.pattern@-1
        ^~~~~~~~~~~~~~~~~~~~~
> print dec.0.self.pattern@99999999999
error: @99999999999: a decoder step is a number from 0, or *
  print dec.0.self.pattern@99999999999
        ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
> print enc.0.self.pattern@0
error: enc.0.self.pattern has no decoder steps: it is computed once from the source
  print enc.0.self.pattern@0
        ^~~~~~~~~~~~~~~~~~~~
> explain enc.0.self.scores[0,0,9,0]
error: index 9 of axis S of enc.0.self.scores: the range is 0-2
  explain enc.0.self.scores[0,0,9,0]
          ^~~~~~~~~~~~~~~~~~~~~~~~~~
> attn enc.0.h3
error: head 3: this model has heads 0-2
  attn enc.0.h3
       ^~~~~~~~
> heads 3
error: layer 3: the decoder of this model has layers 0-2
  heads 3
        ^
> cross 1.3
error: head 3: this model has heads 0-2
  cross 1.3
        ^~~
> layers 3
error: head 3: this model has heads 0-2
  layers 3
         ^
> row 99
error: query 99: the range is 0-2
  row 99
      ^~
> col 99
error: key 99: the range is 0-2
  col 99
      ^~
> top 3 enc.9
error: layer 9: the encoder of this model has layers 0-1
  top 3 enc.9
        ^~~~~
> align 9.9
error: layer 9: the decoder of this model has layers 0-2
  align 9.9
        ^~~
> break enc.9
error: layer 9: the encoder of this model has layers 0-1
> break enc.0.self.z.h3
error: head 3: this model has heads 0-2
> break enc.0@1
error: enc.0 has no decoder steps: it is computed once from the source
> break dec.*.cross.pattern.h3
error: head 3: this model has heads 0-2
> goto dec.0.mlp.out@9
error: pass 9 is not computed up to there
  it stands in pass 3; go forward with step, emit or continue
> until enc.9
error: layer 9: the encoder of this model has layers 0-1
> ablate enc.0.self.z.h3
error: head 3: this model has heads 0-2
> frame 9
error: NUMBER must be 0 to 4, not 9
  frame 9
        ^
> choose #101
error: rank 101: the vocabulary has 100 tokens
  choose #101
         ^~~~
> run --bean 3
error: run has no option '--bean'
  options: --max --min --beam --keep; a text that begins so: input TEXT, then run
> info breaks
no breaks and no watches
> where
#0  choice                  the generation is over: run starts again, remit goes back
#1  dec                     output
#2  dec                     after the layers
#3  decoder                 step 3
#4  generation              3 tokens chosen
