#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> !printf 'echo one\nshow nosuch\necho two\n' > a.rasad
> source a.rasad
> echo one
one
> show nosuch
error: there is no setting 'nosuch'
  show nosuch
       ^~~~~~
  'show' lists the settings
> echo two
two
error: a command of 'a.rasad' failed
> echo one
one
> show nosuch
error: there is no setting 'nosuch'
  show nosuch
       ^~~~~~
  'show' lists the settings
> echo two
two
> source no-such-file
error: cannot open 'no-such-file': No such file or directory
  source no-such-file
         ^~~~~~~~~~~~
> source a.rasad x
error: only Lua scripts take arguments, 'a.rasad' is none
  source a.rasad x
         ^~~~~~~
> source
error: source: FILE is missing
  usage: source FILE [ARGUMENT...]
> source src
error: 'src' is a folder, not a file
  source src
         ^~~
