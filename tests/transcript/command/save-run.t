#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> save-run clean
error: save-run needs a run: type a sentence with 'input TEXT', then 'run'
> input --ids 80,98,14,11,1,6,97,0
source: 8 ids, taken as given
> start
At enc.embed, nothing computed.
> until enc.1
at enc.1.self.q  enc.0.norm2 W^T + b, W[24, 24], split into 3 heads of 8
> save-run half
half is the present run
> run --max 3
۷بخانه    3 tokens (the limit: set max-new, or run --max N), log p -3.8977
> save-run clean
clean is the present run
> ablate enc.0.self.h1
enc.0.self.z.h1 set to zero (undo removes it)
what is computed already stays as it is until the next run
> run --max 4
۷بخانهص    4 tokens (the limit: set max-new, or run --max N), log p -4.1974
> sr cut
cut is the present run, 1 change in force
> run --max 3
۷بخانه    3 tokens (the limit: set max-new, or run --max N), log p -3.9404
> sr cut
cut is the present run, in the place of the one before, 1 change in force
> save-run a.b
error: a name of a run has letters, digits, '-' and '_' alone
  save-run a.b
           ^~~
> save-run logits
error: 'logits' means something else, so no run can have the name
  save-run logits
           ^~~~~~
> runs
 run      score    values  changes             source                  output
 half            13.8 KiB                      ط : f k <unk> ج a </s>
 clean  -3.8977  51.9 KiB                      ط : f k <unk> ج a </s>  ۷بخانه
 cut    -3.9404  51.9 KiB  enc.0.self.h1 zero  ط : f k <unk> ج a </s>  ۷بخانه
> info cache
 kept                    105 of 105 computed values, 51.9 KiB
 everything              51.9 KiB at these lengths
 residuals and patterns  11.4 KiB
 named runs              3, 117.5 KiB, shared values counted in each
 limit                   2048 MiB (set memory N)
> quit
