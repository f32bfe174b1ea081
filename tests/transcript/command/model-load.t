#! exit 3
> model load tests/golden/marian/gelu-untied
gelu-untied: marian, encoder-decoder 2+2 layers, 5 heads, d_model 20, vocabulary 41
> model info
 model         gelu-untied
 architecture  marian, encoder-decoder
 layers        2 encoder, 2 decoder
 heads         5
 width         d_model 20
 head width    4
 feed-forward  36 encoder, 28 decoder
 vocabulary    61 source, 41 target
 positions     at most 64
 parameters    18,709
 weights       73.1 KiB
 keeping all   432.2 KiB for 32 + 32 tokens; residuals and patterns 160.1 KiB
 special ids   start 40 <pad>, end 0 </s>, pad 40 <pad>
 tokenizer     Marian (SentencePiece Unigram), 61 pieces
 path          tests/golden/marian/gelu-untied
> model load nowhere
error: nowhere: no such file or folder
  model load nowhere
             ^~~~~~~
> model load tests
error: tests has no config.json and no tokenizer files: not a model folder
  model load tests
             ^~~~~
> model load tests/golden/marian/swish-3h/config.json
error: 'tests/golden/marian/swish-3h/config.json' has no model: not a tokenizer.json
  model load tests/golden/marian/swish-3h/config.json
             ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  a model is a folder, a .safetensors file, or a tokenizer file alone
> shell "mkdir cut; cp tests/golden/marian/swish-3h/* cut; truncate -s 5000 cut/model.safetensors"
> model load cut
error: cut/model.safetensors: says that its header has 11944 bytes, but only 4992 follow
  model load cut
             ^~~
  the file is cut off, or it is not a safetensors file
> model load tests/golden/marian/swish-3h/source.spm
source.spm: SentencePiece Unigram, 64 pieces; no model
> tokenize a read
▁ a ▁ read
> shapes
error: source.spm is a tokenizer alone: it has no values
> m l tests/golden/marian/lang
lang: marian, encoder-decoder 2+2 layers, 4+2 heads, d_model 16, vocabulary 103
> model load
error: model load: FILE is missing
  usage: model load FILE
