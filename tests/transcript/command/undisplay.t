#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> display where
1: where
> undisplay 1
1 removed
> undisplay 4
error: there is no display 4
> step
enc  embed [8,24] -> pos [8,24] -> resid_pre [8,24]
