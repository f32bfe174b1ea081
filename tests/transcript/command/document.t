#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> define look
> show $arg0
> end
> document look
> Shows one setting
> and nothing more.
> end
> help look
look [ARGUMENT...]
Shows one setting.
   ARGUMENT  words for $arg0, $arg1 ...

and nothing more.
> apropos one setting
 look  Shows one setting
> document nosuch
> text
> end
error: 'nosuch' is no defined command
  document nosuch
           ^~~~~~
  'define NAME' makes one
