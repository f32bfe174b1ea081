#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> detok 5,6,7
nجu
> detok 5 6 7 0
nجu
> detok --source 5
n
> detok 5,1000
error: id 1000 has no piece in this vocabulary, whose ids are 0-99
  detok 5,1000
        ^~~~~~
> detok
error: detok: IDS is missing
  usage: detok [--source] IDS...
