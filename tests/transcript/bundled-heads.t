#! # The three translators that differ in the number of heads: each loads and translates.
> model load examples/models/fa-en-h1
fa-en-h1: marian, encoder-decoder 2+2 layers, 1 head, d_model 128, vocabulary 3045
> run علی به مدرسه می‌رود
Ali goes to school    5 tokens and the end token, log p -0.2305
> model load examples/models/fa-en-h4
fa-en-h4: marian, encoder-decoder 2+2 layers, 4 heads, d_model 128, vocabulary 3045
> run علی به مدرسه می‌رود
Ali goes to school    5 tokens and the end token, log p -0.0209
> model load examples/models/fa-en-h8
fa-en-h8: marian, encoder-decoder 2+2 layers, 8 heads, d_model 128, vocabulary 3045
> run علی به مدرسه می‌رود
Ali goes to school    5 tokens and the end token, log p -0.0047
