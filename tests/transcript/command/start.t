#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> start
At enc.embed, nothing computed.
> print enc.embed
error: enc.embed is not computed yet
  print enc.embed
        ^~~~~~~~~
  until enc.embed runs to it
