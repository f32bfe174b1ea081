#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> report early.html
error: report needs a run: type a sentence with 'input TEXT', then 'run'
> input --ids 80,98,14,0
source: 4 ids, taken as given
> start
At enc.embed, nothing computed.
> report begun.html
wrote begun.html (0 maps, {{[0-9.]+}} KiB)
> run --max 3
۷بخانه    3 tokens (the limit: set max-new, or run --max N), log p -3.9094
> report session.html
wrote session.html (24 maps, {{[0-9.]+}} KiB)
> shell "grep -c '<script' session.html; grep -o '<h2 [^<]*' session.html"
2
<h2 id="maps-title">Attention
<h2 id="steps-title">Decoding step by step
<h2 id="source-title">Tokens of the source
<h2 id="target-title">Tokens of the target
<h2 id="shapes-title">Shapes
<h2 id="model-title">Model
> shell "sed -n '/id=.steps/,/id=.source/p' session.html | grep -c '^<tr><td class=.num.>'; grep -c '<image' session.html"
30
32
> report one.html --layers 1
wrote one.html (9 maps, {{[0-9.]+}} KiB)
> report none.html --layers 7
error: layer 7: this model has layers 0-2
  report none.html --layers 7
                            ^
> report none.html --layers 2-1
error: '2-1' is no range of layers
  report none.html --layers 2-1
                            ^~~
  for example --layers 0-2, or one alone
> report none.html --layers x
error: 'x' is no range of layers
  report none.html --layers x
                            ^
  for example --layers 0-2, or one alone
> report session.txt
error: a report is a page: its name ends in .html
  report session.txt
         ^~~~~~~~~~~
  for example report session.html
> report nowhere/x.html
error: cannot write 'nowhere/x.html': No such file or directory
  report nowhere/x.html
         ^~~~~~~~~~~~~~
> shell "ln -s /dev/full full.html"
> report full.html
error: cannot write 'full.html': No space left on device
  report full.html
         ^~~~~~~~~
> run --beam 2 --max 3
بلندندr    3 tokens (the limit: set max-new, or run --max N), score -1.2850
۷بخانه    3 tokens (the limit: set max-new, or run --max N), score -1.3031
> report session.html
wrote session.html (24 maps, {{[0-9.]+}} KiB)
> shell "grep -o '<h2 [^<]*' session.html; ls"
<h2 id="maps-title">Attention
<h2 id="steps-title">Decoding step by step
<h2 id="beams-title">Beams
<h2 id="source-title">Tokens of the source
<h2 id="target-title">Tokens of the target
<h2 id="shapes-title">Shapes
<h2 id="model-title">Model
README.md
begun.html
examples
full.html
one.html
session.html
src
tests
