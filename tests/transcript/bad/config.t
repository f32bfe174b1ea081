#! # Configurations that cannot be: each is refused by name, number and range.
#! exit 3
> !mkdir m; cp tests/golden/marian/swish-3h/[msvt]* m
> !printf '{"model_type": "flux", "d_model": 8}' > m/config.json
> model load m
error: m/config.json: model_type "flux" is not a family that rasad knows (known: marian, transformer, bert)
  model load m
             ^
> !printf '{"model_type": "a\\u001b[31m\\u202e\\u0007"}' > m/config.json
> model load m
error: m/config.json: model_type "a‹ESC›[31m‹U+202E›‹BEL›" is not a family that rasad knows (known: marian, transformer, bert)
  model load m
             ^
> !printf '{"d_model": 8}' > m/config.json
> model load m
error: m/config.json: "model_type" is missing
  model load m
             ^
> !printf '{"model_type": 5}' > m/config.json
> model load m
error: m/config.json: "model_type" is 5; it must be a text
  model load m
             ^
> !printf '{"model_type": "marian", ' > m/config.json
> model load m
error: m/config.json: line 1, column 25: string or '}' expected near end of file
  model load m
             ^
> !printf '[1]' > m/config.json
> model load m
error: m/config.json: not a JSON object
  model load m
             ^
> !: > m/config.json
> model load m
error: m/config.json: the file is empty
  model load m
             ^
> !printf '{"model_type": "marian", "model_type": "marian"}' > m/config.json
> model load m
error: m/config.json: line 1, column 37: duplicate object key near '"model_type"'
  model load m
             ^
> !printf '\377{}' > m/config.json
> model load m
error: m/config.json: line 1, column 0: unable to decode byte 0xff
  model load m
             ^
> !sed 's/"d_model": [^,]*/"d_model": 0/' tests/golden/marian/swish-3h/config.json > m/config.json
> model load m
error: m/config.json: "d_model" is 0; it must be between 1 and 1048576
  model load m
             ^
> !sed 's/"d_model": [^,]*/"d_model": -24/' tests/golden/marian/swish-3h/config.json > m/config.json
> model load m
error: m/config.json: "d_model" is -24; it must be between 1 and 1048576
  model load m
             ^
> !sed 's/"d_model": [^,]*/"d_model": 25/' tests/golden/marian/swish-3h/config.json > m/config.json
> model load m
error: m/config.json: d_model 25 cannot be split into 3 encoder heads
  model load m
             ^
> !sed 's/"d_model": [^,]*/"d_model": 48/' tests/golden/marian/swish-3h/config.json > m/config.json
> model load m
error: m: tensor model.shared.weight has shape [100, 24] but the configuration needs [100, 48]
  model load m
             ^
> !sed 's/"d_model": [^,]*/"d_model": 2147483648/' tests/golden/marian/swish-3h/config.json > m/config.json
> model load m
error: m/config.json: "d_model" is 2147483648; it must be between 1 and 1048576
  model load m
             ^
> !sed 's/"d_model": [^,]*/"d_model": 99999999999999999999/' tests/golden/marian/swish-3h/config.json > m/config.json
> model load m
error: m/config.json: "d_model" is 1e+20; it must be an integer between 1 and 1048576
  model load m
             ^
> !sed 's/"d_model": [^,]*/"d_model": 2.5/' tests/golden/marian/swish-3h/config.json > m/config.json
> model load m
error: m/config.json: "d_model" is 2.5; it must be an integer between 1 and 1048576
  model load m
             ^
> !sed 's/"d_model": [^,]*/"d_model": "24"/' tests/golden/marian/swish-3h/config.json > m/config.json
> model load m
error: m/config.json: "d_model" is the text "24"; it must be an integer between 1 and 1048576
  model load m
             ^
> !sed 's/"d_model": [^,]*/"d_model": null/' tests/golden/marian/swish-3h/config.json > m/config.json
> model load m
error: m/config.json: "d_model" is null; it must be given
  model load m
             ^
> !sed 's/"d_model": [^,]*/"d_model": [24]/' tests/golden/marian/swish-3h/config.json > m/config.json
> model load m
error: m/config.json: "d_model" is a list; it must be an integer between 1 and 1048576
  model load m
             ^
> !sed 's/"encoder_layers": [^,]*/"encoder_layers": 0/' tests/golden/marian/swish-3h/config.json > m/config.json
> model load m
error: m/config.json: "encoder_layers" is 0; it must be between 1 and 1024
  model load m
             ^
> !sed 's/"encoder_layers": [^,]*/"encoder_layers": 3/' tests/golden/marian/swish-3h/config.json > m/config.json
> model load m
error: m: tensor model.encoder.layers.2.self_attn.q_proj.weight is missing
  model load m
             ^
