#! # safetensors files that lie, and tensors that are missing or not wanted.
#! exit 3
> !mkdir m; cp tests/golden/marian/swish-3h/[cgstv]* m
> !cp tests/golden/marian/swish-3h/model.safetensors m; truncate -s 7 m/model.safetensors
> model load m
error: m/model.safetensors: has only 7 bytes; a safetensors file begins with 8
  model load m
             ^
> !: > m/model.safetensors
> model load m
error: m/model.safetensors: is empty (0 bytes)
  model load m
             ^
> !cp tests/golden/marian/swish-3h/model.safetensors m; truncate -s -1 m/model.safetensors
> model load m
error: m/model.safetensors: the tensors need 138384 bytes of data, but the file has 138383
  model load m
             ^
  the file is cut off: is the download complete?
> !cp tests/golden/marian/swish-3h/model.safetensors m; printf x >> m/model.safetensors
> model load m
error: m/model.safetensors: 1 bytes follow the last tensor
  model load m
             ^
> !(printf '\377\377\377\377\377\377\377\177{}') > m/model.safetensors
> model load m
error: m/model.safetensors: says that its header has 9223372036854775807 bytes; the limit is 100000000
  model load m
             ^
  it is probably not a safetensors file
> !(printf '\377\000\000\000\000\000\000\000{}') > m/model.safetensors
> model load m
error: m/model.safetensors: says that its header has 255 bytes, but only 2 follow
  model load m
             ^
  the file is cut off, or it is not a safetensors file
> !(printf '\002\000\000\000\000\000\000\000{]') > m/model.safetensors
> model load m
error: m/model.safetensors: the header is wrong at byte 9: expected a string
  model load m
             ^
> !(printf '\004\000\000\000\000\000\000\000{"\377"') > m/model.safetensors
> model load m
error: m/model.safetensors: the header is not UTF-8 at byte 10
  model load m
             ^
> !(printf '\002\000\000\000\000\000\000\000{}') > m/model.safetensors
> model load m
error: m: tensor model.shared.weight is missing
  model load m
             ^
> !printf '%s\n' 'one() { printf "$(printf "\\\\%03o" ${#1})\\000\\000\\000\\000\\000\\000\\000%s" "$1"; head -c "$2" /dev/zero; }' > one.sh
> !. ./one.sh; one '{"a":{"dtype":"F99","shape":[1],"data_offsets":[0,4]}}' 4 > m/model.safetensors
> model load m
error: m/model.safetensors: tensor "a": the type "F99" cannot be read; known are F32 F16 BF16 F64 I64 I32 I16 I8 U64 U32 U16 U8 BOOL
  model load m
             ^
> !. ./one.sh; one '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}' 4 > m/model.safetensors
> model load m
error: m/model.safetensors: tensor "a": F32 [2] takes 8 bytes, but data_offsets give it 4
  model load m
             ^
> !. ./one.sh; one '{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}' 4 > m/model.safetensors
> model load m
error: m/model.safetensors: tensor "a": the header is wrong at byte 37: a negative number
  model load m
             ^
> !. ./one.sh; one '{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}' 4 > m/model.safetensors
> model load m
error: m/model.safetensors: tensor "a": the header is wrong at byte 38: a number that is not a plain integer
  model load m
             ^
> !. ./one.sh; one '{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}' 4 > m/model.safetensors
> model load m
error: m/model.safetensors: tensor "a": F32 [4294967296, 4294967296] is more than 64 bits can count
  model load m
             ^
> !. ./one.sh; one '{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}' 4 > m/model.safetensors
> model load m
error: m/model.safetensors: tensor "a": begins at byte 4 of the data, but what lies before it ends at 0
  model load m
             ^
> !. ./one.sh; one '{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}' 8 > m/model.safetensors
> model load m
error: m/model.safetensors: tensor "a": begins at byte 4 of the data, but what lies before it ends at 0
  model load m
             ^
> !. ./one.sh; one '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}' 8 > m/model.safetensors
> model load m
error: m/model.safetensors: tensor "a": the header has this name twice
  model load m
             ^
> !. ./one.sh; one '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}' 4 > m/model.safetensors
> model load m
error: m/model.safetensors: tensor "b": begins at byte 0 of the data, but what lies before it ends at 4
  model load m
             ^
> !. ./one.sh; one '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":1}}' 4 > m/model.safetensors
> model load m
error: m/model.safetensors: tensor "a": unknown key "more"
  model load m
             ^
> !. ./one.sh; one '{"__metadata__":{"a":1},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}' 4 > m/model.safetensors
> model load m
error: m/model.safetensors: __metadata__ "a" must be a string
  model load m
             ^
> !. ./one.sh; one '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}' 4 > m/model.safetensors
> model load m
error: m: tensor model.shared.weight is missing
  model load m
             ^
> !sed 's/model.decoder.layers.0.fc1.bias/model.decoder.layers.0.fc9.bias/' tests/golden/marian/swish-3h/model.safetensors > m/model.safetensors
> model load m
error: m: tensor model.decoder.layers.0.fc1.bias is missing
  model load m
             ^
> !sed 's/final_logits_bias/f\\u001b[7m_logits/' tests/golden/marian/swish-3h/model.safetensors > m/model.safetensors
> model load m
m: marian, encoder-decoder 2+3 layers, 3 heads, d_model 24, vocabulary 100
> model info
 model         m
 architecture  marian, encoder-decoder
 layers        2 encoder, 3 decoder
 heads         3
 width         d_model 24
 head width    8
 feed-forward  40 encoder, 56 decoder
 vocabulary    100
 positions     at most 64
 parameters    34,496
 weights       134.8 KiB
 keeping all   510.0 KiB for 32 + 32 tokens; residuals and patterns 159.5 KiB
 special ids   start 99 <pad>, end 0 </s>, pad 99 <pad>
 tokenizer     Marian (SentencePiece Unigram), 100 pieces
 path          m
 note          tensor f‹ESC›[7m_logits is in the file but this architecture has…
> input --ids 5,0
source: 2 ids, taken as given
> forward
one pass over 2 source and 1 target token; nothing is generated
> !cp -r tests/golden/marian/sharded s; sed -i 's/model-00002/..\/model-00002/' s/model.safetensors.index.json
> model load s
error: s/model.safetensors.index.json: '../model-00002-of-00005.safetensors' is not a plain file name: files are only read from 's'
  model load s
             ^
> !cp tests/golden/marian/sharded/*.json s; sed -i 's/model-00002-of/nodel-00002-of/' s/model.safetensors.index.json
> model load s
error: s/model.safetensors.index.json: lists nodel-00002-of-00005.safetensors, which is missing
  model load s
             ^
> !cp tests/golden/marian/sharded/*.json s; mv s/model-00003-of-00005.safetensors away; ln -s ../away s/model-00003-of-00005.safetensors
> model load s
error: s/model.safetensors.index.json: 's/model-00003-of-00005.safetensors' is a link that leads out of its folder or nowhere
  model load s
             ^
> !rm s/model-00003-of-00005.safetensors; printf '{}' > s/model.safetensors.index.json
> model load s
error: s/model.safetensors.index.json: has no weight_map
  model load s
             ^
> tokenize a
▁ a </s>
> forward
one pass over 2 source and 1 target token; nothing is generated
