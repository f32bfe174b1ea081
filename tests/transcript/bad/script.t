#! # Scripts with errors: file, line, caret; the session goes on.
#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> !printf 'local x = 1\nfor i = 1, 2 do\n  y = = 3\nend\n' > a.lua
> source a.lua
error: a.lua:3: unexpected symbol near '='
  y = = 3
      ^
> !printf 'foo(\n' > a.lua
> source a.lua
error: a.lua:2: unexpected symbol near <eof>
  
> !printf 'local function f()\n  error("b\\27[31m\\7ad")\nend\nf()\n' > a.lua
> source a.lua
error: a.lua:2: b‹ESC›[31m‹BEL›ad
  error("b\27[31m\7ad")
  a.lua:2: in local 'f'
  a.lua:4: in the main chunk
> !printf 'return nil .. 1' > a.lua
> source a.lua
error: a.lua:1: attempt to concatenate a nil value
  return nil .. 1
> !printf '\033Lua' > a.lua
> source a.lua
error: attempt to load a binary chunk (mode is 't')
> !printf '\377\376\n' > a.lua
> source a.lua
error: a.lua:1: unexpected symbol near '<\255>'
  <0xFF><0xFE>
> !printf 'echo one\n\n  bogus here\necho two\n' > b.rasad
> source b.rasad
one
b.rasad:3:3: error: unknown command 'bogus'
    bogus here
    ^~~~~
  'help' lists the commands
two
> !printf 'source b.rasad\n' > c.rasad
> source c.rasad
one
b.rasad:3:3: error: unknown command 'bogus'
    bogus here
    ^~~~~
  'help' lists the commands
two
> !printf 'source d.rasad\n' > d.rasad
> source d.rasad
d.rasad:1: error: scripts and defined commands call each other more than 32 deep
> !printf 'define x\necho never\n' > e.rasad
> source e.rasad
e.rasad:1: error: the script ends inside the block that begins here
> source nothere.rasad
error: cannot open 'nothere.rasad': No such file or directory
  source nothere.rasad
         ^~~~~~~~~~~~~
> source nothere.lua
error: cannot open 'nothere.lua': No such file or directory
  source nothere.lua
         ^~~~~~~~~~~
> source tests
error: 'tests' is a folder, not a file
  source tests
         ^~~~~
> = )(
error: lua:1: unexpected symbol near ')'
  = )(
   ^
> = nil + 1
error: lua:1: attempt to perform arithmetic on a nil value
> lua x = = 1
error: lua:1: unexpected symbol near '='
  lua x = = 1
          ^
> assert )(
error: expression:1: unexpected symbol near ')'
  assert )(
         ^~
> condition 1 )(
error: there is no break 1: no breaks are set
> input --ids 5,0
source: 2 ids, taken as given
> forward
one pass over 2 source and 1 target token; nothing is generated
