#! exit 1
> teach tests/transcript/lessons/small.lesson
Small, step 1 of 2: Numbers
The model is 128 wide and has 4 heads; one head is 32 wide. A brace is {.
(rasad) model load fa-en
fa-en: marian, encoder-decoder 3+3 layers, 4 heads, d_model 128, vocabulary 3045
(rasad) input علی به مدرسه می‌رود
source: 19 characters, 36 bytes, right-to-left

Question 1 of 2: How wide is a head?
answer NUMBER; arithmetic like 3 x 1024 is a number, too
> answer 31
Not right: 31 is too small
The width of the model is shared by the heads.
answer --hint helps, answer --skip gives up
> answer 128 / 4
Right: 32 (4 of 5 points)

Question 2 of 2: What shape has enc.0.self.q?
answer SHAPE, like answer [32, 2048]
> answer enc.0.self
a shape is wanted, like [32, 2048, 1024]
> answer [4, 6, 31]
Not right: axis 4, K (width of a head), is not 31; the matrix gives H*K = 4*32 = 128 numbers, shared out to the heads: K = 32 for each
[B, H, S, K]
answer --skip gives up
> answer 1x4x6x32
Right: [B=1, H=4, S=6, K=32] (2 of 3 points)
(rasad) shape enc.0.self.q
enc.0.self.q  f32[B, H, S, K] = [1, 4, 6, 32]  not computed

That was the shape.
Enter (or teach next) goes on
> teach
   #  lesson     steps  at  points  title
   1  shapes         7        0/33  Shapes: every tensor of a transformer, with…
   2  counts         5        0/39  Counts: parameters, activations, operations…
   3  positions      5        0/30  Positions and permutation: what a transform…
   4  attention      4        0/27  Attention beside a fully connected layer, s…
   5  heads          6        0/42  The number of heads
   6  word2vec       4        0/24  word2vec: vectors of words from their neigh…
   7  bert           6        0/45  BERT: filling masks and telling whether sen…
   8  sentences      4        0/36  Sentence vectors: pooling, cosine, Sentence…
   9  sentence       8        0/36  The sentence: from raw bytes to "Ali goes t…
Enter (or teach next) goes on
> teach next
Small, step 2 of 2
(rasad) model load fa-en
fa-en: marian, encoder-decoder 3+3 layers, 4 heads, d_model 128, vocabulary 3045
(rasad) input علی به مدرسه می‌رود
source: 19 characters, 36 bytes, right-to-left
(rasad) run
Ali goes to school    5 tokens and the end token, log p -0.0673

Question 1 of 4: Which value becomes the pattern of layer 1?
answer SITE, like answer enc.0.self.q
> teach back
Small, step 1 of 2: Numbers
The model is 128 wide and has 4 heads; one head is 32 wide. A brace is {.
(rasad) model load fa-en
fa-en: marian, encoder-decoder 3+3 layers, 4 heads, d_model 128, vocabulary 3045
(rasad) input علی به مدرسه می‌رود
source: 19 characters, 36 bytes, right-to-left
(rasad) shape enc.0.self.q
enc.0.self.q  f32[B, H, S, K] = [1, 4, 6, 32]  not computed

That was the shape.
Enter (or teach next) goes on
> answer --skip
error: there is no question to answer
  'teach', 'quiz' and 'shapes --ask' ask some
> teach stop
The lesson is left; teach and its name goes on from here
> teach tests/transcript/lessons/small.lesson
Small, step 1 of 2: Numbers
The model is 128 wide and has 4 heads; one head is 32 wide. A brace is {.
(rasad) model load fa-en
fa-en: marian, encoder-decoder 3+3 layers, 4 heads, d_model 128, vocabulary 3045
(rasad) input علی به مدرسه می‌رود
source: 19 characters, 36 bytes, right-to-left
(rasad) shape enc.0.self.q
enc.0.self.q  f32[B, H, S, K] = [1, 4, 6, 32]  not computed

That was the shape.
Enter (or teach next) goes on
> set lang fa
> teach again
کوچک، گام 1 از 2: عددها
پهنای مدل 128 است و 4 سر دارد.
(rasad) model load fa-en
fa-en: marian, encoder-decoder 3+3 layers, 4 heads, d_model 128, vocabulary 3045
(rasad) input علی به مدرسه می‌رود
source: 19 characters, 36 bytes, right-to-left

پرسش 1 از 2: پهنای یک سر چه‌قدر است؟
answer NUMBER؛ به جای عدد، حسابی مانند 3 x 1024 هم پذیرفته است
> answer کم
یک عدد لازم است، یا حسابی مانند 3 x 1024 x 768: a number is wanted here
> answer 1
درست نیست: 1 بیش از اندازه کوچک است، با ضریب 32
پهنای مدل میان سرها بخش می‌شود.
answer --hint راهنمایی می‌کند و answer --skip پاسخ را می‌گوید
> teach hint
d_model را بر شمار سرها بخش کنید.
> answer --skip
پاسخ این است: 32
پهنای مدل میان سرها بخش می‌شود.

پرسش 2 از 2: شکل enc.0.self.q چیست؟
answer SHAPE، مانند answer [32, 2048]
> set lang en
> teach stop
The lesson is left; teach and its name goes on from here
> teach stop
error: no lesson is under way
  'teach' lists the lessons, 'teach NAME' begins one
> teach hint
error: there is no question to answer
  'teach', 'quiz' and 'shapes --ask' ask some
> # How far one came is in a file of plain text; a damaged one is told.
> !cat .local/state/rasad/lessons/small
rasad lesson 1
step 0
points 4 2 - - - -
> !echo rubbish > .local/state/rasad/lessons/small
> teach tests/transcript/lessons/small.lesson --step 2
Small, step 2 of 2
(rasad) model load fa-en
fa-en: marian, encoder-decoder 3+3 layers, 4 heads, d_model 128, vocabulary 3045
(rasad) input علی به مدرسه می‌رود
source: 19 characters, 36 bytes, right-to-left
(rasad) run
Ali goes to school    5 tokens and the end token, log p -0.0673

Question 1 of 4: Which value becomes the pattern of layer 1?
answer SITE, like answer enc.0.self.q
> teach stop
The lesson is left; teach and its name goes on from here
> teach tests/transcript/lessons/small.lesson --step 3
error: the lesson 'small' has 2 steps
  teach tests/transcript/lessons/small.lesson --step 3
                                                     ^
> # Lessons by name.
> teach sentance
error: there is no lesson 'sentance'
  teach sentance
        ^~~~~~~~
  did you mean 'sentence'?
> teach nonsense
error: there is no lesson 'nonsense'
  teach nonsense
        ^~~~~~~~
  'teach' lists them; a file of your own ends in .lesson
> teach no/such.lesson
error: cannot open 'no/such.lesson': No such file or directory
> teach shapes counts
error: one lesson is enough
  teach shapes counts
               ^~~~~~
> # A file of one's own.
> teach new
error: 'teach new' needs the name of a file after it
> teach new mine.lesson
wrote mine.lesson; 'teach --check mine.lesson' tries it out, 'teach mine.lesson' begins it
> teach new mine.lesson
error: 'mine.lesson' is there already
  teach new mine.lesson
            ^~~~~~~~~~~
> teach --check mine.lesson
mine.lesson: 1 steps, 1 questions, no mistakes
> teach mine.lesson
My lesson, step 1 of 1
Text of the first step. Code stands between backquotes: enc.0.self.q.
(rasad) model load fa-en
fa-en: marian, encoder-decoder 3+3 layers, 4 heads, d_model 128, vocabulary 3045
(rasad) input علی به مدرسه می‌رود
source: 19 characters, 36 bytes, right-to-left
(rasad) shapes enc.0.self.q
 tensor        shape                    bytes  from
 enc.0.self.q  [B=1, H=4, S=6, K=32]  3.0 KiB  resid_pre W[128,128] + b
B  = 1      sentences in the batch
S  = 6      source length
H  = 4      heads
K  = 32     width of a head

Question: How many numbers does this value hold?
answer NUMBER; arithmetic like 3 x 1024 is a number, too
> answer 768
Right: 768 (3 of 3 points)
The sizes of all axes are multiplied.
Enter (or teach next) goes on
> teach next
The lesson is done: 3 of 3 points
