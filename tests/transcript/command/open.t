#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 5,6,7
source: 3 ids, taken as given
> run --max 3
۷بخانه    3 tokens (the limit: set max-new, or run --max N), log p -3.9745
> save session a.rasad.safetensors
wrote a.rasad.safetensors (105 values; open a.rasad.safetensors shows it)
> save session small.rasad.safetensors logits *.pattern
wrote small.rasad.safetensors (9 values; open small.rasad.safetensors shows it)
> save session a.txt logits
error: a file of commands holds no values
  save session FILE.rasad.safetensors GLOB... writes a document
> save session part.rasad.safetensors enc.0.self.pattern.h1
error: a document holds whole values, no heads, steps or slices
  save session part.rasad.safetensors enc.0.self.pattern.h1
                                      ^~~~~~~~~~~~~~~~~~~~~
> save session nowhere/a.rasad.safetensors
error: cannot write 'nowhere/a.rasad.safetensors': No such file or directory
  save session nowhere/a.rasad.safetensors
               ^~~~~~~~~~~~~~~~~~~~~~~~~~~
> open --read-only a.rasad.safetensors
a.rasad.safetensors, read-only: 105 values of swish-3h, 3 source tokens, 3 chosen
3 typed lines (history --session)
> info state
 model     swish-3h
 document  read-only: it shows what was computed
 position  choice, step 3, the generation is over
 search    greedy
 keep      auto
 source    n ج u
 target    <pad> ۷ ب خانه
 breaks    0
 changes   none
> tokens
 #  id  chars  bytes  from   piece
 0   5  -          0  given  n
 1   6  -          0  given  ج
 2   7  -          0  given  u
3 tokens, src: i32[3]
> topk 3
step 2 after ب
 #  id      p   log p                                piece
 1  38  0.933  -0.069  ████████████████████  chosen  خانه
 2   0  0.027  -3.617  ▋                             </s>
 3  47  0.006  -5.115  ▏                             ▁تکه‌اند
97 more, total 0.0339
> print dec.0.cross.pattern.h1
$1 = dec.0.cross.pattern.h1  f32[B=1, T=3, S=3]  36 B
mean 0.3333  sd 0.03322  min 0.2698  max 0.3717  norm 1.005
         0       1       2
 0  0.3626  0.2698  0.3677  <pad>
 1  0.3717  0.2972  0.3312  ۷
 2  0.3362  0.3089  0.3549  ب
> where
#0  choice                  the generation is over: run starts again, remit goes back
#1  dec                     output
#2  dec                     after the layers
#3  decoder                 step 3
#4  generation              3 tokens chosen
> remit
at choice, step 2  the next token is chosen from the logits
> rstep
at logits, step 2  dec.2.norm3 W^T + b, W[100, 24]
> next
output  done, probs [3,100], {{[0-9]+}} us
> run
error: this document is read-only: it shows what was computed, and no more
  'model load PATH' opens a model to compute with
> continue
step 2  p 0.933  خانه
۷بخانه    3 tokens (the limit: set max-new, or run --max N), log p -3.9745
> choose 5
error: this run is read-only: it shows what was computed, and no more
  'model load PATH' opens a model to compute with
> input --ids 1,2
error: this document is read-only: its input stays as it is
  input --ids 1,2
              ^~~
  'model load PATH' opens a model to compute with
> ablate enc.0.self.h1
error: ablate computes, and a document only shows what was computed
  'model load PATH' opens a model to compute with
> score 1 2
error: score computes, and a document only shows what was computed
  'model load PATH' opens a model to compute with
> print enc.0.self.result
error: what each head writes takes the weight model.encoder.layers.0.self_attn.out_proj.weight, and a document has none
  print enc.0.self.result
        ^~~~~~~~~~~~~~~~~
> explain logits[0,0,3]
error: the weight model.shared.weight is not here, so logits cannot be worked out
  explain logits[0,0,3]
          ^~~~~~~~~~~~~
  a document has values without the model's weights
> save session again.rasad.safetensors
wrote again.rasad.safetensors (105 values; open again.rasad.safetensors shows it)
> open --read-only small.rasad.safetensors
small.rasad.safetensors, read-only: 9 values of swish-3h, 3 source tokens, 3 chosen
4 typed lines (history --session)
> print enc.0.embed
error: no site matches `enc.0.embed`
  print enc.0.embed
        ^~~~~~~~~~~
  enc.0 has: resid_pre self norm1 resid_mid mlp norm2 resid_post
