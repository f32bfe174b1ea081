#! rasad -m tests/golden/marian/swish-3h
> note
no notes; note TEXT adds one
> note head 2 looks at </script><img src=x>; as `code`
note 1
> note سر دوم به کلمه‌ی بعد نگاه می‌کند
note 2
> note
 #  note
 1  head 2 looks at </script><img src=x>; as `code`
 2  سر دوم به کلمه‌ی بعد نگاه می‌کند
> input --ids 80,98,14,0
source: 4 ids, taken as given
> forward
one pass over 4 source and 1 target token; nothing is generated
> report page.html
wrote page.html (24 maps, {{[0-9.]+}} KiB)
> shell "grep -A3 notes-title page.html | tail -3; ! grep '<img' page.html"

<p dir="ltr">head 2 looks at &lt;/script&gt;&lt;img src=x&gt;; as <code dir="ltr">code</code></p>
<p dir="rtl">سر دوم به کلمه‌ی بعد نگاه می‌کند</p>
