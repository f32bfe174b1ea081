#! rasad -m tests/golden/marian/swish-3h
#! # Pictures and pages: of the last view, of a command, and what goes wrong.
#! exit 1
> export a.svg
error: no table, map or curve was shown yet
  draw one first, or name a command: export a.svg attn
> input --ids 80,98,14,0
source: 4 ids, taken as given
> prefix --ids 5
prefix: 1 token, after the start token: n
> forward
one pass over 4 source and 2 target tokens; nothing is generated
> export a.svg
error: no table, map or curve was shown yet
  draw one first, or name a command: export a.svg attn
> attn enc.0.self h1
enc.0.self.pattern.h1  [4,4]  rows: source (queries), columns: source (keys)
  entropy 0.09 bits (mean of the rows)
          0    1    2    3
   0                    ██  ط
   1                    ██  :
   2     ██                 f
   3          ██            </s>
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1
> export a.svg
wrote a.svg (attn enc.0.self h1, 11.8 KiB)
> export a.html
wrote a.html (attn enc.0.self h1, {{[0-9.]+}} KiB)
> export a.png
wrote a.png (attn enc.0.self h1, {{[0-9.]+}} KiB)
> shell "head -c 8 a.png | od -An -c; grep -c . a.svg; grep -o '<h1>.*</h1>' a.html"
 211   P   N   G  \r  \n 032  \n
147
<h1>attn enc.0.self h1</h1>
> export t.SVG tokens
wrote t.SVG (tokens, 3.7 KiB)
> export h.html heads enc.0.self
wrote h.html (heads enc.0.self, {{[0-9.]+}} KiB)
> shell "grep -c 'class=.map small' h.html"
3
> export u.svg "heads enc.0.self"
wrote u.svg (heads enc.0.self, 16.5 KiB)
> =rasad.export("l.svg", "attn", "enc.0.self", "h1").view
$1 = attn enc.0.self h1
> print enc.out
$2 = enc.out  f32[B=1, S=4, D=24]  384 B
mean -0.1284  sd 0.5335  min -1.135  max 1.379  norm 5.377
         0       1       2  ...      21      22      23
 0  -0.255  -0.478  -0.746  ...  -0.791  -0.181  -0.086  ط
 1  -0.308  -0.470  -0.737  ...  -0.726  -0.189  -0.211  :
 2  -0.303  -0.317  -0.760  ...  -0.657  -0.143  -0.283  f
 3  -0.262  -0.477  -0.683  ...  -0.815  -0.277  -0.129  </s>
> export again.svg
wrote again.svg (print enc.out, 5.9 KiB)
> export x.svg nonsense
error: unknown command 'nonsense'
  export x.svg nonsense
               ^~~~~~~~
  'help' lists the commands
> export x.svg attn enc.9
error: layer 9: the encoder of this model has layers 0-1
> export x.svg export y.svg
error: 'export' draws nothing
  export x.svg export y.svg
               ^~~~~~
> export x.svg translate
error: translate: TEXT is missing
  usage: translate [--max N] [--min N] [--beam N] [--keep auto|all|none] TEXT
> export nowhere/a.svg
error: cannot write 'nowhere/a.svg': No such file or directory
  export nowhere/a.svg
         ^~~~~~~~~~~~~
> export a.pdf
error: cannot tell the format of 'a.pdf' from its ending
  export a.pdf
         ^~~~~
  known endings: of values .safetensors .npz .npy .json .csv; of the last view .svg .png .html
> shell "ls *.svg *.SVG *.html"
a.html
a.svg
again.svg
h.html
l.svg
t.SVG
u.svg
> export bars.svg shapes enc.0.self --len 7
wrote bars.svg (shapes enc.0.self --len 7, 4.8 KiB)
> export bars.svg shapes --nosuch
error: shapes has no option '--nosuch'
  usage: shapes [--batch N] [--len N] [--target-len N] [--ask] [SITE...]
> export bars.svg --len 7
error: export has no option '--len'
  export bars.svg --len 7
                  ^~~~~
  usage: export FILE [SITE...]
