#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> !printf 'echo one\nshow nosuch\necho two\n' > a.rasad
> source a.rasad
one
a.rasad:2:6: error: there is no setting 'nosuch'
  show nosuch
       ^~~~~~
  'show' lists the settings
two
> source a.rasad | sed 's/^/out: /'
a.rasad:2:6: error: there is no setting 'nosuch'
  show nosuch
       ^~~~~~
  'show' lists the settings
out: one
out: two
> source a.rasd
error: cannot open 'a.rasd': No such file or directory
  source a.rasd
         ^~~~~~
  did you mean 'a.rasad'?
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
