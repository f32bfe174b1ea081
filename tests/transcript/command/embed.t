#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> embed a read
error: swish-3h has no sentence embedding
  enc.out holds one vector for each source token: export FILE enc.out
