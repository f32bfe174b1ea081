#! # Folders and files that are no model; the model that is open stays.
#! rasad -m tests/golden/marian/swish-3h
#! exit 3
> input --ids 5,6,0
source: 3 ids, taken as given
> model load nowhere
error: nowhere: no such file or folder
  model load nowhere
             ^~~~~~~
> !mkdir empty; mkdir -p dir/config.json; printf x > file
> model load empty
error: empty has no config.json and no tokenizer files: not a model folder
  model load empty
             ^~~~~
> model load dir
error: 'dir/config.json' is a folder, not a file
  model load dir
             ^~~
> model load file
error: 'file': this is no SentencePiece model, or it is cut off: the file cannot be read
  model load file
             ^~~~
  a model is a folder, a .safetensors file, or a tokenizer file alone
> model load /dev/null
error: '/dev/null' is not a regular file
  model load /dev/null
             ^~~~~~~~~
  a model is a folder, a .safetensors file, or a tokenizer file alone
> model load tests/golden/marian/swish-3h/vocab.json
error: 'tests/golden/marian/swish-3h/vocab.json' has no model: not a tokenizer.json
  model load tests/golden/marian/swish-3h/vocab.json
             ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  a model is a folder, a .safetensors file, or a tokenizer file alone
> !printf 'a\033[31mb\007\342\200\256c' > name; mkdir "$(cat name)"
> !printf 'model load a\033[31mb\007\342\200\256c\n' > load.rasad
> source load.rasad
load.rasad:1:12: error: a‹ESC›[31mb‹BEL›‹U+202E›c has no config.json and no tokenizer files: not a model folder
  model load a‹ESC›[31mb‹BEL›‹U+202E›c
             ^~~~~~~~~~~~~~~~~~~~~~~~~
> !rm -r a*; mkdir part; cp tests/golden/marian/swish-3h/model.safetensors part; ln -s there here; ln -s here there
> model load part
error: part has weights but no config.json, which says what they are
  model load part
             ^~~~
> model load part/model.safetensors
error: part has weights but no config.json, which says what they are
  model load part/model.safetensors
             ^~~~~~~~~~~~~~~~~~~~~~
> model load here
error: here: Too many levels of symbolic links
  model load here
             ^~~~
> model load ""
error: FILE is empty; a file name is needed
  model load ""
             ^~
> forward
one pass over 3 source and 1 target token; nothing is generated
> model load empty > file
error: empty has no config.json and no tokenizer files: not a model folder
  model load empty > file
             ^~~~~
