#! rasad -m tests/golden/marian/swish-3h
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> break enc.0.self
break 1: enc.0.self, stops before enc.0.self.q
> disable 1
1 disabled
> run --max 2
۷ب    2 tokens (the limit: set max-new, or run --max N), log p -3.8289
> enable
1 enabled
> run --max 2
break 1, enc.0.self
