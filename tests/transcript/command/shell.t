#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> shell echo hi; echo there | tr t T
hi
There
> !echo hi
hi
> shell exit 3
error: the shell command ended with status 3
> shell
error: shell: COMMAND is missing
  usage: shell COMMAND
> !
error: '!' needs a shell command after it
