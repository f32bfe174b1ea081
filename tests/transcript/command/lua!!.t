#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> lua!!
error: there is no command before this one
> input --ids 5,6,7
source: 3 ids, taken as given
> lua!!
rasad.input{ids = "5,6,7"}
> run --max 3
۷بخانه    3 tokens (the limit: set max-new, or run --max N), log p -3.9745
> lua!!
rasad.run{max = 3}
> top 2 enc.0.self.pattern.h1
enc.0.self.pattern.h1  queries: source, keys: source
 weight  query      key  query token
   1.00      1  ->  0    ج
   1.00      0  ->  1    n
> lua!!
rasad.top(2, "enc.0.self.pattern.h1")
> = rasad.top(2, "enc.0.self.pattern.h1")
$1 = enc.0.self.pattern.h1  queries: source, keys: source
 weight  query      key  query token
   1.00      1  ->  0    ج
   1.00      0  ->  1    n
> attn/n enc.0.self h1
enc.0.self.pattern.h1  [3,3]  rows: source (queries), columns: source (keys)
  entropy 0.00 bits (mean of the rows)
           0     1     2
   0    0.00  1.00  0.00  n
   1    1.00  0.00  0.00  ج
   2    0.00  1.00  0.00  u
      scale 0-1
> lua!!
rasad.cmd("attn/n enc.0.self h1")
> goto enc.0.self.q
at enc.0.self.q  enc.0.resid_pre W^T + b, W[24, 24], split into 3 heads of 8
> lua!!
rasad.goto_("enc.0.self.q")
> echo say "a \ b"
say "a \ b"
> lua!!
rasad.echo("say \"a \\ b\"")
> = 1 + 1
$2 = 2
> lua!!
1 + 1
> lua x = 3
> lua!!
x = 3
