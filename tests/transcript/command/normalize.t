#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> normalize
error: there is no source text
  usage: normalize [TEXT]
> normalize a  read ي ك
 char  bytes  is      becomes  why                  text
    2      1  U+0020  nothing  extra space removed    ->
    8      2  U+064A  U+06CC   rule of the model    ي -> ی
   10      2  U+0643  U+06A9   rule of the model    ك -> ک
3 changes
the model sees: ▁a▁read▁ی▁ک
> input علي 
source: 4 characters, 7 bytes, right-to-left
> normalize
 char  bytes  is      becomes  why                       text
    2      2  U+064A  U+06CC   rule of the model         ي -> ی
    3      1  U+0020  nothing  space at the end removed    ->
2 changes
the model sees: ▁علی
> normalize "‏می‌رود\u{FB01}"
 char  bytes  is      becomes        why                text
    7      3  U+FB01  U+0066 U+0069  rule of the model  ﬁ -> fi
1 change
the model sees: ▁‹RLM›می‌رودfi
> normalize --target x  y
 char  bytes  is      becomes  why                  text
    2      1  U+0020  nothing  extra space removed    ->
1 change
the model sees: ▁x▁y
