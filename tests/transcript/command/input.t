#! bare
#! env EDITOR=./editor
#! rasad -n -k --echo -m tests/golden/marian/gelu-untied
#! exit 1
> input
error: there is no source yet
  type a sentence: input TEXT
> input علی به مدرسه می‌رود
source: 19 characters, 36 bytes, right-to-left
> input
علی به مدرسه می‌رود
source: 19 characters, 36 bytes, right-to-left
> input "a \"read\" \u{200C}x\tي"
note: character 11, U+0009 TAB, becomes U+0020 (see: normalize)
note: the normaliser changes 1 more place of the text (see: normalize)
source: 13 characters, 16 bytes, right-to-left
> input دیگر
source: 4 characters, 8 bytes, right-to-left
> input "a \"read\" \u{200C}x\tي"
source: 13 characters, 16 bytes, right-to-left
> input "bad \q"
error: unknown escape '\q' in quoted text
  input "bad \q"
             ^~
  inside "..." these are read: \" \\ \n \t \u{HEX}
> input --ids 5,6,7,0
source: 4 ids, taken as given
> input --ids 5, 6,7
source: 3 ids, taken as given
> input --ids 5,x
error: --ids takes token ids like 5,6,7, not 'x'
  input --ids 5,x
                ^
> input --ids 5,6,1000
error: id 1000 is outside the vocabulary (ids 0-60)
  input --ids 5,6,1000
              ^~~~~~~~
> input --ids 5 and text
error: input takes a text, or --ids, or -f, or -n, or -e: one of them
> shell "printf \"a read\\n\" > one.txt; printf \"first\\nsecond line\\n\" > two.txt"
> input -f one.txt
source: 6 characters, 6 bytes, left-to-right
> input -f nowhere.txt
error: cannot open 'nowhere.txt': No such file or directory
  input -f nowhere.txt
           ^~~~~~~~~~~
> input -n 1
error: no corpus is open
  input -n 1
           ^
  open one with: corpus FILE
> shell "yes a | head -n 40 | tr '\\n' ' ' > long.txt"
> input -f long.txt
error: the text has 81 tokens, but this model takes at most 64
  input -f long.txt
           ^~~~~~~~
> input --ids 5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5
error: the input has 65 tokens, but this model takes at most 64
  input --ids 5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5
              ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
> corpus two.txt
two.txt: 2 lines; corpus next takes the first
> input -n 2
line 2 of 2  second line
source: 11 characters, 11 bytes, left-to-right
> input -n 3
error: line 3: two.txt has lines 1-2
  input -n 3
           ^
> info state
 model     gelu-untied
 position  nothing has been computed
 search    greedy
 keep      auto
 source    second line
 target    none
 breaks    0
 changes   none
> shell "printf '#!/bin/sh\nprintf the-edited-text > $1' > editor; chmod +x editor"
> input -e
source: 15 characters, 15 bytes, left-to-right
the-edited-text
> shell "printf '#!/bin/sh\n: > $1' > editor"
> input -e
error: the text was empty; the source is as it was
> shell "printf '#!/bin/sh\nfalse' > editor"
> input -e
error: the editor './editor' failed; the text is as it was
  the variables VISUAL and EDITOR name the editor
> input -e some text
error: input takes a text, or --ids, or -f, or -n, or -e: one of them
> input
the-edited-text
source: 15 characters, 15 bytes, left-to-right
