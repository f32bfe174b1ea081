#! rasad -k
#! exit 1
> !cp -r tests/golden/sentence/last s
> model load s
s: bert, encoder 1 layer, 3 heads, d_model 12, vocabulary 31
> input --ids 2,7,3
source: 3 ids, taken as given
> forward
one pass over 3 tokens: enc.out [3,12], embedding [7]
> print embedding
$1 = embedding  f32[B=1, E=7]  28 B
mean 0.1058  sd 0.7355  min -0.9585  max 0.8263  norm 1.966
         0       1       2        3        4       5        6
 0  0.6038  0.7573  0.6579  -0.9168  -0.9585  0.8263  -0.2292
> input --ids 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17
error: the input has 17 tokens, but this model takes at most 16
  input --ids 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17
              ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
> embed w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w12 w13 w14 w15
$2 = embedding  f32[E=7]  28 B
mean -0.003124  sd 0.7821  min -0.9908  max 0.8782  norm 2.069
      0       1       2        3        4       5        6
 0.4185  0.8532  0.4807  -0.9145  -0.9908  0.8782  -0.7472
 site       numbers  length  how
 pool.last       12  3.4062  the last position of enc.0.norm2 that is not paddi…
 dense.pre        7  3.8119  pool.last W^T + b, W[7, 12]
 dense            7  2.0692  tanh(x) = tanh x, x = dense.pre
> tokens
  #  id  chars  bytes  from       piece
  0   2  -          0  tokenizer  [CLS]
  1   6  0-1        2  text       w1
  2   7  3-4        2  text       w2
  3   8  6-7        2  text       w3
  4   9  9-10       2  text       w4
  5  10  12-13      2  text       w5
  6  11  15-16      2  text       w6
  7  12  18-19      2  text       w7
  8  13  21-22      2  text       w8
  9  14  24-25      2  text       w9
 10  15  27-29      3  text       w10
 11  16  31-33      3  text       w11
 12  17  35-37      3  text       w12
 13   3  -          0  tokenizer  [SEP]
14 tokens, src: i32[14]
> !cp s/modules.json keep; sed -i 's|"1_Pooling"|"../s/1_Pooling"|' s/modules.json
> model load s
error: s/modules.json: the path "../s/1_Pooling" is not a folder in the model's own
  model load s
             ^
> !sed 's|"1_Pooling"|"/etc"|' keep > s/modules.json
> model load s
error: s/modules.json: the path "/etc" is not a folder in the model's own
  model load s
             ^
> !sed 's|"1_Pooling"|".."|' keep > s/modules.json
> model load s
error: s/modules.json: the path ".." is not a folder in the model's own
  model load s
             ^
> !sed 's|models.Pooling|models.LSTM|' keep > s/modules.json
> model load s
error: s/modules.json: a module of type LSTM is not known (Transformer, Pooling, Dense, Normalize)
  model load s
             ^
> !sed 's|models.Dense|models.Normalize|; s|2_Dense|none|' keep > s/modules.json
> model load s
s: bert, encoder 1 layer, 3 heads, d_model 12, vocabulary 31
> !sed 's|models.Transformer|models.WordEmbeddings|' keep > s/modules.json
> model load s
error: s/modules.json: the first module is no Transformer
  model load s
             ^
> !sed 's|models.Pooling|models.Dense|; s|"1_Pooling"|"2_Dense"|' keep > s/modules.json
> model load s
error: s/2_Dense/config.json: a dense module comes before any pooling
  model load s
             ^
> !echo '{"a": 1}' > s/modules.json
> model load s
error: s/modules.json: not a list of at most 64 modules
  model load s
             ^
> !echo '[1]' > s/modules.json
> model load s
error: s/modules.json: entry 0 is not an object
  model load s
             ^
> !echo '[{"type"' > s/modules.json
> model load s
error: s/modules.json: line 2, column 0: ':' expected near end of file
  model load s
             ^
