#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> corpus
error: no corpus is open
  open one with: corpus FILE
> shell "printf \"a read\\nمدرسه\\r\\nlast\" > three.txt"
> corpus three.txt
three.txt: 3 lines; corpus next takes the first
> corpus next
line 1 of 3  a read
source: 6 characters, 6 bytes, left-to-right
> corpus next
line 2 of 3  مدرسه
source: 5 characters, 10 bytes, right-to-left
> tokens
 #  id  chars  bytes  from       piece
 0  61  -          0  text       ▁
 1  24  0          2  text       م
 2  76  1          2  text       د
 3  89  2          2  text       ر
 4  55  3          2  text       س
 5  62  4          2  text       ه
 6   0  -          0  tokenizer  </s>
7 tokens, src: i32[7]
> corpus back
line 1 of 3  a read
source: 6 characters, 6 bytes, left-to-right
> corpus 3
line 3 of 3  last
source: 4 characters, 4 bytes, left-to-right
> corpus next
error: the corpus ends here: it has 3 lines
> corpus 9
error: line 9: three.txt has lines 1-3
  corpus 9
         ^
> corpus
three.txt: line 3 of 3
> corpus nowhere.txt
error: cannot open 'nowhere.txt': No such file or directory
  corpus nowhere.txt
         ^~~~~~~~~~~
> corpus
three.txt: line 3 of 3
