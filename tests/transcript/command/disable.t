#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> break enc.0.self
break 1: enc.0.self, stops before enc.0.self.q
> disable 1
1 disabled
> info breaks
 #  kind   on  hits  ignore  commands  what
 1  break  no     0       0         0  enc.0.self
> disable 4
error: there is no break 4 (see: info breaks)
  disable 4
          ^
