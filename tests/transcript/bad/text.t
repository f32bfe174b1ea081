#! # Text that is no text: no token, invalid UTF-8, NUL, controls, 512 tokens and one more.
#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input ""
source: 0 characters, 0 bytes, left-to-right
> tokens
 #  id  chars  bytes  from       piece
 0   0  -          0  tokenizer  </s>
1 token, src: i32[1]
> run --max 3
۷بخانه    3 tokens (the limit: set max-new, or run --max N), log p -3.8884
> input  

source: 0 characters, 0 bytes, left-to-right
> tokenize
error: tokenize: text is missing
  usage: tokenize TEXT
> tokenize ""
</s>
> tokenize "\u{0}a\u{0}"
▁ ‹NUL›a‹NUL› </s>
> tokenize "\u{1b}[31m\u{7}\u{202e}\u{9b}\u{ad}"
▁ ‹ESC›[31m‹BEL›‹U+202E›‹U+009B›‹SHY› </s>
> tokenize "\u{d800}"
error: \u{HEX} needs the number of a character between braces
  tokenize "\u{d800}"
            ^~
  inside "..." these are read: \" \\ \n \t \u{HEX}
> tokenize "\u{110000}"
error: \u{HEX} needs the number of a character between braces
  tokenize "\u{110000}"
            ^~
  inside "..." these are read: \" \\ \n \t \u{HEX}
> tokenize "\u{}"
error: \u{HEX} needs the number of a character between braces
  tokenize "\u{}"
            ^~
  inside "..." these are read: \" \\ \n \t \u{HEX}
> tokenize "\x41"
error: unknown escape '\x' in quoted text
  tokenize "\x41"
            ^~
  inside "..." these are read: \" \\ \n \t \u{HEX}
> !printf 'a\377b\n\303\n\355\240\200\n\360\237\n\000\n\n\r\n\033[1mx' > lines
> tokenize --lines lines
▁ a�b </s>
▁ � </s>
▁ ��� </s>
▁ �� </s>
▁ ‹NUL› </s>
</s>
▁ ‹CR› </s>
▁ ‹ESC›[1mx </s>
> !printf 'input علی \377\nforward\ntokens\ninput a\000b\ntokens\n' > script.rasad
> source script.rasad
source: 5 characters, 8 bytes, right-to-left
one pass over 7 source and 1 target token; nothing is generated
 #  id  chars  bytes  from       piece
 0  61  -          0  text       ▁
 1  19  0          2  text       ع
 2  91  1          2  text       ل
 3  21  2          2  text       ی
 4  61  3          1  text       ▁
 5   1  4          1  unknown    �
 6   0  -          0  tokenizer  </s>
7 tokens, src: i32[7]
script.rasad:4: error: the line has a NUL byte
  in a text it is written as "\u{0}"
 #  id  chars  bytes  from       piece
 0  61  -          0  text       ▁
 1  19  0          2  text       ع
 2  91  1          2  text       ل
 3  21  2          2  text       ی
 4  61  3          1  text       ▁
 5   1  4          1  unknown    �
 6   0  -          0  tokenizer  </s>
7 tokens, src: i32[7]
> tokenize --lines nothere
error: cannot open 'nothere': No such file or directory
  tokenize --lines nothere
                   ^~~~~~~
> tokenize --lines tests
error: tests is a folder; a text file is wanted
  tokenize --lines tests
                   ^~~~~
> model load examples/models/fa-en > /dev/null
> !for n in 1 511 512 513 100000; do printf 'input '; yes 'و' | head -$n | tr '\n' ' '; echo; echo forward; done > many.rasad
> source many.rasad
source: 2 characters, 3 bytes, right-to-left
one pass over 2 source and 1 target token; nothing is generated
source: 1022 characters, 1533 bytes, right-to-left
one pass over 512 source and 1 target token; nothing is generated
many.rasad:5: error: the text has 513 tokens, but this model takes at most 512
one pass over 512 source and 1 target token; nothing is generated
many.rasad:7: error: the text has 514 tokens, but this model takes at most 512
one pass over 512 source and 1 target token; nothing is generated
many.rasad:9: error: the text has 100001 tokens, but this model takes at most 512
one pass over 512 source and 1 target token; nothing is generated
> tokens src > /dev/null
