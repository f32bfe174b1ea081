#! rasad -m tests/golden/marian/swish-3h
#! exit 7
> quit 300
error: STATUS must be 0 to 255, not 300
  quit 300
       ^~~
> quit now
error: STATUS is a whole number, not 'now'
  quit now
       ^~~
> quit 7