> print enc.0.self.q
error: enc.0.self.q is not part of this document
  print enc.0.self.q
        ^~~~~~~~~~~~
  it has enc.0.self.pattern, enc.1.self.pattern, dec.0.self.pattern, dec.0.cross.pattern, dec.1.self.pattern, dec.1.cross.pattern, ...; what a document lacks is not computed
> topk 2
step 2 after ب
 #  id      p   log p                                piece
 1  38  0.933  -0.069  ████████████████████  chosen  خانه
 2   0  0.027  -3.617  ▋                             </s>
98 more, total 0.0399
> attn h0
dec.2.cross.pattern.h0  [3,3]  rows: target (queries), columns: source (keys)
  entropy 1.58 bits (mean of the rows)
          0    1    2
   0     ░░   ░░   ░░  <pad>
   1     ░░   ░░   ░░  ۷
   2     ░░   ░░   ░░  ب
      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1
      columns:
         0  n
         1  ج
         2  u
> print logits
$2 = logits  f32[B=1, T=3, V=100]  1.2 KiB
mean -0.01306  sd 2.383  min -6.839  max 9.912  norm 41.28
        0       1       2  ...      97      98     99
 0  0.470   0.401   0.797  ...   0.714  -0.302  0.000  <pad>
 1  7.233  -1.737  -0.410  ...  -2.554   0.244  0.000  ۷
 2  6.364  -3.100  -6.471  ...   1.222   2.657  0.000  ب
> open tests/golden/marian/swish-3h/model.safetensors
error: tests/golden/marian/swish-3h/model.safetensors is not a document: it has tensors, but tells of no session
  open tests/golden/marian/swish-3h/model.safetensors
       ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  'save session FILE.rasad.safetensors' writes documents
> open nowhere.rasad.safetensors
error: cannot open 'nowhere.rasad.safetensors': No such file or directory
  open nowhere.rasad.safetensors
       ^~~~~~~~~~~~~~~~~~~~~~~~~
  did you mean 'small.rasad.safetensors'?
> open src
error: src is not a document
  open src
       ^~~
  'save session FILE.rasad.safetensors' writes one; 'model load' opens models, 'source' files of commands
> open
error: open: FILE is missing
  usage: open FILE [--read-only]
> info state
 model     swish-3h
 document  read-only: it shows what was computed
 position  choice, step 3, the generation is over
 search    greedy
 keep      auto
 source    n ج u
 target    <pad> ۷ ب خانه
 breaks    0
 changes   none
