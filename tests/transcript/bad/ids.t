#! # Ids outside the vocabulary, and the model's limit of tokens (64 here). What was there stays.
#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 5,6,0
source: 3 ids, taken as given
> input --ids 5,100
error: id 100 is outside the vocabulary (ids 0-99)
  input --ids 5,100
              ^~~~~
> input --ids -1
error: id -1 is outside the vocabulary (ids 0-99)
  input --ids -1
              ^~
> input --ids 2147483648
error: --ids takes token ids like 5,6,7, not '2147483648'
  input --ids 2147483648
              ^~~~~~~~~~
> input --ids 5,,6
error: --ids takes token ids like 5,6,7, not ''
  input --ids 5,,6
                ^
> input --ids 5;6
error: --ids takes token ids like 5,6,7, not '5;6'
  input --ids 5;6
              ^~~
> input --ids
error: --ids needs a value
  input --ids
        ^~~~~
  usage: input [--ids 5,6,7] [--segments 5,6,7] [--pair] [-f FILE] [-n N] [-e] [TEXT]
> prefix --ids 100
error: id 100 is outside the vocabulary (ids 0-99)
  prefix --ids 100
               ^~~
> prefix --ids -1
error: id -1 is outside the vocabulary (ids 0-99)
  prefix --ids -1
               ^~
> detok 100
error: id 100 has no piece in this vocabulary, whose ids are 0-99
  detok 100
        ^~~
> score --ids 7,100
error: id 100 is outside the vocabulary (ids 0-99)
> forward
one pass over 3 source and 1 target token; nothing is generated
> choose 100
error: id 100 is outside the vocabulary (ids 0-99)
  choose 100
         ^~~
> choose #0
error: #0: a rank is a number from 1, as #2
  choose #0
         ^~
> choose #101
error: rank 101: the vocabulary has 100 tokens
  choose #101
         ^~~~
> tokens
 #  id  chars  bytes  from   piece
 0   5  -          0  given  n
 1   6  -          0  given  ج
 2   0  -          0  given  </s>
3 tokens, src: i32[3]
> !for n in 1 64 65 512 513 100000; do printf 'input --ids '; yes 5 | head -$n | paste -sd,; done > ids.rasad
> source ids.rasad
source: 1 id, taken as given
source: 64 ids, taken as given
ids.rasad:3:13: error: the input has 65 tokens, but this model takes at most 64
  input --ids 5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5
              ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
ids.rasad:4:13: error: the input has 512 tokens, but this model takes at most 64
  at character 13 (U+0035)
ids.rasad:5:13: error: the input has 513 tokens, but this model takes at most 64
  at character 13 (U+0035)
ids.rasad:6:13: error: the input has 100000 tokens, but this model takes at most 64
  at character 13 (U+0035)
> forward
one pass over 64 source and 1 target token; nothing is generated
> !for n in 63 64 100000; do printf 'prefix --ids '; yes 5 | head -$n | paste -sd,; done > ids.rasad
> source ids.rasad
prefix: 63 tokens, after the start token: n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n n
ids.rasad:2:14: error: the prefix with its start token has 65 tokens, but this model takes at most 64
  prefix --ids 5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5
               ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
ids.rasad:3:14: error: the prefix with its start token has 100001 tokens, but this model takes at most 64
  at character 14 (U+0035)
> forward
one pass over 64 source and 64 target tokens; nothing is generated
> run --max 5
nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn    0 tokens and the end token, log p -0.9085
> !for n in 62 63 64 512 100000; do printf 'input '; yes b | head -$n | tr -d '\n'; echo; echo forward; done > text.rasad
> source text.rasad
source: 62 characters, 62 bytes, left-to-right
one pass over 3 source and 64 target tokens; nothing is generated
source: 63 characters, 63 bytes, left-to-right
one pass over 3 source and 64 target tokens; nothing is generated
source: 64 characters, 64 bytes, left-to-right
one pass over 3 source and 64 target tokens; nothing is generated
source: 512 characters, 512 bytes, left-to-right
one pass over 3 source and 64 target tokens; nothing is generated
source: 100000 characters, 100000 bytes, left-to-right
one pass over 3 source and 64 target tokens; nothing is generated
> run --max 1
nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn    0 tokens and the end token, log p -0.9788
