#! rasad -m tests/golden/marian/swish-3h
#! exit 3
> shell "printf '3 2\\nking 1 2\\nqueen 2 1\\nking 5 5\\n' > v.txt; printf '3 2\\nking 1 2\\n' > cut.txt"
> w2v load v.txt
v.txt: 2 words of 2 numbers
> w2v neighbours king
nearest by the cosine of the u to king
 #  cosine  count                        word
 1   0.800      -  ████████████████      queen
> w2v load cut.txt
error: cut.txt: the header says 3 words of 2 numbers, at least 15 bytes; there are 9
  w2v load cut.txt
           ^~~~~~~
> w2v load v.txt --format binary
error: v.txt: the header says 3 words of 2 numbers, at least 30 bytes; there are 28
  w2v load v.txt --format binary
           ^~~~~
> w2v load README.md
error: README.md does not begin with a line 'WORDS NUMBERS' (numbers 1-4096), as files of word vectors do
  w2v load README.md
           ^~~~~~~~~
> w2v load tests
error: tests is a folder; a file of word vectors is wanted
  w2v load tests
           ^~~~~
> w2v load missing.bin
error: cannot open 'missing.bin': No such file or directory
  w2v load missing.bin
           ^~~~~~~~~~~
> w2v info
2 words of 2 numbers, from v.txt
read from a file: target vectors u alone
