#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> w2v pairs یک دو سه چهار پنج شش هفت هشت نه ده --window 2 --negatives 5
the text: 10 words (10 different) in 1 sentence
  i  min(i-1,w)  min(L-i,w)  sum  word
  1           0           2    2  یک
  2           1           2    3  دو
  3           2           2    4  سه
  4           2           2    4  چهار
  5           2           2    4  پنج
  6           2           2    4  شش
  7           2           2    4  هفت
  8           2           2    4  هشت
  9           2           1    3  نه
 10           2           0    2  ده
sum over i = 1..L of min(i-1, w) + min(L-i, w), w = 2
L = 10: (0+2) + (1+2) + (2+2) + (2+2) + ... + (2+1) + (2+0) = 34
  #   i   j  target -> context
  1   1   2  یک -> دو
  2   1   3  یک -> سه
  3   2   1  دو -> یک
  4   2   3  دو -> سه
  5   2   4  دو -> چهار
  6   3   1  سه -> یک
  7   3   2  سه -> دو
  8   3   4  سه -> چهار
  9   3   5  سه -> پنج
 10   4   2  چهار -> دو
 11   4   3  چهار -> سه
 12   4   5  چهار -> پنج
 13   4   6  چهار -> شش
 14   5   3  پنج -> سه
 15   5   4  پنج -> چهار
 16   5   6  پنج -> شش
 17   5   7  پنج -> هفت
 18   6   4  شش -> چهار
 19   6   5  شش -> پنج
 20   6   7  شش -> هفت
 21   6   8  شش -> هشت
 22   7   5  هفت -> پنج
 23   7   6  هفت -> شش
 24   7   8  هفت -> هشت
 25   7   9  هفت -> نه
 26   8   6  هشت -> شش
 27   8   7  هشت -> هفت
 28   8   9  هشت -> نه
 29   8  10  هشت -> ده
 30   9   7  نه -> هفت
 31   9   8  نه -> هشت
 32   9  10  نه -> ده
 33  10   8  ده -> هشت
 34  10   9  ده -> نه
34 positive pairs (target, context)
with 5 negatives for each: 34 x (5+1) = 204 training examples
> w2v pairs "علی به مدرسه می‌رود." --cbow --window 1
the text: 4 words (4 different) in 1 sentence
 i  min(i-1,w)  min(L-i,w)  sum  word
 1           0           1    1  علی
 2           1           1    2  به
 3           1           1    2  مدرسه
 4           1           0    1  می‌رود
sum over i = 1..L of min(i-1, w) + min(L-i, w), w = 1
L = 4: (0+1) + (1+1) + (1+1) + (1+0) = 6
 #  i  inputs  inputs -> middle word
 1  1       1  به -> علی
 2  2       2  علی مدرسه -> به
 3  3       2  به می‌رود -> مدرسه
 4  4       1  مدرسه -> می‌رود
6 inputs in 4 examples (a middle word with its window)
with 5 negatives for each: 4 x (5+1) = 24 training examples
> shell "printf 'A b\\nc\\n\\nd e f\\n' > three.txt"
> w2v pairs three.txt --window 5 --negatives 0
three.txt: 6 words (6 different) in 3 sentences
 i  min(i-1,w)  min(L-i,w)  sum  word
 1           0           1    1  a
 2           1           0    1  b
 1           0           0    0  c
 1           0           2    2  d
 2           1           1    2  e
 3           2           0    2  f
sum over i = 1..L of min(i-1, w) + min(L-i, w), w = 5
sentence 1, L = 2: (0+1) + (1+0) = 2
all 3 sentences: 8
 #  i  j  target -> context
 1  1  2  a -> b
 2  2  1  b -> a
 3  1  2  d -> e
 4  1  3  d -> f
 5  2  1  e -> d
 6  2  3  e -> f
 7  3  1  f -> d
 8  3  2  f -> e
8 positive pairs (target, context)
> w2v pairs three.txt --max 0
three.txt: 6 words (6 different) in 3 sentences
sum over i = 1..L of min(i-1, w) + min(L-i, w), w = 2
sentence 1, L = 2: (0+1) + (1+0) = 2
all 3 sentences: 8
8 more (--max N shows more)
8 positive pairs (target, context)
with 5 negatives for each: 8 x (5+1) = 48 training examples
> w2v pairs three.txt --window 0
error: a window of 0 makes no pairs; it is at least 1
  w2v pairs three.txt --window 0
                               ^
> w2v pairs "one "
error: the text is one word: a pair needs two
> shell "printf 'a\\nb\\n' > apart.txt; printf 'a\\377 b' > bad.txt; printf '. ;\\n' > none.txt"
> w2v pairs apart.txt
error: no sentence of apart.txt has two words: a line is a sentence
> w2v pairs none.txt
error: none.txt holds no words
  w2v pairs none.txt
            ^~~~~~~~
> w2v pairs bad.txt
bad.txt: 2 words (2 different) in 1 sentence
 i  min(i-1,w)  min(L-i,w)  sum  word
 1           0           1    1  a�
 2           1           0    1  b
sum over i = 1..L of min(i-1, w) + min(L-i, w), w = 2
L = 2: (0+1) + (1+0) = 2
 #  i  j  target -> context
 1  1  2  a� -> b
 2  2  1  b -> a�
2 positive pairs (target, context)
with 5 negatives for each: 2 x (5+1) = 12 training examples
> w2v pairs missing.txt
error: cannot open 'missing.txt': No such file or directory
  w2v pairs missing.txt
            ^~~~~~~~~~~
> w2v pairs tests
error: tests is a folder; a text file is wanted
  w2v pairs tests
            ^~~~~
