#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> assert 1 + 1 == 2
> assert 1 > 2
error: assertion failed: 1 > 2
  assert 1 > 2
         ^~~~~
> assert #"abc" == 3 and 7 | 8 == 15  # a comment
> assert nothing
error: assertion failed: nothing
  assert nothing
         ^~~~~~~
> assert (
error: expression:1: unexpected symbol near <eof>
  assert (
         ^