> !cp keep s/modules.json; cp s/1_Pooling/config.json pool; echo '{"pooling_mode": "middle"}' > s/1_Pooling/config.json
> model load s
error: s/1_Pooling/config.json: pooling_mode "middle" is not known
  model load s
             ^
> !echo '{"pooling_mode": ["cls", "cls"]}' > s/1_Pooling/config.json
> model load s
error: s/1_Pooling/config.json: pooling_mode "cls" stands there twice
  model load s
             ^
> !echo '{"pooling_mode": "cls", "word_embedding_dimension": 13}' > s/1_Pooling/config.json
> model load s
error: s/1_Pooling/config.json: "word_embedding_dimension" is 13, but the encoder gives 12
  model load s
             ^
> !rm s/1_Pooling/config.json
> model load s
error: the pooling module has no config.json
  model load s
             ^
> !cp pool s/1_Pooling/config.json; sed -i 's|Tanh|Softsign|' s/2_Dense/config.json
> model load s
error: s/2_Dense/config.json: activation_function "torch.nn.modules.activation.Softsign" is not known (Identity, Tanh, ReLU, GELU, SiLU, Sigmoid)
  model load s
             ^
> !sed -i 's|Softsign|Tanh|; s|"in_features": 12|"in_features": 11|' s/2_Dense/config.json
> model load s
error: s/2_Dense/config.json: "in_features" is 11, but what comes before gives 12
  model load s
             ^
> !sed -i 's|"in_features": 11|"in_features": 12|; s|"out_features": 7|"out_features": 8|' s/2_Dense/config.json
> model load s
error: s: tensor 2_Dense/linear.weight has shape [7, 12] but the configuration needs [8, 12]
  model load s
             ^
> !sed -i 's|"out_features": 8|"out_features": 7|' s/2_Dense/config.json; rm s/2_Dense/model.safetensors
> model load s
error: s: tensor 2_Dense/linear.weight is missing
  model load s
             ^
> !rm -r s/1_Pooling; ln -s /tmp s/1_Pooling
> model load s
error: 's/1_Pooling' is a link that leads out of its folder or nowhere
  model load s
             ^
> !cp -r tests/golden/sentence/mean t; mkdir -p t/2_Normalize; echo '{"module_input_name": "token_embeddings"}' > t/2_Normalize/config.json
> model load t
error: t/2_Normalize/config.json: module_input_name "token_embeddings" is not known: modules after the pooling work on sentence_embedding
  model load t
             ^
> !rm -r t/2_Normalize; echo '{"pooling_mode": "mean", "include_prompt": 1}' > t/1_Pooling/config.json
> model load t
error: t/1_Pooling/config.json: "include_prompt" is 1; it must be true or false
  model load t
             ^
> !ln -s / t/2_Normalize; echo '{"pooling_mode": "mean"}' > t/1_Pooling/config.json
> model load t
error: 't/2_Normalize' is a link that leads out of its folder or nowhere
  model load t
             ^
> # what is read and makes no difference is said
> !rm t/2_Normalize; echo '{"pooling_mode": "mean", "include_prompt": false}' > t/1_Pooling/config.json; echo '{"default_prompt_name": "query", "prompts": {"query": "w1 "}}' > t/config_sentence_transformers.json
> model load t
t: bert, encoder 1 layer, 3 heads, d_model 12, vocabulary 31
> model info
 model         t
 architecture  bert, encoder
 layers        1
 heads         3
 width         d_model 12
 head width    4
 feed-forward  10
 vocabulary    31
 positions     at most 16
 segments      2
 on it         sentence vector
 parameters    1,546
 weights       6.0 KiB
 keeping all   50.6 KiB for 32 tokens; residuals and patterns 18.1 KiB
 special ids
 tokenizer     WordPiece (cased), 31 pieces
 path          t
 note          the pooling leaves out the tokens of a prompt (include_prompt is…
 note          t: the default prompt of config_sentence_transformers.json is no…
