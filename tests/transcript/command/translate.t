#! rasad -m tests/golden/marian/swish-3h
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> translate a b
۷بخانهصمد دیدup۱
> translate --beam 3 a b
بلندندr درازند۵ بزرگ‌تر2 خانه‌ی دانشجویی areفmغ بخوانی7