> !sed 's/"encoder_layers": [^,]*/"encoder_layers": 2000000000/' tests/golden/marian/swish-3h/config.json > m/config.json
> model load m
error: m/config.json: "encoder_layers" is 2000000000; it must be between 1 and 1024
  model load m
             ^
> !sed 's/"decoder_layers": [^,]*/"decoder_layers": 4/' tests/golden/marian/swish-3h/config.json > m/config.json
> model load m
error: m: tensor model.decoder.layers.3.self_attn.q_proj.weight is missing
  model load m
             ^
> !sed 's/"encoder_attention_heads": [^,]*/"encoder_attention_heads": 0/' tests/golden/marian/swish-3h/config.json > m/config.json
> model load m
error: m/config.json: "encoder_attention_heads" is 0; it must be between 1 and 24
  model load m
             ^
> !sed 's/"encoder_attention_heads": [^,]*/"encoder_attention_heads": 7/' tests/golden/marian/swish-3h/config.json > m/config.json
> model load m
error: m/config.json: d_model 24 cannot be split into 7 encoder heads
  model load m
             ^
> !sed 's/"decoder_attention_heads": [^,]*/"decoder_attention_heads": 25/' tests/golden/marian/swish-3h/config.json > m/config.json
> model load m
error: m/config.json: "decoder_attention_heads" is 25; it must be between 1 and 24
  model load m
             ^
> !sed 's/"encoder_ffn_dim": [^,]*/"encoder_ffn_dim": 41/' tests/golden/marian/swish-3h/config.json > m/config.json
> model load m
error: m: tensor model.encoder.layers.0.fc1.weight has shape [40, 24] but the configuration needs [41, 24]
  model load m
             ^
> !sed 's/"decoder_ffn_dim": [^,]*/"decoder_ffn_dim": -1/' tests/golden/marian/swish-3h/config.json > m/config.json
> model load m
error: m/config.json: "decoder_ffn_dim" is -1; it must be between 1 and 1048576
  model load m
             ^
> !sed 's/"vocab_size": [^,]*/"vocab_size": 101/' tests/golden/marian/swish-3h/config.json > m/config.json
> model load m
error: m: tensor model.shared.weight has shape [100, 24] but the configuration needs [101, 24]
  model load m
             ^
> !sed 's/"vocab_size": [^,]*/"vocab_size": 0/' tests/golden/marian/swish-3h/config.json > m/config.json
> model load m
error: m/config.json: "vocab_size" is 0; it must be between 1 and 268435456
  model load m
             ^
> !sed 's/"vocab_size": [^,]*/"vocab_size": 1e9/' tests/golden/marian/swish-3h/config.json > m/config.json
> model load m
error: m/config.json: "vocab_size" is 1000000000; it must be an integer between 1 and 268435456
  model load m
             ^
> !sed 's/"max_position_embeddings": [^,]*/"max_position_embeddings": 0/' tests/golden/marian/swish-3h/config.json > m/config.json
> model load m
error: m/config.json: "max_position_embeddings" is 0; it must be between 1 and 16777216
  model load m
             ^
> !sed 's/"activation_function": [^,]*/"activation_function": "sine\\u0007"/' tests/golden/marian/swish-3h/config.json > m/config.json
> model load m
error: m/config.json: activation_function "sine‹BEL›" is not known (relu, gelu, gelu_new, swish)
  model load m
             ^
> !sed 's/"scale_embedding": [^,]*/"scale_embedding": 1/' tests/golden/marian/swish-3h/config.json > m/config.json
> model load m
error: m/config.json: "scale_embedding" is 1; it must be true or false
  model load m
             ^
> !cp tests/golden/marian/swish-3h/config.json m/config.json; printf '{"decoder_start_token_id": 100}' > m/generation_config.json
> model load m
error: m/generation_config.json: "decoder_start_token_id" is 100; it must be between 0 and 99
  model load m
             ^
> !printf '{"forced_eos_token_id": -1}' > m/generation_config.json
> model load m
error: m/generation_config.json: "forced_eos_token_id" is -1; it must be between 0 and 99
  model load m
             ^
> !printf '{"num_beams": 0}' > m/generation_config.json
> model load m
error: m/generation_config.json: "num_beams" is 0; it must be between 1 and 1024
  model load m
             ^
> !printf '{"max_length": "long"}' > m/generation_config.json
> model load m
error: m/generation_config.json: "max_length" is the text "long"; it must be an integer between 1 and 2147483647
  model load m
             ^
> !printf '{"bad_words_ids": [[]]}' > m/generation_config.json
> model load m
error: m/generation_config.json: "bad_words_ids" has a list of 0 ids at 0; only single ids are allowed
  model load m
             ^
> !rm m/generation_config.json
> model load m
m: marian, encoder-decoder 2+3 layers, 3 heads, d_model 24, vocabulary 100
> input --ids 5,0
source: 2 ids, taken as given
> forward
one pass over 2 source and 1 target token; nothing is generated
