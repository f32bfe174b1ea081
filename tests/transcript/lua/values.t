#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> =1 + 1
$1 = 2
> =$ * 3, "two"
$2 = 6
$3 = two
> =$$2 + $1
$4 = 4
> =nil
nil
> x = 5
error: one argument too many: '5'
  x = 5
      ^
  usage: x[/Nefgx] SITE
> lua x = 5
> =x
$5 = 5
> ={1, "a", b = {2}}
$6 = {
  1: 1
  2: "a"
  b: {2}
}
> =rasad.tensor({{1, 2}, {3, 4}}, "T", "S")
$7 = f32[T=2, S=2]  16 B
mean 2.5  sd 1.118  min 1  max 4  norm 5.477
        0      1
 0  1.000  2.000
 1  3.000  4.000
> =$:sum("S")
$8 = f32[T=2]  8 B
mean 5  sd 2  min 3  max 7  norm 7.616
     0      1
 3.000  7.000
> =("x"):rep(3)
$9 = xxx
> =1 +* 2
error: lua:1: unexpected symbol near '*'
  =1 +* 2
     ^
> lua y = = 2
error: lua:1: unexpected symbol near '='
  lua y = = 2
          ^
> =1 +
> 2
$10 = 3
> =for i = 1, 2 do
> print(i, i * i)
> end
1	1
2	4
> =pritn(1)
error: lua:1: attempt to call a nil value (global 'pritn'); did you mean 'print'?
> =x.y.z
error: lua:1: attempt to index a number value (global 'x')
> =$99
error: lua:1: $99: the history has the values $1-$10
> lua for i = 1, 3 do local t = rasad.full(i, {2}) + rasad.full(1, {3}) end
error: lua:1: +: shapes [2] and [3] do not fit
> =rasad.tensor{1, 2}:summ()
error: lua:1: tensors have no field 'summ' (did you mean 'sum'?)
> =help(rasad.open)
rasad.open(path)
    opens another model; the shell keeps its own
> =help "site"
site "enc.2.self.pattern.h3", enc[2].self.pattern.h[3], logits, probs["piece"]
    a value of the present run by name: has all that tensors have, .name and :value()
