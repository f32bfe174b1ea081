#! rasad -m tests/golden/marian/swish-3h
#! # at the prompt: tests/pty
#! exit 1
> edit
error: edit works at the prompt only
> help edit
edit [TEXT]
Write lines in your editor and carry them out.
   TEXT  what to begin with; the last line when left out

The editor is $VISUAL or $EDITOR, else vi; it begins with the last line. An empty text does
nothing. Ctrl-X Ctrl-E edits the line being typed and comes back to it. Persian is easier to
edit there than in a line of the terminal.

  edit
  edit input علی به مدرسه می‌رود

Short: ed
