#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> show precision > a.txt; show width >> a.txt
> !cat a.txt
precision is 4
  digits of numbers
  1 to 17; 4 unless set
width is auto
  columns of the screen
  20 to 10000, or auto; auto unless set
> show nosuch > a.txt
error: there is no setting 'nosuch'
  show nosuch > a.txt
       ^~~~~~
  'show' lists the settings
> !wc -l < a.txt
6
> show | grep -c .
32
> show precision | sed s/4/four/ ; echo next
precision is four
  digits of numbers
  1 to 17; four unless set
next
> show precision > "b c.txt"; !ls *.txt
a.txt
b c.txt
> show >
error: '>' needs a file name after it
  show >
       ^
> show | 
error: '|' needs a shell command after it
  show | 
       ^
> > x
error: there is no command before the redirection
  > x
  ^
> show > a b
error: one file name is enough; quote a name that has blanks
  show > a b
           ^
> show precision > /no/such/x
error: cannot write '/no/such/x': No such file or directory
  show precision > /no/such/x
                   ^~~~~~~~~~
> show precision | /no/such/program 2> /dev/null
error: cannot run '/no/such/program 2> /dev/null'
> !exit 3
error: the shell command ended with status 3
> !
error: '!' needs a shell command after it
