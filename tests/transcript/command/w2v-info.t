#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> w2v info
error: there are no word vectors yet
  w2v train learns them from a text, w2v load reads a file of them
> w2v train a b c d a b --dim 4 --epochs 3 --sample 0 --seed 7
4 words of 4 numbers, from the text
skip-gram, negative sampling (5 negatives), window 1-5, 4 numbers, 3 epochs, seed 7
6 tokens in 1 sentence; 18 of 18 read were learnt from, 65 pairs
loss {{[0-9.]+}} at first, {{[0-9.]+}} at the end (means of an example)
/[0-9.]+ s, [0-9]+ words a second/
> w2v info
4 words of 4 numbers, from the text
skip-gram, negative sampling (5 negatives), window 1-5, 4 numbers, 3 epochs, seed 7
6 tokens in 1 sentence; 18 of 18 read were learnt from, 65 pairs
loss {{[0-9.]+}} at first, {{[0-9.]+}} at the end (means of an example)
mean loss of an example
loss
 3.4 ┤
     │                                  ⢀⠔●⠉⠒⠒⠢⠤⢄⣀⣀
     │                               ⢀⡠⠊⠁          ⠉⠉⠑⠒⠒⠤⠤⢄⣀⡀
     │                             ⡠⠔⠁                      ⠈⠉⠉⠒⠒⠢⠤⠤⣀⣀⡀
     │                          ⢀⠔⠊                                   ⠈⠉⠑⠒⠒⠤⠤⢄●
 3.3 ┤                       ⢀⠤⠊⠁
     │                     ⡠⠒⠁
     │                  ⣀⠔⠉
     │               ⢀⠤⠊
 3.2 ┤             ⡠⠒⠁
     │          ⡠⠔⠉
     │       ⢀⠔⠊
     │    ⢀⡠⠊⠁
     │  ⡠⠔⠁
 3.1 ┤●⠊
     └┬───────────────────────────────────┬───────────────────────────────────┬
      1                                   2                                   3
                                       epochs
      skip-gram, negative sampling
