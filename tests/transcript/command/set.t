#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> set precision 6
> show precision
precision is 6
  digits of numbers
  1 to 17; 4 unless set
> set prec ۷
> show precision
precision is 7
  digits of numbers
  1 to 17; 4 unless set
> set colormap m
> show colormap
colormap is magma
  colours of heat maps
  viridis|magma|cividis|gray; viridis unless set
> set timing
/time: [0-9.]+ ms/
> set timing off
> set
error: set: SETTING is missing
  usage: set SETTING [VALUE]
> set colormap magna
error: colormap is one of: viridis magma cividis gray; not 'magna'
  set colormap magna
               ^~~~~
  did you mean 'magma'?
> set colr always
error: there is no setting 'colr'
  set colr always
      ^~~~
  did you mean 'color'?
> set co x
error: 'co' may be any of: color colormap confirm
  set co x
      ^~
> set precision 18
error: precision is a whole number from 1 to 17; not '18'
  set precision 18
                ^~
> set precision many
error: precision is a whole number from 1 to 17; not 'many'
  set precision many
                ^~~~
> set prompt "> "
> set seed -1
error: seed is a whole number from 0; not '-1'
  set seed -1
           ^~
