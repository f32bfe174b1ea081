#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> \? unset
unset SETTING
Give a setting its default again.
   SETTING  name of the setting

  unset precision
> \timing on
/time: [0-9.]+ ms/
> show timing
timing is on
  time of each command
  on|off; off unless set
/time: [0-9.]+ ms/
> \timing off
> \x
> show mode
mode is box
  how tables are written
  box|plain|md|csv|tsv|json; plain unless set
> \x
> \! echo hi
hi
> \o x.txt
> echo show width
> \o
> !cat x.txt
show width
> \i x.txt
width is auto
  columns of the screen
  20 to 10000, or auto; auto unless set
> \z
error: unknown command '\z'
  \z
  ^~
  of psql's there are: \? \q \i \o \e \! \x \timing
> \q
