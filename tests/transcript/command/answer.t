#! exit 1
> answer 5
error: there is no question to answer
  'teach', 'quiz' and 'shapes --ask' ask some
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
> answer
Question 1 of 4: Which value becomes the pattern of layer 1?
answer SITE, like answer enc.0.self.q
> answer enc.1.self.scores.h0
Not right: enc.1.self.scores.h0 is another value
Softmax of the scores.
answer --skip gives up
> answer enc.7.self.scores
the name of one value is wanted: layer 7: the encoder of this model has layers 0-2
> answer encoder.layers.1.self_attn.scores
the name of one value is wanted: no site matches encoder.layers.1.self_attn.scores
> answer enc.1.self.scores
Right: enc.1.self.scores (2 of 3 points)

Question 2 of 4: Which token came first?
answer TOKEN
> answer به
Not right
The first row of tokens.
answer --skip gives up
> answer علي
Right: ▁علی (2 of 3 points)

Question 3 of 4: What ends the sentence?
  1. a full stop
  2. a token
answer N, the number of one of them
> answer 3
one of the numbers 1 to 2 is wanted
> answer 1
Not right
</s> is a token like the others.
answer --skip gives up
> answer tok
one of the numbers 1 to 2 is wanted
> answer a token
Right: 2: a token (2 of 3 points)

Question 4 of 4: What makes weights of scores?
answer WORD
> answer SOFT-MAX
Right: softmax (3 of 3 points)
Softmax.
Enter (or teach next) goes on
> answer softmax
error: there is no question to answer
  'teach', 'quiz' and 'shapes --ask' ask some
