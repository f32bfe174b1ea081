#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> model info
 model         swish-3h
 architecture  marian, encoder-decoder
 layers        2 encoder, 3 decoder
 heads         3
 width         d_model 24
 head width    8
 feed-forward  40 encoder, 56 decoder
 vocabulary    100
 positions     at most 64
 parameters    34,596
 weights       135.1 KiB
 keeping all   510.0 KiB for 32 + 32 tokens; residuals and patterns 159.5 KiB
 special ids   start 99 <pad>, end 0 </s>, pad 99 <pad>
 tokenizer     Marian (SentencePiece Unigram), 100 pieces
 path          tests/golden/marian/swish-3h
> m i
 model         swish-3h
 architecture  marian, encoder-decoder
 layers        2 encoder, 3 decoder
 heads         3
 width         d_model 24
 head width    8
 feed-forward  40 encoder, 56 decoder
 vocabulary    100
 positions     at most 64
 parameters    34,596
 weights       135.1 KiB
 keeping all   510.0 KiB for 32 + 32 tokens; residuals and patterns 159.5 KiB
 special ids   start 99 <pad>, end 0 </s>, pad 99 <pad>
 tokenizer     Marian (SentencePiece Unigram), 100 pieces
 path          tests/golden/marian/swish-3h
> info model
 model         swish-3h
 architecture  marian, encoder-decoder
 layers        2 encoder, 3 decoder
 heads         3
 width         d_model 24
 head width    8
 feed-forward  40 encoder, 56 decoder
 vocabulary    100
 positions     at most 64
 parameters    34,596
 weights       135.1 KiB
 keeping all   510.0 KiB for 32 + 32 tokens; residuals and patterns 159.5 KiB
 special ids   start 99 <pad>, end 0 </s>, pad 99 <pad>
 tokenizer     Marian (SentencePiece Unigram), 100 pieces
 path          tests/golden/marian/swish-3h
> model unload
swish-3h is closed
> model info
error: model info needs a model
  open one with 'model load PATH'
