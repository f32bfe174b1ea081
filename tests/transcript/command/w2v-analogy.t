#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> w2v analogy تهران ایران پاریس
error: there are no word vectors yet
  w2v train learns them from a text, w2v load reads a file of them
> w2v train --dim 24 --epochs 5 --min-count 40
701 words of 24 numbers, from the bundled corpus
skip-gram, negative sampling (5 negatives), window 1-5, 24 numbers, 5 epochs, seed 1
103626 tokens in 20933 sentences; 368958 of 518130 read were learnt from, 905499 pairs
loss {{[0-9.]+}} at first, {{[0-9.]+}} at the end (means of an example)
/[0-9.]+ s, [0-9]+ words a second/
> w2v analogy تهران ایران پاریس 2
تهران is to ایران as پاریس is to ...
nearest to u_B - u_A + u_C (each of length 1), the three left out
 #  cosine  count                        word
 1   {{[01][.][0-9]+}}    113  {{[^ ]+ +}}فرانسه
 2   {{[01][.][0-9]+}}    121  {{[^ ]+ +}}چین
> w2v analogy پدر مادر پادشاه 1
پدر is to مادر as پادشاه is to ...
nearest to u_B - u_A + u_C (each of length 1), the three left out
 #  cosine  count                        word
 1   {{[01][.][0-9]+}}    201  {{[^ ]+ +}}ملکه
> w2v analogy تهران ایران
error: w2v analogy: C is missing
  usage: w2v analogy A B C [K]
> w2v analogy تهران ایران پاریسس
error: 'پاریسس' is not among the 701 words of the vocabulary
  at character 25 (U+067E)
  did you mean 'پاریس'?
