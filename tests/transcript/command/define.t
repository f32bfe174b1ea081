#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> define look
> show $arg0
> echo $argc: $args
> end
> look precision width
precision is 4
  digits of numbers
  1 to 17; 4 unless set
2: precision width
> help look
look [ARGUMENT...]
Defined by the user.
   ARGUMENT  words for $arg0, $arg1 ...

Carries out:

show $arg0
echo $argc: $args
> define outer
> define inner
> echo inside
> end
> inner x
> end
> outer
inside
> define set
> echo x
> end
error: 'set' is a command already
  define set
         ^~~
> define nothing
> end
> define bad
> show $arg0
> end
> bad nosuch
error: there is no setting 'nosuch'
  'show' lists the settings
> define open
> echo x
error: the script ends inside the block that begins here
