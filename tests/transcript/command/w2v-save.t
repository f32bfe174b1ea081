#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> w2v save v.txt
error: there are no word vectors yet
  w2v train learns them from a text, w2v load reads a file of them
> w2v train علی به مدرسه می‌رود --dim 3 --epochs 1 --seed 5
4 words of 3 numbers, from the text
skip-gram, negative sampling (5 negatives), window 1-5, 3 numbers, 1 epoch, seed 5
4 tokens in 1 sentence; 4 of 4 read were learnt from, 9 pairs
loss {{[0-9.]+}} at first, {{[0-9.]+}} at the end (means of an example)
/[0-9.]+ s, [0-9]+ words a second/
> w2v save v.txt
wrote v.txt: 4 word vectors of 3 numbers, word2vec's text format
> shell head -n 1 v.txt; wc -l < v.txt
4 3
5
> w2v save v.bin
wrote v.bin: 4 word vectors of 3 numbers, word2vec's binary format
> w2v save other --format binary --context
wrote other: 4 context vectors of 3 numbers, word2vec's binary format
> shell wc -c < v.bin; wc -c < other
93
93
> w2v save v.txt --format json
error: --format is one of: text binary; not 'json'
  w2v save v.txt --format json
                          ^~~~
> w2v save nowhere/v.txt
error: cannot write 'nowhere/v.txt': No such file or directory
  w2v save nowhere/v.txt
           ^~~~~~~~~~~~~
> w2v load v.txt
v.txt: 4 words of 3 numbers
> w2v save v2.txt
wrote v2.txt: 4 word vectors of 3 numbers, word2vec's text format
> shell cmp v.txt v2.txt && echo the same
the same
> w2v save v2.txt --context
error: v.txt holds target vectors u alone; the context vectors v are needed
  w2v train makes both
