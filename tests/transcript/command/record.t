#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> set precision 3
> input --ids 5,6
source: 2 ids, taken as given
> record walk.rec
> echo one
one
> next
embeddings  done, enc.0.resid_pre [2,24]
> record off
recorded 2 commands
> !sed "s/^/in the file: /" walk.rec
in the file: # rasad record 1
in the file: # model swish-3h a340c9251a273b9c
in the file: # machine avx512, 2 threads, 0.1.0
in the file: # width 80, color never, seed 0
in the file: + set precision 3
in the file: + set times off
in the file: + input --ids 5,6
in the file: > echo one
in the file: one
in the file: > next
in the file: embeddings  done, enc.0.resid_pre [2,24]
in the file: > record off
> record off
error: nothing is recorded; 'record FILE' begins
> record /no/such/folder/walk.rec
error: cannot write '/no/such/folder/walk.rec': No such file or directory
  record /no/such/folder/walk.rec
         ^~~~~~~~~~~~~~~~~~~~~~~~
> record
error: record: FILE is missing
  usage: record FILE
