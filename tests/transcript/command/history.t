#! rasad -m tests/golden/marian/swish-3h
#! # at the prompt: tests/pty
#! exit 1
> history
error: history works at the prompt only
> help history
history [COUNT]
Show the lines typed before.
   COUNT  how many of the last lines, 20 when left out

They are kept in ~/.local/state/rasad/history (or the file that RASAD_HISTFILE names; empty:
none). Lines that begin with a blank are not kept. Ctrl-R searches.

  history 5

Short: hi
