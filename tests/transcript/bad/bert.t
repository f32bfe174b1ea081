#! rasad -k
#! exit 1
> !mkdir b; cp tests/golden/bert/next-f16/[cm]* b
> model load b
b: bert, encoder 1 layer, 2 heads, d_model 14, vocabulary 29
> print mlm.logits
error: mlm.logits: this model has no head for masked tokens
  print mlm.logits
        ^~~~~~~~~~
> !sed -i 's/"is_decoder": false/"is_decoder": true/' b/config.json
> model load b
error: b/config.json: is_decoder is true: a BERT that is a decoder is not a family that rasad knows
  model load b
             ^
> !sed -i 's/"is_decoder": true/"position_embedding_type": "relative_key"/' b/config.json
> model load b
error: b/config.json: position_embedding_type "relative_key": rasad knows absolute positions only
  model load b
             ^
> !sed -i 's/"relative_key"/"absolute"/; s/"silu"/"quick_gelu"/' b/config.json
> model load b
error: b/config.json: hidden_act "quick_gelu" is not known (gelu, gelu_new, relu, silu, tanh)
  model load b
             ^
> !sed -i 's/"quick_gelu"/"silu"/; s/"num_attention_heads": 2/"num_attention_heads": 3/' b/config.json
> model load b
error: b/config.json: hidden_size 14 cannot be split into 3 heads
  model load b
             ^
> !sed -i 's/"num_attention_heads": 3/"num_attention_heads": 2/; s/"vocab_size": 29/"vocab_size": 28/' b/config.json
> model load b
error: b: tensor bert.embeddings.word_embeddings.weight has shape [29, 14] but the configuration needs [28, 14]
  model load b
             ^
> !sed -i 's/"vocab_size": 28/"vocab_size": 29/; s/ForNextSentencePrediction/ForMaskedLM/' b/config.json
> model load b
b: bert, encoder 1 layer, 2 heads, d_model 14, vocabulary 29
> print mlm.logits
error: mlm.logits: this model has no head for masked tokens
  print mlm.logits
        ^~~~~~~~~~
> !sed -i 's/"type_vocab_size": 2/"type_vocab_size": 0/' b/config.json
> model load b
error: b/config.json: "type_vocab_size" is 0; it must be between 1 and 1048576
  model load b
             ^
> !rm b/model.safetensors; sed -i 's/"type_vocab_size": 0/"type_vocab_size": 2/' b/config.json
> model load b
b: bert, encoder 1 layer, 2 heads, d_model 14, vocabulary 29; no weights
> shapes mlm
 tensor      shape           bytes  from
 mlm.pre     [B=1, S, D=14]         enc.0.norm2 W[14,14] + b
 mlm.post    [B=1, S, D=14]         silu(pre)
 mlm.norm    [B=1, S, D=14]         layernorm(post)
 mlm.logits  [B=1, S, V=29]         norm W[29,14] + b
 mlm.probs   [B=1, S, V=29]         softmax(logits)
B  = 1      sentences in the batch
S  = ?      source length
D  = 14     width of the residual stream (hidden_size)
V  = 29     vocabulary
> shapes nsp
error: nsp: this model has no head for the next sentence
  shapes nsp
         ^~~
> !sed -i 's/ForMaskedLM/ForWhatever/' b/config.json
> model load b
b: bert, encoder 1 layer, 2 heads, d_model 14, vocabulary 29; no weights
> shapes pooled
 tensor  shape        bytes  from
 pooled  [B=1, D=14]   56 B  tanh(pooled.pre)
B  = 1      sentences in the batch
D  = 14     width of the residual stream (hidden_size)
> shapes nsp
error: nsp: this model has no head for the next sentence
  shapes nsp
         ^~~
> model load tests/golden/bert/encoder-alone
encoder-alone: bert, encoder 2 layers, 7 heads, d_model 21, vocabulary 33
> input --ids 1,2,3 --segments 0,0,1
error: bert takes one text: it has no segments to tell two apart
  input --ids 1,2,3 --segments 0,0,1
              ^~~~~
> input --ids 1,2,3 --segments 0,0,0
error: bert takes one text: it has no segments to tell two apart
  input --ids 1,2,3 --segments 0,0,0
              ^~~~~
> input --ids 1,2,3 --segments 0,0
error: 2 segments for 3 ids: one for each is wanted
  input --ids 1,2,3 --segments 0,0
                               ^~~
> input --segments 0,0
error: --segments goes with --ids: a text has its own
  input --segments 0,0
                   ^~~
> input --pair a
error: two texts are wanted, with ||| between them
  for example: FIRST TEXT ||| SECOND TEXT
> input --pair a ||| b
error: encoder-alone has no tokenizer files, so text cannot be turned into ids
  give ids instead: input --ids 5,6,7
> input --pair a ||| b ||| c
error: ||| stands there more than once: two texts are wanted
> input --pair ||| b
error: the first of the two texts is empty
> input --ids 1,2,33
error: id 33 is outside the vocabulary (ids 0-32)
  input --ids 1,2,33
              ^~~~~~
> input --ids 1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8,9,0
error: the input has 19 tokens, but this model takes at most 18
  input --ids 1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8,9,0
              ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
> model load tests/golden/marian/swish-3h
swish-3h: marian, encoder-decoder 2+3 layers, 3 heads, d_model 24, vocabulary 100
> input --pair a ||| b
error: marian takes one text: it has no segments to tell two apart
> print pooled
error: pooled: this model has no pooler
  print pooled
        ^~~~~~
> print mlm.logits
error: mlm.logits: this model has no head for masked tokens
  print mlm.logits
        ^~~~~~~~~~
