#! rasad -m tests/golden/marian/swish-3h
#! # at the prompt: tests/pty
#! exit 1
> setup
error: setup works at the prompt only
> help setup
setup
Find out how this terminal shows Persian.

Shows a Persian word in two ways and asks which one reads right; the answer becomes the
setting 'bidi' and, when wanted, a line of your init file.
