#! exit 1
> record walk.rec
> input علی به مدرسه می‌رود
source: 19 characters, 36 bytes, right-to-left
> start
At enc.embed, nothing computed.
> next
embeddings  done, enc.0.resid_pre [6,128]
> next
enc.0  done, enc.0.norm2 [6,128]
> =1 + 1
$1 = 2
> !true
> define two
> echo $arg0
> echo $arg0 $arg0
> end
> two a
a
a a
> print enc.9.out
error: layer 9: the encoder of this model has layers 0-2
  print enc.9.out
        ^~~~~~~~~
> record off
recorded 9 commands
> replay walk.rec
10 commands, all as recorded
1 of them print times and the like: not compared
> =2 + 2
$2 = 4
> !sed "s/enc.0.norm2/enc.0.norm3/" walk.rec > other.rec
> replay other.rec
error: other.rec:14: 'next' printed something else
  recorded 'enc.0  done, enc.0.norm3 [6,128]', now 'enc.0  done, enc.0.norm2 [6,128]'
> !sed "s/machine [a-z0-9]*,/machine of old,/; s/36 bytes/36.01 bytes/" walk.rec > old.rec
> replay old.rec
10 commands, all as recorded within the tolerance
1 of them print times and the like: not compared
> replay old.rec --tolerance 0
error: old.rec:8: 'input علی به مدرسه می‹ZWNJ›رود' printed something else
  recorded 'source: 19 characters, 36.01 bytes, right-to-left', now 'source: 19 characters, 36 bytes, right-to-left'
> !sed "s/fa-en [0-9a-f]*/fa-en 0123456789abcdef/" walk.rec > foreign.rec
> replay foreign.rec
error: the record was made with the model fa-en (0123456789abcdef), which is not open
  'model load' that model first
> !sed "s/record 1/record 2/" walk.rec > newer.rec
> replay newer.rec
error: newer.rec:1: the record is of version 2; this program reads 1
  replay newer.rec
         ^~~~~~~~~
> !printf "\043 rasad record 1\n# model fa-en 8c45b87c9b9b47f7\n> !ls\n> echo a\na\n> detok 39 | cat\nبه\n" > system.rec
> replay system.rec
3 commands, all as recorded within the tolerance
1 of them print times and the like: not compared
> replay README.md
error: README.md:1: this is no record (it begins with "# rasad record 1")
  replay README.md
         ^~~~~~~~~
> replay nowhere.rec
error: cannot open 'nowhere.rec': No such file or directory
  replay nowhere.rec
         ^~~~~~~~~~~
  did you mean 'newer.rec'?
> replay walk.rec --slow -1
error: --slow is a pause of 0 to 3600 seconds
  replay walk.rec --slow -1
                         ^~
> replay walk.rec --tolerance 7
error: --tolerance is a part of a number, from 0 to 1
  replay walk.rec --tolerance 7
                              ^
> record times.rec
> plot cost --len 16..64 --measure > times.txt
> plot cost --len 16..16 > times.txt
> record off
recorded 2 commands
> replay times.rec
3 commands, all as recorded
1 of them print times and the like: not compared
