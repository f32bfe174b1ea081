#! # Targets that cannot be written: the error says why, and a file that was there stays whole.
#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 5,6,0
source: 3 ids, taken as given
> export x.json enc.out
error: export needs a run: type 'run', or 'start' to go step by step
> forward
one pass over 3 source and 1 target token; nothing is generated
> export nowhere/x.json enc.out
error: cannot write 'nowhere/x.json': No such file or directory
  export nowhere/x.json enc.out
         ^~~~~~~~~~~~~~
> !mkdir dir.json; ln -s /dev/full full.json; ln -s /dev/full full.safetensors; echo old > old.json
> export dir.json enc.out
error: cannot write 'dir.json': Is a directory
  export dir.json enc.out
         ^~~~~~~~
> export full.json *
error: cannot write 'full.json': No space left on device
  export full.json *
         ^~~~~~~~~
  the file of that name, if there was one, is as it was
> export full.safetensors *
error: cannot write 'full.safetensors': No space left on device
  export full.safetensors *
         ^~~~~~~~~~~~~~~~
  the file of that name, if there was one, is as it was
> export x.xyz enc.out
error: cannot tell the format of 'x.xyz' from its ending
  export x.xyz enc.out
         ^~~~~
  known endings: of values .safetensors .npz .npy .json .csv; of the last view .svg .png .html
> export "" enc.out
error: FILE is empty; a file name is needed
  export "" enc.out
         ^~
> export old.json
error: export: which values?
  usage: export FILE GLOB..., for example export all.safetensors *
> export old.json nothing*
error: no site matches `nothing*`
  export old.json nothing*
                  ^~~~~~~~
  sites begin with enc, dec, logits or probs
> export old.json enc.9.*
error: layer 9: the encoder of this model has layers 0-1
  export old.json enc.9.*
                  ^~~~~~~
> export x.npy *
error: a .npy file holds one tensor, not 123
  export x.npy *
         ^~~~~
  name a single site, or use .safetensors, .npz or .json
> !cat old.json; ls
old
README.md
dir.json
examples
full.json
full.safetensors
old.json
src
tests
> print enc.out > nowhere/x
error: cannot write 'nowhere/x': No such file or directory
  print enc.out > nowhere/x
                  ^~~~~~~~~
> print enc.out > dir.json
error: cannot write 'dir.json': Is a directory
  print enc.out > dir.json
                  ^~~~~~~~
> print enc.out > /dev/full
error: cannot write '/dev/full': No space left on device
> save settings nowhere/x
error: cannot write 'nowhere/x': No such file or directory
  save settings nowhere/x
                ^~~~~~~~~
> save settings /dev/full
error: cannot write '/dev/full': No space left on device
  save settings /dev/full
                ^~~~~~~~~
> output nowhere/x
error: cannot write 'nowhere/x': No such file or directory
  output nowhere/x
         ^~~~~~~~~
> output /dev/full
> print enc.0.self.out
error: cannot write '/dev/full': No space left on device; 'output' is off now
> log /dev/full
> print enc.out[0,0,0]
error: cannot write '/dev/full': No space left on device; 'log' is off now
$3 = enc.out[0,0,0]  -0.3425
> tokens
 #  id  chars  bytes  from   piece
 0   5  -          0  given  n
 1   6  -          0  given  ج
 2   0  -          0  given  </s>
3 tokens, src: i32[3]
> !ln -s /dev/full full.svg; ln -s /dev/full full.png; mkdir dir.html; echo old > kept.svg
> export full.svg
error: cannot write 'full.svg': No space left on device
  export full.svg
         ^~~~~~~~
> export full.png
error: cannot write 'full.png': No space left on device
  export full.png
         ^~~~~~~~
> export dir.html
error: cannot write 'dir.html': Is a directory
  export dir.html
         ^~~~~~~~
> export kept.svg attn nowhere
error: no site matches `nowhere`
  sites begin with enc, dec, logits or probs
> !cat kept.svg
old
> export old.json enc.out[0,0,0:2]
wrote old.json (1 value, 8 B of numbers)
> !head -c 25 old.json
{"metadata":{"rasad":"0.1\(no newline)
