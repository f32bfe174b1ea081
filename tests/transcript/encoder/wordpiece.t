#! rasad -m tests/golden/token/wordpiece/uncased
#! exit 1
> model info
 model      uncased
 tokenizer  WordPiece (uncased), 640 pieces
 path       tests/golden/token/wordpiece/uncased
> tokenize علی به مدرسه می‌رود É
[CLS] ع ##ل ##ی به م ##در ##س ##ه می ##ر ##ود e [SEP]
> normalize Éلي می‌رود کِ中 	x
 char  bytes  is           becomes              why                   text
    0      2  U+00C9       U+0065               lower case, accent …  É -> e
    6      3  U+200C ZWNJ  nothing              invisible removed     ‹ZWNJ› ->
   12      2  U+0650       nothing              mark removed          ِ ->
   13      3  U+4E2D       U+0020 U+4E2D U+00…  spaces around it      中 ->  中
   15      1  U+0009 TAB   U+0020               a space instead       ‹TAB› ->
5 changes
the model sees: eلي میرود ک 中   x
> tokenize --lattice به می‌رود unable [MASK] سلام🦔
 word  bytes  result                        id  piece
    0    0-4  taken: the longest           320  به
    0    0-2  shorter                      138  ب
    1   5-18  no such piece                     میرود
    1   5-16  no such piece                     میرو
    1   5-14  no such piece                     میر
    1    5-9  taken: the longest           232  می
    1    5-7  shorter                      188  م
    1  12-18  no such piece                     ##رود
    1  12-16  no such piece                     ##رو
    1  12-14  taken: the longest           159  ##ر
    1  14-18  taken: the longest           259  ##ود
    1  14-16  shorter                      193  ##و
    2  19-25  no such piece                     unable
    2  19-24  no such piece                     unabl
    2  19-23  no such piece                     unab
    2  19-22  no such piece                     una
    2  19-21  no such piece                     un
    2  19-20  taken: the longest            46  u
    2  20-25  no such piece                     ##nable
    2  20-24  no such piece                     ##nabl
    2  20-23  no such piece                     ##nab
    2  20-22  no such piece                     ##na
    2  20-21  taken: the longest            33  ##n
    2  21-25  no such piece                     ##able
    2  21-24  no such piece                     ##abl
    2  21-23  no such piece                     ##ab
    2  21-22  taken: the longest             7  ##a
    2  22-25  no such piece                     ##ble
    2  22-24  no such piece                     ##bl
    2  22-23  taken: the longest             9  ##b
    2  23-25  no such piece                     ##le
    2  23-24  taken: the longest            29  ##l
    2  24-25  taken: the longest            15  ##e
    3  26-32  an added token: found whole       [MASK]
    4  33-45  no such piece                     سلام🦔
    4  33-41  no such piece                     سلام
    4  33-39  no such piece                     سلا
    4  33-37  no such piece                     سل
    4  33-35  taken: the longest           162  س
    4  35-45  no such piece                     ##لام🦔
    4  35-41  no such piece                     ##لام
    4  35-39  no such piece                     ##لا
    4  35-37  taken: the longest           187  ##ل
    4  37-45  no such piece                     ##ام🦔
    4  37-41  taken: the longest           375  ##ام
    4  37-39  shorter                      137  ##ا
    4  41-45  no such piece                     ##🦔
    4  33-45  [UNK]: no match                   سلام🦔
5 words, 42 look-ups: at each place the longest beginning that is a piece is taken
1 unknown: at one place nothing matched, so the whole word is [UNK], the pieces before it too
> tokenize --lattice
error: tokenize: text is missing
  usage: tokenize TEXT
> tokenize --lattice aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
 word  bytes  result           id  piece
    0  0-119  [UNK]: too long      aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…
