#! rasad -m tests/golden/marian/swish-3h
#! exit 1
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
> note third
note 3
> note --drop 2
 #  note
 1  head 2 looks at </script><img src=x>; as `code`
 2  third
> note --drop 3
error: there is no note 3: there are 2
  note --drop 3
              ^
> note --drop 1 x
error: --drop takes a number and nothing after it
  note --drop 1 x
                ^
> note --drop 0
error: --drop must be at least 1, not 0
  note --drop 0
              ^
> note --drop
error: --drop needs a value
  note --drop
       ^~~~~~
  usage: note [--drop N] [TEXT]
> note --drop 1
 #  note
 1  third
> note --drop 1
no notes; note TEXT adds one
> note --drop 1
error: there is no note 1: there are 0
  note --drop 1
              ^
