#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> alias
no aliases
> alias pr = show precision
> pr
precision is 4
  digits of numbers
  1 to 17; 4 unless set
> alias both = pr; show width
> both
precision is 4
  digits of numbers
  1 to 17; 4 unless set
width is auto
  columns of the screen
  20 to 10000, or auto; auto unless set
> alias wide show width
> wide
width is auto
  columns of the screen
  20 to 10000, or auto; auto unless set
> alias
 alias  command
 pr     show precision
 both   pr; show width
 wide   show width
> alias pr
 alias  command
 pr     show precision
> alias pr =
> pr
error: 'pr' may be any of: prefix print profile
  pr
  ^~
> alias set = show
error: 'set' is a command; an alias needs another name
  alias set = show
        ^~~
> alias 3x = show
error: '3x' cannot be the name of a command
  alias 3x = show
        ^~
  a name has letters, digits and '-', and begins with a letter
> alias round = round
> round
error: the alias 'round' stands for itself