1 word, 0 look-ups: at each place the longest beginning that is a piece is taken
1 longer than 100 characters: [UNK] without a look-up
> tokenize --lattice nationally
 word  bytes  result                id  piece
    0   0-10  no such piece             nationally
    0    0-9  no such piece             nationall
    0    0-8  no such piece             national
    0    0-7  no such piece             nationa
    0         and 5 shorter: none
    0    0-1  taken: the longest    32  n
    0   1-10  no such piece             ##ationally
    0    1-9  no such piece             ##ationall
    0    1-8  no such piece             ##ational
    0    1-7  no such piece             ##ationa
    0         and 3 shorter: none
    0    1-3  taken: the longest   483  ##at
    0    1-2  shorter                7  ##a
    0   3-10  no such piece             ##ionally
    0    3-9  no such piece             ##ionall
    0    3-8  no such piece             ##ional
    0    3-7  no such piece             ##iona
    0         and 2 shorter: none
    0    3-4  taken: the longest    23  ##i
    0   4-10  no such piece             ##onally
    0    4-9  no such piece             ##onall
    0    4-8  no such piece             ##onal
    0    4-7  no such piece             ##ona
    0    4-6  taken: the longest   357  ##on
    0    4-5  shorter               35  ##o
    0   6-10  no such piece             ##ally
    0    6-9  no such piece             ##all
    0    6-8  no such piece             ##al
    0    6-7  taken: the longest     7  ##a
    0   7-10  no such piece             ##lly
    0    7-9  taken: the longest   622  ##ll
    0    7-8  shorter               29  ##l
    0   9-10  taken: the longest    55  ##y
1 word, 37 look-ups: at each place the longest beginning that is a piece is taken
> input می‌رود [MASK]
source: 13 characters, 20 bytes, right-to-left
> tokens
 #   id  chars  bytes  from       piece
 0    3  -          0  tokenizer  [CLS]
 1  232  0-1        4  text       می
 2  159  3          2  text       ##ر
 3  259  4-5        4  text       ##ود
 4    5  7-12       6  text       [MASK]
 5    4  -          0  tokenizer  [SEP]
6 tokens, src: i32[6]
> tokens/u
 #   id  chars  bytes  from       code points                             piece
 0    3  -          0  tokenizer                                          [CLS]
 1  232  0-1        4  text       U+0645 U+06CC                           می
 2  159  3          2  text       U+0631                                  ##ر
 3  259  4-5        4  text       U+0648 U+062F                           ##ود
 4    5  7-12       6  text       U+005B U+004D U+0041 U+0053 U+004B U+…  [MASK]
 5    4  -          0  tokenizer                                          [SEP]
6 tokens, src: i32[6]
> detok 3,232,159,259,12,4
میرود d
> detok 99999
error: id 99999 has no piece in this vocabulary, whose ids are 0-639
  detok 99999
        ^~~~~
> vocab "##be"
  id  bytes  piece
 492      4  ##be
 493      5  ##ber
 494      6  ##bers
3 pieces of 640
> vocab nosuchpiece
error: no piece of 640 matches
  * stands for any run, ? for one character; what goes on in a word begins with ##: quote it
> !mkdir twice && printf '[UNK]\n[CLS]\n[SEP]\na\na\n' > twice/vocab.txt
> model load twice
error: 'twice/vocab.txt', line 5: the piece 'a' is on line 4 already
  model load twice
             ^~~~~
> !mkdir bpe && printf '{"model":{"type":"BPE","vocab":{}}}' > bpe/tokenizer.json
> model load bpe
error: 'bpe/tokenizer.json': the model is of type BPE, which cannot be read; known: WordPiece
  model load bpe
             ^~~
> !printf '[CLS]\n[SEP]\na\n' > twice/vocab.txt
> model load twice
error: 'twice/vocab.txt': the vocabulary has no [UNK], which is the unk_token
  model load twice
             ^~~~~
> model load tests/golden/token/wordpiece/json/tokenizer.json
tokenizer.json: WordPiece (cased), 643 pieces; no model
> tokenize THE abcdefghijklm
[CLS] THE abcdefghijklm [SEP]
