#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> w2v neighbours مدرسه
error: there are no word vectors yet
  w2v train learns them from a text, w2v load reads a file of them
> shell "head -n 6000 examples/words.fa.txt > part.txt"
> w2v train part.txt --dim 24 --epochs 8 --min-count 8
952 words of 24 numbers, from part.txt
skip-gram, negative sampling (5 negatives), window 1-5, 24 numbers, 8 epochs, seed 1
32184 tokens in 5994 sentences; 190367 of 257472 read were learnt from, 516571 pairs
loss {{[0-9.]+}} at first, {{[0-9.]+}} at the end (means of an example)
/[0-9.]+ s, [0-9]+ words a second/
> w2v neighbours ایران 4
nearest by the cosine of the u to ایران
 #  cosine  count                        word
 1   {{[01][.][0-9]+}}     40  {{[^ ]+ +}}عراق
 2   {{[01][.][0-9]+}}     29  {{[^ ]+ +}}کابل
 3   {{[01][.][0-9]+}}     39  {{[^ ]+ +}}چین
 4   {{[01][.][0-9]+}}     24  {{[^ ]+ +}}تهران
> w2v n می‌نوشد 3
nearest by the cosine of the u to می‌نوشد
 #  cosine  count                        word
 1   {{[01][.][0-9]+}}      8  {{[^ ]+ +}}ساندویچ
 2   {{[01][.][0-9]+}}     12  {{[^ ]+ +}}سیاه
 3   {{[01][.][0-9]+}}      8  {{[^ ]+ +}}آلو
> w2v neighbours مدرسهه
error: 'مدرسهه' is not among the 952 words of the vocabulary
  at character 16 (U+0645)
  did you mean 'مدرسه'?
> w2v neighbours زززززززز
error: 'زززززززز' is not among the 952 words of the vocabulary
  at character 16 (U+0632)
> w2v neighbours ایران 0
error: K must be 1 to 1000, not 0
  at character 22 (U+0030)
