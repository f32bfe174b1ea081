#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> brek
error: unknown command 'brek'
  brek
  ^~~~
  did you mean 'break'?
> فخنثدس
error: unknown command 'فخنثدس'
  at character 1 (U+0641)
  did you mean 'tokens'?
> se
error: 'se' may be any of: set setup
  se
  ^~
> zzzz
error: unknown command 'zzzz'
  zzzz
  ^~~~
  'help' lists the commands
> show 'علی' سلام
error: there is no setting 'علی'
  at character 6 (U+0027)
  'show' lists the settings
> show "open
error: the quote " is never closed
  show "open
       ^
  close it with "
> echo one; show nosuch; echo never
one; show nosuch; echo never
> step/n
error: step takes no flags after '/'
  step/n
       ^
> step --max 3
error: step has no option '--max'
  step --max 3
       ^~~~~
  usage: step [COUNT]
> next 0
error: COUNT must be 1 to 1000000000, not 0
  next 0
       ^
> next x
error: COUNT is a whole number, not 'x'
  next x
       ^
> model
error: model: which one? load new info report list unload
  model
  ^~~~~
> model inf x
error: model info takes no arguments
  model inf x
            ^
  usage: model info
> m x
error: 'model' has no command 'x'
  m x
    ^
  there are: load new info report list unload
> tokens z
error: SIDE is one of: src tgt; not 'z'
  tokens z
         ^
