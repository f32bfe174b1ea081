#! rasad -m tests/golden/bert/full-3h
#! exit 1
> similarity a ||| b
error: similarity needs a tokenizer, and 'full-3h' has no tokenizer files
  ids work: input --ids 5,6,7
> !mkdir m && cp tests/golden/bert/full-3h/config.json tests/golden/bert/full-3h/model.safetensors m/
> !printf '[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nعلی\nبه\nمدرسه\nمیرود\nدختر\nخانه\nرفت\nsun\n##ny\nday\n.\n' > m/vocab.txt
> model load m
m: bert, encoder 2 layers, 3 heads, d_model 24, vocabulary 61
> similarity علی به مدرسه می‌رود ||| دختر به خانه رفت.
 pooling  cosine              length a  length b  vector
 cls      0.9030  █████████      5.733     5.735  the first token's state, [CLS]
 mean     0.8094  ████████▏      5.419     5.039  the mean of all tokens
 max      0.8391  ████████▍      6.505     6.805  the largest in each dimension
the first text's tokens
 #  in the mean                        maxima  of all  piece
 0      +0.1535  ████████████████████       0    0.0%  [CLS]
 1      +0.1309  █████████████████          6   25.0%  علی
 2      +0.1231  ████████████████           5   20.8%  به
 3      +0.1320  █████████████████▎         5   20.8%  مدرسه
 4      +0.1440  ██████████████████▊        2    8.3%  میرود
 5      +0.1259  ████████████████▍          6   25.0%  [SEP]
sum 0.8094: the cosine of the means; 24 dimensions
the second text's tokens
 #  in the mean                        maxima  of all  piece
 0      +0.1296  ███████████████████▉       0    0.0%  [CLS]
 1      +0.0864  █████████████▎             9   37.5%  دختر
 2      +0.1208  ██████████████████▌        5   20.8%  به
 3      +0.1126  █████████████████▎         3   12.5%  خانه
 4      +0.1103  ████████████████▉          2    8.3%  رفت
 5      +0.1195  ██████████████████▍        4   16.7%  .
 6      +0.1303  ████████████████████       1    4.2%  [SEP]
sum 0.8094: the cosine of the means; 24 dimensions
> similarity sunny day ||| sunny day
 pooling  cosine              length a  length b  vector
 cls      1.0000  ██████████     5.673     5.673  the first token's state, [CLS]
 mean     1.0000  ██████████     5.216     5.216  the mean of all tokens
 max      1.0000  ██████████     6.657     6.657  the largest in each dimension
the first text's tokens
 #  in the mean                        maxima  of all  piece
 0      +0.2087  ████████████████████       2    8.3%  [CLS]
 1      +0.2018  ███████████████████▍       3   12.5%  sun
 2      +0.1820  █████████████████▌        10   41.7%  ##ny
 3      +0.2009  ███████████████████▎       4   16.7%  day
 4      +0.2065  ███████████████████▊       5   20.8%  [SEP]
sum 1.0000: the cosine of the means; 24 dimensions
the second text's tokens
 #  in the mean                        maxima  of all  piece
 0      +0.2087  ████████████████████       2    8.3%  [CLS]
 1      +0.2018  ███████████████████▍       3   12.5%  sun
 2      +0.1820  █████████████████▌        10   41.7%  ##ny
 3      +0.2009  ███████████████████▎       4   16.7%  day
 4      +0.2065  ███████████████████▊       5   20.8%  [SEP]
sum 1.0000: the cosine of the means; 24 dimensions
> # identical texts: each token's shares sum to 1
> similarity
error: similarity: two texts are missing
  usage: similarity FIRST TEXT ||| SECOND TEXT
> similarity a
error: two texts are wanted, with ||| between them
  similarity a
             ^
  for example: FIRST TEXT ||| SECOND TEXT
> similarity a ||| b ||| c
error: ||| stands there more than once: two texts are wanted
  similarity a ||| b ||| c
             ^~~~~~~~~~~~~
> similarity a |||
error: the second of the two texts is empty
  similarity a |||
             ^~~~~
> similarity --pooling max a ||| b
error: --pooling and --neighbours are for --file: two texts are shown under each pooling
> similarity a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a ||| b
error: the first text has 82 tokens, but this model takes at most 40
  similarity a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a ||| b
             ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
