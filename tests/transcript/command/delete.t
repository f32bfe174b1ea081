#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> break enc.0
break 1: enc.0, stops before enc.0.resid_pre
> break enc.1
break 2: enc.1, stops before enc.1.self.q
> delete 1
1 deleted
> info breaks
 #  kind   on   hits  ignore  commands  what
 2  break  yes     0       0         0  enc.1
> delete 9
error: there is no break 9 (see: info breaks)
  delete 9
         ^
> delete -5
error: there is no break -5 (see: info breaks)
  delete -5
         ^~
> delete
1 deleted
> info breaks
no breaks and no watches
