#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> scale enc.0.self.h1 0.5
enc.0.self.z.h1 multiplied by 0.5 (undo removes it)
> forward
one pass over 8 source and 1 target token; nothing is generated
> scale enc.0.self.h1 x
error: FACTOR is a number, not 'x'
  scale enc.0.self.h1 x
                      ^
