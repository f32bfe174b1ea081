#! rasad -m tests/golden/marian/swish-3h
> # a comment
>   
> show precision # and a comment
precision is 4
  digits of numbers
  1 to 17; 4 unless set
> show «precision»
precision is 4
  digits of numbers
  1 to 17; 4 unless set
> show 'precision'; show "precision"
precision is 4
  digits of numbers
  1 to 17; 4 unless set
precision is 4
  digits of numbers
  1 to 17; 4 unless set
> apropos "set of bre"
nothing about 'set of bre'
> echo ok #1
ok #1
