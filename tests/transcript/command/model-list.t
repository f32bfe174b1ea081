#! exit 3
> model list tests/golden/marian
   name         family  path
   bf16         marian  tests/golden/marian/bf16
   f16          marian  tests/golden/marian/f16
   gelu-untied  marian  tests/golden/marian/gelu-untied
   lang         marian  tests/golden/marian/lang
   relu-uneven  marian  tests/golden/marian/relu-uneven
   sharded      marian  tests/golden/marian/sharded
   swish-3h     marian  tests/golden/marian/swish-3h
7 models
> model load tests/golden/marian/lang
lang: marian, encoder-decoder 2+2 layers, 4+2 heads, d_model 16, vocabulary 103
> model list tests/golden/marian
    name         family  path
    bf16         marian  tests/golden/marian/bf16
    f16          marian  tests/golden/marian/f16
    gelu-untied  marian  tests/golden/marian/gelu-untied
 *  lang         marian  tests/golden/marian/lang
    relu-uneven  marian  tests/golden/marian/relu-uneven
    sharded      marian  tests/golden/marian/sharded
    swish-3h     marian  tests/golden/marian/swish-3h
7 models
> model list nowhere
error: nowhere: this folder cannot be read
  model list nowhere
             ^~~~~~~
