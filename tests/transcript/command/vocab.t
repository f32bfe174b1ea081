#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> vocab read
 id  bytes  piece
  8      7  ▁read
1 piece of 100
> vocab ▁*
 id  bytes  piece
  8      7  ▁read
  9     13  ▁باران
 13      6  ▁see
 16     13  ▁بیشتر
 22     15  ▁خواهیم
 25      9  ▁دید
 26     21  ▁دوستانمان
 27     19  ▁دانشجویی
 40     15  ▁برادرم
 41      5  ▁و
 45      7  ▁که
 47     18  ▁تکه‌اند
 50     18  ▁بزرگ‌تر
 52     15  ▁بخوانی
 61      3  ▁
 69     15  ▁درازند
 70      6  ▁was
 78     15  ▁بلندند
 79      9  ▁داد
 81      6  ▁are
 85     16  ▁خانه‌ی
 86     11  ▁دختر
 92     15  ▁خیابان
 93     15  ▁دوازده
24 pieces of 100
> vocab --max 3 *
 id  bytes  piece
  0      4  </s>
  1      5  <unk>
  2      1  b
100 pieces (3 shown; --max N shows more)
> vocab --target ?
 id  bytes  piece
  2      1  b
  3      1  m
  4      2  ا
  5      1  n
  6      2  ج
  7      1  u
 10      2  پ
 11      1  k
 12      1  t
 14      1  f
 15      2  ۱
 17      2  ٫
 18      2  ف
 19      2  ع
 20      2  ۵
 21      2  ی
 23      2  گ
 24      2  م
 28      2  ؟
 29      1  e
 30      3  ‹ZWNJ›
 31      2  ص
 32      2  غ
 33      1  5
 34      1  1
 35      1  4
 36      2  ش
 37      2  ب
 39      1  2
 42      1  r
 43      1  c
 44      1  7
 48      1  s
 49      1  3
 51      1  y
 53      1  g
 54      2  ۴
 55      2  س
 56      2  ن
 57      1  v
72 pieces (40 shown; --max N shows more)
> vocab nothing
error: no piece of 100 matches
  * stands for any run, ? for one character; words begin with ▁
