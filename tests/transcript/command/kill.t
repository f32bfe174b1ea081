#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> forward
one pass over 8 source and 1 target token; nothing is generated
> kill
the computed state is dropped; input, breaks and interventions stay
> kill
error: kill needs a run: type 'run', or 'start' to go step by step
