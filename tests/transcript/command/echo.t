#! rasad -m tests/golden/marian/swish-3h
> echo Now: the second layer; as it is | > #
Now: the second layer; as it is | > #
> echo "a\tb \u{200C} c"
a‹TAB›b ‹ZWNJ› c
> echo

> echo علی به مدرسه می‌رود
علی به مدرسه می‌رود
