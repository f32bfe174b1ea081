#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> tokens
error: tokens needs a source: type a sentence with 'input TEXT'
> input a read مدرسه
source: 12 characters, 17 bytes, right-to-left
> tokens
  #  id  chars  bytes  from       piece
  0  61  -          0  text       ▁
  1  97  0          1  text       a
  2  61  1          1  text       ▁
  3   1  2-5        4  unknown    read
  4  61  6          1  text       ▁
  5  24  7          2  text       م
  6  76  8          2  text       د
  7  89  9          2  text       ر
  8  55  10         2  text       س
  9  62  11         2  text       ه
 10   0  -          0  tokenizer  </s>
11 tokens, src: i32[11]
> t/b
  #  id  chars  bytes  from       in hex       piece
  0  61  -          0  text                    ▁
  1  97  0          1  text       61           a
  2  61  1          1  text       20           ▁
  3   1  2-5        4  unknown    72 65 61 64  read
  4  61  6          1  text       20           ▁
  5  24  7          2  text       D9 85        م
  6  76  8          2  text       D8 AF        د
  7  89  9          2  text       D8 B1        ر
  8  55  10         2  text       D8 B3        س
  9  62  11         2  text       D9 87        ه
 10   0  -          0  tokenizer               </s>
11 tokens, src: i32[11]
> t/u src
  #  id  chars  bytes  from       code points                  piece
  0  61  -          0  text                                    ▁
  1  97  0          1  text       U+0061                       a
  2  61  1          1  text       U+0020                       ▁
  3   1  2-5        4  unknown    U+0072 U+0065 U+0061 U+0064  read
  4  61  6          1  text       U+0020                       ▁
  5  24  7          2  text       U+0645                       م
  6  76  8          2  text       U+062F                       د
  7  89  9          2  text       U+0631                       ر
  8  55  10         2  text       U+0633                       س
  9  62  11         2  text       U+0647                       ه
 10   0  -          0  tokenizer                               </s>
11 tokens, src: i32[11]
> tokens tgt
error: there are no target tokens yet
  run, or start and emit
> prefix --ids 5
prefix: 1 token, after the start token: n
> run --max 3
nhخe    3 tokens (the limit: set max-new, or run --max N), log p -0.2322
> tokens tgt
 #  id  chars  bytes  from    piece
 0  99  -          5  start   <pad>
 1   5  -          1  prefix  n
 2  63  -          1  chosen  h
 3  88  -          2  chosen  خ
 4  29  -          1  chosen  e
5 tokens, tgt: i32[5]
> input --ids 80,98,0
source: 3 ids, taken as given
> tokens
 #  id  chars  bytes  from   piece
 0  80  -          0  given  ط
 1  98  -          0  given  :
 2   0  -          0  given  </s>
3 tokens, src: i32[3]
> tokens both
error: SIDE is one of: src tgt; not 'both'
  tokens both
         ^~~~
