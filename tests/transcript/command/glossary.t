#! exit 1
> glossary residual stream
residual stream
  The vectors that run through all layers and to which every sub-layer adds its output.
جریان باقی‌مانده
  بردارهایی که از همهٔ لایه‌ها می‌گذرند و هر زیرلایه خروجی خود را به آن‌ها می‌افزاید.
> glossary Beam-Search
beam search
  Keeping the W likeliest beginnings at each step instead of one.
جست‌وجوی پرتوی
  نگه داشتن W آغازِ محتمل‌تر در هر گام، به جای یکی.
> glossary KV cache
key/value cache; KV cache
  The keys and values of earlier positions, kept so that each step computes one row only.
حافظهٔ نهان کلید و مقدار
  کلیدها و مقدارهای موقعیت‌های پیشین که نگه داشته می‌شوند تا هر گام تنها یک سطر را حساب کند.
> glossary نیم فاصله
half-space; ZWNJ; zero-width non-joiner
  The character U+200C that keeps two letters from joining without a blank between them, as in می‌رود.
نیم‌فاصله
  نویسهٔ U+200C که بی فاصله‌انداختن نمی‌گذارد دو حرف به هم بچسبند، مانند «می‌رود».
> glossary نیم‌فاصله
half-space; ZWNJ; zero-width non-joiner
  The character U+200C that keeps two letters from joining without a blank between them, as in می‌رود.
نیم‌فاصله
  نویسهٔ U+200C که بی فاصله‌انداختن نمی‌گذارد دو حرف به هم بچسبند، مانند «می‌رود».
> set lang fa
> glossary perplex
سرگشتگی
  exp آنتروپی متقاطع: این‌که مدل گویی میان چند توکن هم‌احتمال برمی‌گزیند.
perplexity
  exp of the cross-entropy: among how many equally likely tokens the model seems to choose.
> glossary توجه
توجه
  عملی که در آن هر موقعیت میانگینی وزن‌دار از مقدارهای دیگران می‌گیرد؛ پرس‌وجوها و کلیدها وزن‌ها را می‌سازند.
attention
  An operation in which each position takes a weighted mean of the values of others; queries and keys decide the weights.
> set lang en
> glossary atention
error: the glossary has no 'atention'
  glossary atention
           ^~~~~~~~
  did you mean 'attention'?
> glossary positions sinusoidal
error: the glossary has no 'positions sinusoidal'
  glossary positions sinusoidal
           ^~~~~~~~~~~~~~~~~~~~
  'glossary' lists its terms
> glossary xyzzy
error: the glossary has no 'xyzzy'
  glossary xyzzy
           ^~~~~
  'glossary' lists its terms
> glossary head | head -2
head; attention head
  One of several attentions that work side by side in a layer, each with queries, keys and values of its own.
> glossary | wc -l
98
