#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> run --max 6
۷بخانهصمد    6 tokens (the limit: set max-new, or run --max N), log p -4.4533
> run --max 6 --min 6
۷بخانهصمد    6 tokens (the limit: set max-new, or run --max N), log p -4.4533
> run --max 4 --beam 2
بلندندr درازند    4 tokens (the limit: set max-new, or run --max N), score -0.9801
۷بخانهص    4 tokens (the limit: set max-new, or run --max N), score -1.0443
> run --max 3 --keep none
۷بخانه    3 tokens (the limit: set max-new, or run --max N), log p -3.8977
> run --keep some
error: --keep is one of: auto all none; not 'some'
  run --keep some
             ^~~~
> run --max 0
error: --max must be 1 to 1000000, not 0
  run --max 0
            ^
> run --beam 1001
error: --beam must be 1 to 1000, not 1001
  run --beam 1001
             ^~~~
> run --max many
error: --max is a whole number, not 'many'
  run --max many
            ^~~~
