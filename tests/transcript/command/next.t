#! rasad -m tests/golden/marian/swish-3h
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> next
embeddings  done, enc.0.resid_pre [8,24], {{[0-9.]+ (us|ms|s)}}
> next 2
enc.1  done, enc.1.norm2 [8,24], {{[0-9.]+ (us|ms|s)}}
> next
embeddings  done, dec.0.resid_pre [1,24], {{[0-9.]+ (us|ms|s)}}
