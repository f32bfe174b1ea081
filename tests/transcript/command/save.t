#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> set precision 3
> set prompt "> "
> save settings settings.rasad
wrote settings.rasad (2 lines; source settings.rasad reads it)
> shell "cat settings.rasad"
# rasad: settings
set precision 3
set prompt "> "
> input "a \"read\" \u{A}"
source: 10 characters, 10 bytes, left-to-right
> prefix --ids 5
prefix: 1 token, after the start token: n
> break enc.0.self if x > 1
break 1: enc.0.self, stops before enc.0.self.q if x > 1
> tbreak logits
temporary break 2: logits
> ignore 1 2
break 1 passes over the next 2 hits
> disable 2
1 disabled
> watch 1 + 1
watch 3: 1 + 1
> ablate enc.0.self.h1
enc.0.self.z.h1 set to zero (undo removes it)
> beam 3
beam search: width 3, length penalty 1, early stopping false
> save breaks breaks.rasad
wrote breaks.rasad (5 lines; source breaks.rasad reads it)
> shell "cat breaks.rasad"
# rasad: breaks
break enc.0.self if x > 1
ignore 0 2
tbreak logits
disable 0
watch 1 + 1
> save session session.rasad
wrote session.rasad (12 lines; source session.rasad reads it)
> shell "sed s,/.*/tests,TESTS, session.rasad"
# rasad: session
model load "TESTS/golden/marian/swish-3h"
set precision 3
set prompt "> "
input "a \"read\" \n"
prefix --ids 5
beam 3
ablate enc.0.self.h1
break enc.0.self if x > 1
ignore 0 2
tbreak logits
disable 0
watch 1 + 1
> delete
3 deleted
> reset
1 change removed
> source session.rasad
swish-3h: marian, encoder-decoder 2+3 layers, 3 heads, d_model 24, vocabulary 100
source: 10 characters, 10 bytes, left-to-right
prefix: 1 token, after the start token: n
beam search: width 3, length penalty 1, early stopping false
enc.0.self.z.h1 set to zero (undo removes it)
break 4: enc.0.self, stops before enc.0.self.q if x > 1
break 4 passes over the next 2 hits
temporary break 5: logits
1 disabled
watch 6: 1 + 1
> info breaks
 #  kind    on   hits  ignore  commands  what
 4  break   yes     0       2         0  enc.0.self if x > 1
 5  tbreak  no      0       0         0  logits
 6  watch   yes     0       0         0  1 + 1
> info state
 model     swish-3h
 position  nothing has been computed
 search    beam search of width 3, length penalty 1
 keep      auto
 source    a "read" ‹LF›
 prefix    n
 target    none
 breaks    3
 changes   1
           enc.0.self.h1 zero: seen 0 times, changed 0
> save session nowhere/x
error: cannot write 'nowhere/x': No such file or directory
  save session nowhere/x
               ^~~~~~~~~
> save everything x
error: WHAT is one of: settings breaks session; not 'everything'
  save everything x
       ^~~~~~~~~~
