#! exit 1
> quiz
fa-en  D=128  H=4  K=32  F=512  V=3045

Question 1 of 5: the shape of dec.2.cross.v at B=1, S=512
answer SHAPE, like answer [32, 2048]
> model new transformer --d-model 1024 --heads 4 --d-k 192 --d-ff 1024 --layers 12 --vocab 20000 --target-vocab 30000
transformer: transformer, encoder-decoder 12+12 layers, 4 heads, d_model 1024, vocabulary 30000; no weights
> quiz 6
transformer  D=1024  H=4  K=192  F=1024  Vs=20000  V=30000

Question 1 of 6: how many parameters make enc.3.self.v, weights and biases, when 8 sentences of 7 tokens pass?
answer NUMBER; arithmetic like 3 x 1024 is a number, too
> answer [1, 4, 7, 192]
a number is wanted, or arithmetic like 3 x 1024 x 768: a number is wanted here
> answer 8 x 7 x 1024 x 768
Not right: 44,040,192 is too large; one matrix serves every sentence and every position: neither B nor the length multiplies it
H*K*D + H*K = 4*192*1024 + 4*192
answer --hint helps, answer --skip gives up
> answer 1024 x 768
Not right: 786,432 is too small; the bias is missing: one number more for each output
H*K*D + H*K = 4*192*1024 + 4*192
answer --hint helps, answer --skip gives up
> answer 1024 x 768 + 768
Right: 787,200 (1 of 3 points)

Question 2 of 6: how many numbers does enc.1.self.pattern hold at B=32, S=20?
answer NUMBER; arithmetic like 3 x 1024 is a number, too
> answer 32 x 20 x 20
Not right: 12,800 is too small, by a factor of 4; that is one head alone
B*H*S*S = 32*4*20*20
answer --hint helps, answer --skip gives up
> answer 32 x 4 x 20 x 20
Right: 51,200 (2 of 3 points)

Question 3 of 6: how many operations (multiplications and additions) does enc.3.self.k take at B=1, S=12?
answer NUMBER; arithmetic like 3 x 1024 is a number, too
> answer 12 x 768 x 1024
Not right: 9,437,184 is too small, by a factor of 2; a product and the sum it goes into are two operations
2*B*H*S*K*D = 2*1*4*12*192*1024
answer --hint helps, answer --skip gives up
> answer 2 x 12 x 768 x 1024
Right: 18,874,368 (2 of 3 points)

Question 4 of 6: source and target become twice as long: the operations of dec.10.mlp.pre become how many times as many?
  1. 2
  2. 4
  3. 8
answer N, the number of one of them
> answer 3
Not right
2*B*T*F*D
answer --skip gives up
> answer 1
Right: 1: 2 (1 of 1 points)

Question 5 of 6: how many bytes does the key/value cache of the decoder grow by with each token of one sentence, all layers together, as float32?
answer NUMBER; arithmetic like 3 x 1024 is a number, too
> answer --hint
a key and a value for each layer, 4 bytes a number
> answer 12 x 2 x 768 x 4
Right: 73,728 (2 of 3 points)
96*H*K = 96*4*192

Question 6 of 6: the shape of dec.11.cross.scores at B=8, S=128, T=64
answer SHAPE, like answer [32, 2048]
> answer [8, 4, 64, 64]
Not right: axis 4, S, is not 64; one column for each key, and the keys are source tokens: S = 128
[B, H, T, S]:  q k^T / sqrt(192)
answer --hint helps, answer --skip gives up
> answer [8, 4, 64, 128]
Right: [B=8, H=4, T=64, S=128] (2 of 3 points)
All done: 10 of 16 points.
> answer 5
error: there is no question to answer
  'teach', 'quiz' and 'shapes --ask' ask some
> quiz 1
transformer  D=1024  H=4  K=192  F=1024  Vs=20000  V=30000

Question: how many numbers does dec.4.cross.q hold at B=1, T=12?
answer NUMBER; arithmetic like 3 x 1024 is a number, too
> set lang fa
> quiz 2
transformer  D=1024  H=4  K=192  F=1024  Vs=20000  V=30000

پرسش 1 از 2: dec.6.cross.scores با B=16, S=512, T=20 چند عمل (ضرب و جمع) می‌خواهد؟
answer NUMBER؛ به جای عدد، حسابی مانند 3 x 1024 هم پذیرفته است
> answer --skip
پاسخ این است: 251,658,240
2*B*H*T*S*K = 2*16*4*20*512*192

پرسش 2 از 2: مبدأ و مقصد دو برابر درازتر می‌شوند: عمل‌های dec.8.self.v چند برابر می‌شود؟
  1. 2
  2. 4
  3. 8
answer N، یعنی شمارهٔ یکی از گزینه‌ها
> answer 1
درست است: 1: 2 (1 امتیاز از 1)
2*B*H*T*K*D
پایان: 1 امتیاز از 4.
> set lang en
> model load examples/models/fa-en
fa-en: marian, encoder-decoder 3+3 layers, 4 heads, d_model 128, vocabulary 3045
> quiz 2
fa-en  D=128  H=4  K=32  F=512  V=3045

Question 1 of 2: source and target become twice as long: the operations of enc.0.mlp.out become how many times as many?
  1. 2
  2. 4
  3. 8
answer N, the number of one of them
> model new encoder --layers 1 --d-model 4 --heads 2 --vocab 9
encoder: transformer, encoder 1 layer, 2 heads, d_model 4, vocabulary 9; no weights
> quiz 6
encoder  D=4  H=2  K=2  F=16  V=9

Question 1 of 6: the shape of enc.0.self.q at B=4, S=512
answer SHAPE, like answer [32, 2048]
> quiz 0
error: QUESTIONS must be 1 to 100, not 0
  quiz 0
       ^
> model load examples/models/fa-en/source.spm
source.spm: SentencePiece Unigram, 1600 pieces; no model
> quiz
error: source.spm is a tokenizer alone: there is nothing to ask about
