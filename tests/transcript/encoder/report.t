#! rasad -m examples/models/fa-bert
#! needs examples/models/fa-bert
> input علی هر روز به مدرسه می‌رود
source: 26 characters, 48 bytes, right-to-left
> forward
one pass over 8 tokens: enc.out [8,128], mlm.logits [8,2800], pooled [128], nsp.logits [2]
> report page.html
wrote page.html (12 maps, {{[0-9.]+}} KiB)
> shell "grep -o '<h2 [^<]*' page.html"
<h2 id="maps-title">Attention
<h2 id="source-title">Tokens of the source
<h2 id="shapes-title">Shapes
<h2 id="model-title">Model
