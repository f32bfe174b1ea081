#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> lua rasad.command{name = "twice", summary = "Twice a number", run = function(a) return 2 * tonumber(a[1]) end}
> twice 21
42
> help twice
twice [ARGS]
Twice a number.
   ARGS  arguments

Twice a number
> twice x
error: lua:1: attempt to perform arithmetic on a nil value
> lua rasad.command{name = "print", run = print}
error: prelude:99: 'print' is a command already
> ! printf 'local n = ...\nprint("n is " .. n)\nlocal function f() error("no luck", 1) end\nif n == "2" then f() end\n' > a.lua
> source a.lua 1
n is 1
> source a.lua 2
n is 2
error: a.lua:3: no luck
  local function f() error("no luck", 1) end
  a.lua:3: in local 'f'
  a.lua:4: in the main chunk
> ! printf 'print("before")\nlocal x = = 1\n' > b.lua
> source b.lua
error: b.lua:2: unexpected symbol near '='
  local x = = 1
            ^
> source c.lua
error: cannot open 'c.lua': No such file or directory
  source c.lua
         ^~~~~
  did you mean 'a.lua'?
> set traceback full
> source a.lua 2
n is 2
error: a.lua:3: no luck
  local function f() error("no luck", 1) end
  [C]: in global 'error'
  a.lua:3: in local 'f'
  a.lua:4: in the main chunk
  [C]: in a C function
