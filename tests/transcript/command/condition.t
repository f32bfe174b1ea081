#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> break dec.0.self.pattern
break 1: dec.0.self.pattern
> condition 1 false
break 1 stops if false
> condition 1
break 1 stops always
> condition 7 true
error: there is no break 7 (see: info breaks)
> info breaks
 #  kind   on   hits  ignore  commands  what
 1  break  yes     0       0         0  dec.0.self.pattern
