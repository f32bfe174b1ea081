#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> set precision 9
> unset precision
> show precision
precision is 4
  digits of numbers
  1 to 17; 4 unless set
> unset
error: unset: SETTING is missing
  usage: unset SETTING
> unset precison
error: there is no setting 'precison'
  unset precison
        ^~~~~~~~
  did you mean 'precision'?
