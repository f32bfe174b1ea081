#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> model unload
swish-3h is closed
> model unload
error: model unload needs a model
  open one with 'model load PATH'
> input a
error: input needs a model
  open one with 'model load PATH'
