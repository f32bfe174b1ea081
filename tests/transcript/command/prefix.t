#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> prefix
no prefix: the decoder begins freely
> prefix --ids 5,6
prefix: 2 tokens, after the start token: n ج
> prefix --ids 99,5
prefix: 1 token, after the start token: n
> prefix a read
prefix: 3 tokens, after the start token: ▁ a ▁read
> prefix
prefix: 3 tokens, after the start token: ▁ a ▁read
> prefix --ids 100
error: id 100 is outside the vocabulary (ids 0-99)
  prefix --ids 100
               ^~~
> prefix clear
no prefix: the decoder begins freely
> input a
source: 1 character, 1 byte, left-to-right
> prefix --ids 66
prefix: 1 token, after the start token: d
> forward
one pass over 3 source and 2 target tokens; nothing is generated
> shape dec.out
dec.out  f32[B=1, T=2, D=24]  192 B  strides (24, 24, 1)  mean -0.004568 sd 1.171
