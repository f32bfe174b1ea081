#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> output data.txt
> show precision
> output off
> show width
width is auto
  columns of the screen
  20 to 10000, or auto; auto unless set
> !cat data.txt
precision is 4
  digits of numbers
  1 to 17; 4 unless set
> output /no/such/folder/x
error: cannot write '/no/such/folder/x': No such file or directory
  output /no/such/folder/x
         ^~~~~~~~~~~~~~~~~