> !printf 'علی به مدرسه می‌رود\nدختر به خانه رفت\nsunny day\nsun day.\n' > four.txt
> similarity --file four.txt
cosine of sentences, mean pooling  rows: line, columns: line
          1    2    3    4
   1     ██        ░░   ▒▒
   2          ██   ▒▒   ▒▒
   3     ░░   ▒▒   ██   ██
   4     ▒▒   ▒▒   ██   ██
      0.812 [ ░▒▓█] 1   scale 0.812 to 1
 line  nearest  cosine  sentence
    1                   علی به مدرسه می‌رود
             4  0.8886  sun day.
             3  0.8645  sunny day
             2  0.8120  دختر به خانه رفت
    2                   دختر به خانه رفت
             4  0.9202  sun day.
             3  0.9131  sunny day
             1  0.8120  علی به مدرسه می‌رود
    3                   sunny day
             4  0.9738  sun day.
             2  0.9131  دختر به خانه رفت
             1  0.8645  علی به مدرسه می‌رود
    4                   sun day.
             3  0.9738  sunny day
             2  0.9202  دختر به خانه رفت
             1  0.8886  علی به مدرسه می‌رود
> similarity --file four.txt --pooling max --neighbours 1
cosine of sentences, max pooling  rows: line, columns: line
          1    2    3    4
   1     ██        ░░   ░░
   2          ██   ▒▒
   3     ░░   ▒▒   ██   ▓▓
   4     ░░        ▓▓   ██
      0.854 [ ░▒▓█] 1   scale 0.854 to 1
 line  nearest  cosine  sentence
    1                   علی به مدرسه می‌رود
             3  0.8911  sunny day
    2                   دختر به خانه رفت
             3  0.9380  sunny day
    3                   sunny day
             4  0.9606  sun day.
    4                   sun day.
             3  0.9606  sunny day
> similarity --file four.txt --pooling model
error: this model gives no sentence vector of its own (no modules.json)
  similarity --file four.txt --pooling model
                                       ^~~~~
  cls, mean and max are there for every encoder
> similarity --file four.txt --pooling median
error: --pooling is one of: cls mean max model; not 'median'
  similarity --file four.txt --pooling median
                                       ^~~~~~
  did you mean 'mean'?
> similarity --file four.txt more
error: similarity --file takes no text after it
> !printf 'علی\n' > one.txt; printf 'علی\n\nبه\n' > gap.txt
> similarity --file one.txt
error: one.txt has one line: two sentences at least can be compared
  similarity --file one.txt
                    ^~~~~~~
> similarity --file gap.txt
error: gap.txt: line 2 is empty; each line is a sentence
  similarity --file gap.txt
                    ^~~~~~~
> similarity --file nowhere.txt
error: cannot open 'nowhere.txt': No such file or directory
  similarity --file nowhere.txt
                    ^~~~~~~~~~~
> model new decoder
decoder: transformer, decoder 6 layers, 8 heads, d_model 512, vocabulary 32000; no weights
> similarity a ||| b
error: similarity needs weights, and 'decoder' has none
  without weights there are still shapes, counts and tokens
> model load m
m: bert, encoder 2 layers, 3 heads, d_model 24, vocabulary 61
> !printf 'sunny day\tsun day.\t0.9\nsunny day\tعلی رفت\t0.1\nدختر به خانه رفت\tعلی به خانه رفت\t0.7\n' > pairs.tsv
> similarity --pairs pairs.tsv
 pooling  Spearman
 cls        1.0000  ████████████████████
 mean       1.0000  ████████████████████
 max        1.0000  ████████████████████
3 pairs, mean pooling
cosine
 1.00 ┤
      │
      │                                                                       ●
      │
      │
 0.95 ┤                                                     ●
      │
      │
      │
 0.90 ┤
      │
      │
      │
      │●
 0.85 ┤
      └─────────┬─────────────────┬────────────────┬─────────────────┬─────────
               0.2               0.4              0.6               0.8
                                score that people gave
> similarity --pairs four.txt
error: four.txt, line 1: two sentences and a score are wanted, tabs between them
  similarity --pairs four.txt
                     ^~~~~~~~
> similarity --pairs one.txt
error: one.txt has 1 line; 2 to 100000 pairs can be ranked
  similarity --pairs one.txt
                     ^~~~~~~
> similarity --pairs pairs.tsv a ||| b
error: similarity --pairs takes a file and nothing else
