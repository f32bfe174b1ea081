#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> export all.safetensors *
error: export needs a run: type a sentence with 'input TEXT', then 'run'
> input --ids 80,98,14,0
source: 4 ids, taken as given
> prefix --ids 5
prefix: 1 token, after the start token: n
> forward
one pass over 4 source and 2 target tokens; nothing is generated
> export all.safetensors *
wrote all.safetensors (123 values, 32.7 KiB of numbers)
> shell "wc -c < all.safetensors"
48904
> export some.npz *.pattern logits
wrote some.npz (9 values, 1.6 KiB of numbers)
> export one.npy enc.out
wrote one.npy (1 value, 384 B of numbers)
> export one.csv enc.0.self.pattern.h1
wrote one.csv (1 value, 64 B of numbers)
> export two.json enc.0.self.pattern.h1[0] enc.out[0,0]
wrote two.json (2 values, 20 B of numbers)
> shell "tail -n +2 two.json | cut -c1-60"
"sites":[
{"site":"enc.0.self.pattern.h1[0]","axes":["B","S'"],"shape"
{"site":"enc.out[0,0]","axes":[],"shape":[],"dtype":"f32","d
]}
> export one.npy *
error: a .npy file holds one tensor, not 123
  export one.npy *
         ^~~~~~~
  name a single site, or use .safetensors, .npz or .json
> export
error: export: FILE is missing
  usage: export FILE [SITE...]
> export x.safetensors
error: export: which values?
  usage: export FILE GLOB..., for example export all.safetensors *
> export x.zip *
error: cannot tell the format of 'x.zip' from its ending
  export x.zip *
         ^~~~~
  known endings: of values .safetensors .npz .npy .json .csv; of the last view .svg .png .html
> export nowhere/x.npz logits
error: cannot write 'nowhere/x.npz': No such file or directory
  export nowhere/x.npz logits
         ^~~~~~~~~~~~~
> export all.safetensors enc.9
error: layer 9: the encoder of this model has layers 0-1
  export all.safetensors enc.9
                         ^~~~~
> shell "wc -c < all.safetensors"
48904
> export view.csv attn
error: no site matches `attn`
  export view.csv attn
                  ^~~~
  what 'attn' draws goes to a file that ends with .svg .png .html
> export view.csv attnx
error: no site matches `attnx`
  export view.csv attnx
                  ^~~~~
  sites begin with enc, dec, logits or probs
