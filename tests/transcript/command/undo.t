#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> ablate enc.0.self.h1
enc.0.self.z.h1 set to zero (undo removes it)
> undo
removed: enc.0.self.h1 zero
> undo
error: there is no intervention to undo
