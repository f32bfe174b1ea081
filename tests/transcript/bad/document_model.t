#! bare
#! rasad -n --echo -k
> !cp -r tests/golden/marian/swish-3h m
> model load m
m: marian, encoder-decoder 2+3 layers, 3 heads, d_model 24, vocabulary 100
> input --ids 5,6,7
source: 3 ids, taken as given
> run --max 3
۷بخانه    3 tokens (the limit: set max-new, or run --max N), log p -3.9745
> save session a.rasad.safetensors logits
note: 1 value, 1.2 KiB of numbers
wrote a.rasad.safetensors (1 value; open a.rasad.safetensors shows it)
> !printf '\377' | dd of=m/model.safetensors bs=1 seek=20000 conv=notrunc 2>&1 | tail -n 0
> model load tests/golden/marian/gelu-untied
gelu-untied: marian, encoder-decoder 2+2 layers, 5 heads, d_model 20, vocabulary 41
> open a.rasad.safetensors
note: m has other weights than the document's model; so it is shown read-only
a.rasad.safetensors, read-only: 1 value of m, 3 source tokens, 3 chosen
5 typed lines (history --session)
> !rm m/config.json
> open a.rasad.safetensors
note: m has weights but no config.json, which says what they are; so it is shown read-only
a.rasad.safetensors, read-only: 1 value of m, 3 source tokens, 3 chosen
5 typed lines (history --session)
> !rm -r m
> open a.rasad.safetensors
note: the document's model is not here; so it is shown read-only
a.rasad.safetensors, read-only: 1 value of m, 3 source tokens, 3 chosen
5 typed lines (history --session)
> step
at choice, step 3  the generation is over: run starts again, remit goes back
۷بخانه    3 tokens (the limit: set max-new, or run --max N), log p -3.9745
> print logits
$1 = logits  f32[B=1, T=3, V=100]  1.2 KiB
mean -0.01306  sd 2.383  min -6.839  max 9.912  norm 41.28
        0       1       2  ...      97      98     99
 0  0.470   0.401   0.797  ...   0.714  -0.302  0.000  <pad>
 1  7.233  -1.737  -0.410  ...  -2.554   0.244  0.000  ۷
 2  6.364  -3.100  -6.471  ...   1.222   2.657  0.000  ب
