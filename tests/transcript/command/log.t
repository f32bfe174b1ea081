#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> log lesson.txt
> echo سلام
سلام
> set precision x
error: precision is a whole number from 1 to 17; not 'x'
  set precision x
                ^
> log off
> echo not logged
not logged
> !sed "s/^/log: /" lesson.txt
log: > echo سلام
log: سلام
log: > set precision x
log: error: precision is a whole number from 1 to 17; not 'x'
log: > log off
> log /no/such/folder/x
error: cannot write '/no/such/folder/x': No such file or directory
  log /no/such/folder/x
      ^~~~~~~~~~~~~~~~~
> log
error: log: FILE is missing
  usage: log FILE
