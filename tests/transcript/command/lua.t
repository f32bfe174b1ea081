#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> lua x = 6 * 7
> =x
$1 = 42
> lua for i = 1, 2 do
>     print(i, x)
> end
1	42
2	42
> =x +
> 1
$2 = 43
> lua x = = 3
error: lua:1: unexpected symbol near '='
  lua x = = 3
          ^
> =nosuch.field
error: lua:1: attempt to index a nil value (global 'nosuch')
> lua error("mine")
error: lua:1: mine