> model load tests/golden/bert/full-3h
full-3h: bert, encoder 2 layers, 3 heads, d_model 24, vocabulary 61
> input --ids 2,8,14,3
source: 4 ids, taken as given
> forward
one pass over 4 tokens: enc.out [4,24], mlm.logits [4,61], pooled [24], nsp.logits [2]
> save session bert.rasad.safetensors
wrote bert.rasad.safetensors (44 values; open bert.rasad.safetensors shows it)
> open --read-only bert.rasad.safetensors
bert.rasad.safetensors, read-only: 44 values of full-3h, 4 source tokens, 0 chosen
18 typed lines (history --session)
> print enc.0.self.pattern.h0
$3 = enc.0.self.pattern.h0  f32[B=1, S=4, S'=4]  64 B
mean 0.25  sd 0.3612  min 0.0028  max 0.9758  norm 1.757
         0       1       2       3
 0  0.0110  0.0104  0.9758  0.0028  <2>
 1  0.0254  0.9626  0.0053  0.0068  <8>
 2  0.1010  0.0861  0.7849  0.0281  <14>
 3  0.1090  0.7343  0.1484  0.0083  <3>
> where
#0  end                     all is computed: run starts again, rstep goes back
#1  nsp                     head for the next sentence
#2  enc                     after the layers
#3  encoder                 4 tokens
> forward
error: this document is read-only: it shows what was computed, and no more
  'model load PATH' opens a model to compute with
> open examples/models/fa-bert/model.safetensors
error: examples/models/fa-bert/model.safetensors is not a document: it has tensors, but tells of no session
  open examples/models/fa-bert/model.safetensors
       ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  'save session FILE.rasad.safetensors' writes documents
> model load tests/golden/marian/swish-3h
swish-3h: marian, encoder-decoder 2+3 layers, 3 heads, d_model 24, vocabulary 100
> input --ids 5,6,7
source: 3 ids, taken as given
> ablate enc.0.self.h1
enc.0.self.z.h1 set to zero (undo removes it)
> start
At enc.embed, nothing computed.
> emit 2
step 0  p 0.024  ▁دید
step 1  p 0.949  u
> choose 5
step 1  p 8.8e-05  n  (chosen by you)
> step 7
dec.1.mlp  pre [3,56] -> post [3,56] -> out [3,24] -> norm3.in [3,24] -> norm3 [3,24]
> where
#0  dec.2.self.q            dec.1.norm3 W^T + b, W[24, 24], split into 3 heads of 8
#1  dec.2.self              self-attention
#2  dec.2                   layer 2 of 3 (0-2)
#3  decoder                 step 2
#4  generation              2 tokens chosen
> print enc.0.self.z.h2
$4 = enc.0.self.z.h2  f32[B=1, S=3, K=8]  96 B
mean -0.4125  sd 2.078  min -4.266  max 4.009  norm 10.38
         0      1       2  ...       5       6       7
 0  -1.309  4.009  -2.807  ...  -2.453  -0.638   0.773  n
 1  -0.932  3.814  -2.696  ...  -2.256  -0.628   0.672  ج
 2   1.175  0.994  -0.932  ...  -4.266  -1.999  -4.058  u
> save session on.rasad.safetensors
wrote on.rasad.safetensors (105 values; open on.rasad.safetensors shows it)
> reset
1 change removed
what is computed already stays as it is until the next run
> kill
the computed state is dropped; input, breaks and interventions stay
> model load tests/golden/bert/full-3h
full-3h: bert, encoder 2 layers, 3 heads, d_model 24, vocabulary 61
> open on.rasad.safetensors
on.rasad.safetensors: the session goes on with swish-3h, 2 tokens chosen
32 typed lines (history --session)
> info state
 model     swish-3h
 position  dec.2.self.q, step 2
 search    greedy
 keep      auto
 source    n ج u
 target    <pad> ▁دید n
 breaks    0
 changes   1
           enc.0.self.h1 zero: seen 1 times, changed 1
> where
#0  dec.2.self.q            dec.1.norm3 W^T + b, W[24, 24], split into 3 heads of 8
#1  dec.2.self              self-attention
#2  dec.2                   layer 2 of 3 (0-2)
#3  decoder                 step 2
#4  generation              2 tokens chosen
> emit
step 2  p 0.941  h
> save-run ablated
ablated is the present run, 1 change in force
> note head 1 of the first layer is silent
note 1
> reset
1 change removed
what is computed already stays as it is until the next run
> run --max 3
۷بخانه    3 tokens (the limit: set max-new, or run --max N), log p -3.9745
> remit 2
at choice, step 1  the next token is chosen from the logits
> save session runs.rasad.safetensors logits *.pattern
wrote runs.rasad.safetensors (18 values; open runs.rasad.safetensors shows it)
> open runs.rasad.safetensors
runs.rasad.safetensors: the session goes on with swish-3h, 3 tokens chosen
1 named run (runs), 41 typed lines (history --session), 1 note (note)
> runs
 run         score   values  changes             source  output
 ablated  -13.1243  2.0 KiB  enc.0.self.h1 zero  n ج u   دیدnh
> print logits
$5 = logits  f32[B=1, T=2, V=100]  800 B
mean -0.02448  sd 2.178  min -6.839  max 9.763  norm 30.8
        0       1       2  ...      97      98     99
 0  0.470   0.401   0.797  ...   0.714  -0.302  0.000  <pad>
 1  7.233  -1.737  -0.410  ...  -2.554   0.244  0.000  ۷
> where
#0  choice                  the next token is chosen from the logits
#1  dec                     output
#2  dec                     after the layers
#3  decoder                 step 1
#4  generation              3 tokens chosen
> patch dec.0.self.pattern from ablated
dec.0.self.pattern taken from the run ablated, positions 0-2 (undo removes it)
what is computed already stays as it is until the next run
> undo
removed: dec.0.self.pattern from ablated
> open --read-only runs.rasad.safetensors
runs.rasad.safetensors, read-only: 9 values of swish-3h, 3 source tokens, 3 chosen
1 named run (runs), 41 typed lines (history --session), 1 note (note)
> runs
 run         score   values  changes             source  output
 ablated  -13.1243  2.0 KiB  enc.0.self.h1 zero  n ج u   دیدnh
> note
 #  note
 1  head 1 of the first layer is silent
> history 4 --session
   41  save session runs.rasad.safetensors logits *.pattern
   42  runs
   43  note
   44  history 4 --session
> where
#0  choice                  the next token is chosen from the logits
#1  dec                     output
#2  dec                     after the layers
#3  decoder                 step 1
#4  generation              3 tokens chosen
> continue
step 1  p 0.830  ب
step 2  p 0.933  خانه
۷بخانه    3 tokens (the limit: set max-new, or run --max N), log p -3.9745
> open tests/unit/session/document-v1.rasad.safetensors --read-only
tests/unit/session/document-v1.rasad.safetensors, read-only: 10 values of swish-3h, 7 source tokens, 4 chosen
> topk 2
step 3 after e
 #  id      p   log p                                piece
 1   6  0.878  -0.131  ████████████████████  chosen  ج
 2   0  0.068  -2.691  █▌                            </s>
98 more, total 0.0546
> model load examples/models/fa-sbert
fa-sbert: bert, encoder 3 layers, 4 heads, d_model 128, vocabulary 2800
> input سلام دنیا
source: 9 characters, 17 bytes, right-to-left
> forward
one pass over 6 tokens: enc.out [6,128], pooled [128], embedding [128]
> save session sentence.rasad.safetensors embedding *.pattern
wrote sentence.rasad.safetensors (4 values; open sentence.rasad.safetensors shows it)
> open --read-only sentence.rasad.safetensors
sentence.rasad.safetensors, read-only: 4 values of fa-sbert, 6 source tokens, 0 chosen
5 typed lines (history --session), 1 note (note)
> print embedding
$6 = embedding  f32[B=1, D=128]  512 B
mean 0.0008331  sd 0.6296  min -1.465  max 1.535  norm 7.123
         0      1       2  ...    125    126     127
 0  -0.049  0.031  -0.269  ...  0.104  0.999  -1.049
> similarity سلام
error: similarity computes, and a document only shows what was computed
  'model load PATH' opens a model to compute with
> model load tests/golden/marian/swish-3h
swish-3h: marian, encoder-decoder 2+3 layers, 3 heads, d_model 24, vocabulary 100
> input --ids 5,6,7
source: 3 ids, taken as given
> run --max 2 --beam 2
بلندند    2 tokens (the limit: set max-new, or run --max N), score -1.9095
۷ب    2 tokens (the limit: set max-new, or run --max N), score -1.9527
> save session beams.rasad.safetensors logits
wrote beams.rasad.safetensors (1 value; open beams.rasad.safetensors shows it)
> open --read-only beams.rasad.safetensors
beams.rasad.safetensors, read-only: 1 value of swish-3h, 3 source tokens, 2 chosen
11 typed lines (history --session), 1 note (note)
> beams
 #    score  tokens  state     text
 1  -1.9095       2  finished  بلندند
 2  -1.9527       2  finished  ۷ب
score: log p / length^penalty, as if each ended here
 step  beam  from    log p   ranked  state     piece
    0     0     0  -3.7195           live      ۷
          1     0  -3.7597           live      ▁
                0  -3.7814           pruned    ▁دید
                0  -3.8212           pruned    ▁که
    1           1  -3.8190  -1.9095  finished  ▁بلندند
                0  -3.9054  -1.9527  finished  ب
                0  -6.4352           pruned    </s>
                0  -6.7628           pruned    k
> rstep
at choice, step 1  the next token is chosen from the logits
> topk 2
step 1 of the best beam after ۷
 #  id      p   log p                        piece
 1  37  0.830  -0.186  ████████████████████  ب
 2   0  0.066  -2.716  █▋                    </s>
98 more, total 0.103
> open beams.rasad.safetensors
beams.rasad.safetensors: the session goes on with swish-3h, 2 tokens chosen
11 typed lines (history --session), 1 note (note)
> beams 1
 step  beam  from    log p   ranked  state     piece
    1           1  -3.8190  -1.9095  finished  ▁بلندند
                0  -3.9054  -1.9527  finished  ب
                0  -6.4352           pruned    </s>
                0  -6.7628           pruned    k
> input --ids 4,5,6
source: 3 ids, taken as given
> ablate enc.0.self.h1
enc.0.self.z.h1 set to zero (undo removes it)
> forward
one pass over 3 source and 1 target token; nothing is generated
> save session changed.rasad.safetensors
wrote changed.rasad.safetensors (105 values; open changed.rasad.safetensors shows it)
> open --read-only changed.rasad.safetensors
changed.rasad.safetensors, read-only: 105 values of swish-3h, 3 source tokens, 0 chosen
16 typed lines (history --session), 1 note (note)
> info state
 model     swish-3h
 document  read-only: it shows what was computed
 position  choice, step 0
 search    greedy
 keep      auto
 source    ا n ج
 target    <pad>
 breaks    0
 changes   1
           enc.0.self.h1 zero
> tokenize سلام
error: a document has no tokenizer, only the spellings of its own tokens
  'model load PATH' opens a model with one
> detok 5
error: detok: a document has no tokenizer, only the spellings of its own tokens
  'model load PATH' opens a model with one
> beam 3
error: a document only shows what was computed: no search begins in it
  'model load PATH' opens a model to compute with
> explain dec.0.cross.pattern[0,0,0,0]
dec.0.cross.pattern[0,0,0,0]  softmax of each row of dec.0.cross.scores; a row sums to 1
largest of the 3 numbers of the row = -0.552953839
sum of exp(x - -0.552954) over the row = 2.50971809
exp(-0.810828209 - -0.552953839) / 2.50971809 = 0.307880117
computed 0.307880117, stored 0.307880133: they agree (difference 2e-08)
> explain enc.0.self.scores
enc.0.self.scores = q k^T / sqrt(8)
  result  enc.0.self.scores  [B, H, S, S'] = [1, 3, 3, 3]
  q       enc.0.self.q  [B, H, S, K] = [1, 3, 3, 8]
  k       enc.0.self.k  [B, H, S, K] = [1, 3, 3, 8]
cost     432 operations, 0 B of weights, 684 B of values read and written
why      how well each query fits each key; a sum of d_k products grows like sqrt(d_k), and dividing by it keeps softmax from turning into a hard choice
> save session changed.rasad
wrote changed.rasad (3 lines; source changed.rasad reads it)
> shell "sed 's/load .*/load .../' changed.rasad"
# rasad: session
model load ...
input --ids 4,5,6
ablate enc.0.self.h1
> kill
the computed state is dropped; input, breaks and interventions stay
> where
error: where needs a run: type 'run', or 'start' to go step by step
> model load examples/models/fa-bert
fa-bert: bert, encoder 3 layers, 4 heads, d_model 128, vocabulary 2800
> fill علی به [MASK] می‌رود
position 3  [MASK]
 #    id      p   log p                        piece
 1  1443  0.050  -2.995  ████████████████████  کجا
 2  2774  0.021  -3.858  ████████▍             مدرسه
 3   950  0.021  -3.876  ████████▎             چادر
 4  1742  0.017  -4.059  ██████▉               قصر
 5  1152  0.016  -4.116  ██████▌               میدان
علی به کجا میرود
> save session mask.rasad.safetensors mlm.logits
wrote mask.rasad.safetensors (1 value; open mask.rasad.safetensors shows it)
> open --read-only mask.rasad.safetensors
mask.rasad.safetensors, read-only: 1 value of fa-bert, 6 source tokens, 0 chosen
29 typed lines (history --session), 1 note (note)
> fill
position 3  [MASK]
 #    id      p   log p                        piece
 1  1443  0.050  -2.995  ████████████████████  کجا
 2  2774  0.021  -3.858  ████████▍             مدرسه
 3   950  0.021  -3.876  ████████▎             چادر
 4  1742  0.017  -4.059  ██████▉               قصر
 5  1152  0.016  -4.116  ██████▌               میدان
> fill علی [MASK]
error: this document is read-only: its input stays as it is
  'model load PATH' opens a model to compute with
> nsp
error: nsp compares two texts, and there is one
  for example: nsp FIRST TEXT ||| SECOND TEXT
> open --read-only runs.rasad.safetensors
runs.rasad.safetensors, read-only: 9 values of swish-3h, 3 source tokens, 3 chosen
1 named run (runs), 41 typed lines (history --session), 1 note (note)
> report notes.html
wrote notes.html (24 maps, {{[0-9.]+}} KiB)
> shell "grep -A3 notes-title notes.html | tail -2"
<p dir="ltr">head 1 of the first layer is silent</p>
</section>
> model load examples/models/fa-en
fa-en: marian, encoder-decoder 3+3 layers, 4 heads, d_model 128, vocabulary 3045
> input "علی به مدرسه می‌رود"
source: 19 characters, 36 bytes, right-to-left
> run
Ali goes to school    5 tokens and the end token, log p -0.0673
> save session e.rasad.safetensors logits
wrote e.rasad.safetensors (1 value; open e.rasad.safetensors shows it)
> open --read-only e.rasad.safetensors
e.rasad.safetensors, read-only: 1 value of fa-en, 6 source tokens, 6 chosen
47 typed lines (history --session), 1 note (note)
> topk 2
step 5 after ▁school
 #    id        p    log p                                piece
 1     0    1.000   -0.000  ████████████████████  chosen  </s>
 2  1599  3.3e-05  -10.316                                s
3043 more, total 4.78e-05
> open e.rasad.safetensors
e.rasad.safetensors: the session goes on with fa-en, 6 tokens chosen
47 typed lines (history --session), 1 note (note)
> topk 2
step 5 after ▁school
 #    id        p    log p                                piece
 1     0    1.000   -0.000  ████████████████████  chosen  </s>
 2  1599  3.3e-05  -10.316                                s
3043 more, total 4.78e-05
