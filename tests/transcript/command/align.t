#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> run علی به مدرسه رفت
که،۴3نوش read دادfگc,'    12 tokens and the end token, log p -6.7031
> align
dec.0.cross.pattern.h0
the sharpest of 9 heads: 0.34 on the strongest word in the mean, 1 of 4 source words reached
 #  target    weight  #  source
 0  که،۴3نوش  0.35    2  مدرسه
 1  read      0.33    2  مدرسه
 2  دادfگc,'  0.34    2  مدرسه
source words that no target word comes from: علی به رف<unk>
source-target: 2-0 2-1 2-2
> align mean
cross-attention
mean of all heads of all layers
 #  target    weight  #  source
 0  که،۴3نوش  0.34    2  مدرسه
 1  read      0.34    2  مدرسه
 2  دادfگc,'  0.33    2  مدرسه
source words that no target word comes from: علی به رف<unk>
source-target: 2-0 2-1 2-2
> align 0.1
dec.0.cross.pattern.h1
as asked
 #  target    weight  #  source
 0  که،۴3نوش  0.36    2  مدرسه
 1  read      0.36    2  مدرسه
 2  دادfگc,'  0.32    2  مدرسه
source words that no target word comes from: علی به رف<unk>
source-target: 2-0 2-1 2-2
> align 0.h1
dec.0.cross.pattern.h1
as asked
 #  target    weight  #  source
 0  که،۴3نوش  0.36    2  مدرسه
 1  read      0.36    2  مدرسه
 2  دادfگc,'  0.32    2  مدرسه
source words that no target word comes from: علی به رف<unk>
source-target: 2-0 2-1 2-2
> align dec.1.cross.pattern.h2
dec.1.cross.pattern.h2
as asked
 #  target    weight  #  source
 0  که،۴3نوش  0.34    2  مدرسه
 1  read      0.33    2  مدرسه
 2  دادfگc,'  0.33    2  مدرسه
source words that no target word comes from: علی به رف<unk>
source-target: 2-0 2-1 2-2
> align foo
error: there is no method `foo`
  align foo
        ^~~
  argmax (the sharpest head), mean (of all heads), or LAYER.HEAD, for example 1.2
> align 0.9
error: head 9: this model has heads 0-2
  align 0.9
        ^~~
> align 9.1
error: layer 9: the decoder of this model has layers 0-2
  align 9.1
        ^~~
> align 0.x
error: `0.x`: a head is named as LAYER.HEAD, for example 1.2
  align 0.x
        ^~~
> align enc.0.self.pattern
error: enc.0.self.pattern is no cross-attention
  align enc.0.self.pattern
        ^~~~~~~~~~~~~~~~~~
> start
At enc.embed, nothing computed.
> align
error: the target has no words yet
  run, or emit a few tokens
