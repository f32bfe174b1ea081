#! rasad -m tests/golden/marian/swish-3h
#! # at the prompt: tests/pty
#! exit 1
> history
error: history works at the prompt only
  'history --session' shows the lines of this session alone
> help history
history [COUNT] [--session]
Show the lines typed before.
   COUNT      how many of the last lines, 20 when left out
   --session  those of this session: all, and of a document also its own

They are kept in ~/.local/state/rasad/history (or the file that RASAD_HISTFILE names; empty:
none). Lines that begin with a blank are not kept. Ctrl-R searches. --session: what was typed or read from a
script since the program began; after `open` what led to the document, and what came after.

  history 5
  history --session

Short: hi
> history --session
    1  history
    2  help history
    3  history --session
> history 1 --session
    4  history 1 --session
