#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> shell "head -n 3000 examples/words.fa.txt > part.txt"
> w2v train part.txt --dim 16 --epochs 2
1300 words of 16 numbers, from part.txt
skip-gram, negative sampling (5 negatives), window 1-5, 16 numbers, 2 epochs, seed 1
16876 tokens in 3000 sentences; 25357 of 33752 read were learnt from, 72179 pairs
loss {{[0-9.]+}} at first, {{[0-9.]+}} at the end (means of an example)
/[0-9.]+ s, [0-9]+ words a second/
> w2v train part.txt --dim 8 --epochs 1 --min-count 20 --softmax --fixed --window 1
133 words of 8 numbers, from part.txt
skip-gram, full softmax, window 1, 8 numbers, 1 epoch, seed 1
8773 tokens in 2921 sentences; 8773 of 8773 read were learnt from, 11704 pairs
loss {{[0-9.]+}} at first, {{[0-9.]+}} at the end (means of an example)
/[0-9.]+ s, [0-9]+ words a second/
> w2v train part.txt --dim 8 --epochs 1 --min-count 20 --cbow --softmax
133 words of 8 numbers, from part.txt
CBOW, full softmax, window 1-5, 8 numbers, 1 epoch, seed 1
8773 tokens in 2921 sentences; 8773 of 8773 read were learnt from, 8383 windows
loss {{[0-9.]+}} at first, {{[0-9.]+}} at the end (means of an example)
/[0-9.]+ s, [0-9]+ words a second/
> w2v train a b --dim 99999
error: vectors have 1 to 4096 numbers, not 99999
> w2v train a b --dim 0
error: vectors have 1 to 4096 numbers, not 0
> w2v train a b --window 0
error: a window of 0 makes no pairs; it is at least 1
> w2v train a b --negatives 0
error: the number of negatives must be 1 to 1000, not 0
> w2v train a b --rate -1
error: the learning rate must be 0 to 10, not -1
> w2v train "a a a"
error: the vocabulary is one word, 'a': there is nothing to tell it from
> w2v train "a "
error: the text is one word, 'a': a pair needs two
> w2v train a b --min-count 3
error: no word of the text comes at least 3 times
  lower --min-count
> w2v train missing.txt
error: cannot open 'missing.txt': No such file or directory
  w2v train missing.txt
            ^~~~~~~~~~~
> w2v train part.txt --colour
error: w2v train has no option '--colour'
  w2v train part.txt --colour
                     ^~~~~~~~
  usage: w2v train [FILE...] [--cbow] [--softmax] [--fixed] [--dim N] [--negatives N] [--epochs N] [--rate X] [--sample X] [--power X] [--seed N] [--window N] [--min-count N] [--curve]
