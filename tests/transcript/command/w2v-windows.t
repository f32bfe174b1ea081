#! rasad -m tests/golden/marian/swish-3h
#! exit 3
> shell "head -n 2000 examples/words.fa.txt > part.txt; grep -v ^# examples/words.fa.tsv > part.tsv"
> w2v windows part.txt --dim 8 --epochs 2 --min-count 5 --word ایران
 window  same part of speech  same class  companions
/ 1 +[0-9.]+ % +[0-9.]+ % +[0-9.]+ %/
/ 2 +[0-9.]+ % +[0-9.]+ % +[0-9.]+ %/
/ 3 +[0-9.]+ % +[0-9.]+ % +[0-9.]+ %/
/ 4 +[0-9.]+ % +[0-9.]+ % +[0-9.]+ %/
/ 5 +[0-9.]+ % +[0-9.]+ % +[0-9.]+ %/
/ 6 +[0-9.]+ % +[0-9.]+ % +[0-9.]+ %/
/ 1-2 +[0-9.]+ % +[0-9.]+ % +[0-9.]+ %/
/ 3-4 +[0-9.]+ % +[0-9.]+ % +[0-9.]+ %/
/ 5-6 +[0-9.]+ % +[0-9.]+ % +[0-9.]+ %/
 chance               23.4 %      18.1 %       1.5 %
shares of the 10 nearest words, means over the 259 words that come 10 times or more; chance: of all words
companion: in one sentence with the word at least twice, and twice as often as chance has it
 window  nearest
/ +1  .+/
/ +2  .+/
/ +3  .+/
/ +4  .+/
/ +5  .+/
/ +6  .+/
/same part of speech: [0-9.]+ % with windows 1-2, [0-9.]+ % with 5-6: (falls|rises) by [0-9.]+ points|same part of speech.*: the same/
/same class: [0-9.]+ % with windows 1-2, [0-9.]+ % with 5-6: (falls|rises) by [0-9.]+ points|same class.*: the same/
/companions: [0-9.]+ % with windows 1-2, [0-9.]+ % with 5-6: (falls|rises) by [0-9.]+ points|companions.*: the same/
> shell "rm part.tsv; printf 'x\\n' > bad.tsv"
> w2v windows part.txt --dim 4 --epochs 1 --min-count 20 --judge 100 --near 3
 window  same part of speech  same class  companions
/ 1 +- +- +[0-9.]+ %/
/ 2 +- +- +[0-9.]+ %/
/ 3 +- +- +[0-9.]+ %/
/ 4 +- +- +[0-9.]+ %/
/ 5 +- +- +[0-9.]+ %/
/ 6 +- +- +[0-9.]+ %/
/ 1-2 +- +- +[0-9.]+ %/
/ 3-4 +- +- +[0-9.]+ %/
/ 5-6 +- +- +[0-9.]+ %/
 chance                    -           -      10.5 %
shares of the 3 nearest words, means over the 8 words that come 100 times or more; chance: of all words
companion: in one sentence with the word at least twice, and twice as often as chance has it
no lexicon: parts of speech and classes are not known (--lexicon)
/companions: [0-9.]+ % with windows 1-2, [0-9.]+ % with 5-6: (falls|rises) by [0-9.]+ points|companions.*: the same/
> w2v windows part.txt --dim 4 --epochs 1 --min-count 20 --judge 100 --near 3 --curve
 window  same part of speech  same class  companions
/ 1 +- +- +[0-9.]+ %/
/ 2 +- +- +[0-9.]+ %/
/ 3 +- +- +[0-9.]+ %/
/ 4 +- +- +[0-9.]+ %/
/ 5 +- +- +[0-9.]+ %/
/ 6 +- +- +[0-9.]+ %/
/ 1-2 +- +- +[0-9.]+ %/
/ 3-4 +- +- +[0-9.]+ %/
/ 5-6 +- +- +[0-9.]+ %/
 chance                    -           -      10.5 %
shares of the 3 nearest words, means over the 8 words that come 100 times or more; chance: of all words
companion: in one sentence with the word at least twice, and twice as often as chance has it
no lexicon: parts of speech and classes are not known (--lexicon)
share of the nearest words
/.*/
/.*/
/.*/
/.*/
/.*/
/.*/
/.*/
/.*/
/.*/
/.*/
/.*/
/.*/
/.*/
/.*/
/.*/
/.*/
/.*/
/.*/
/.*/
     companions
/companions: [0-9.]+ % with windows 1-2, [0-9.]+ % with 5-6: (falls|rises) by [0-9.]+ points|companions.*: the same/
> w2v windows part.txt --lexicon bad.tsv
error: bad.tsv, line 1: a word, its part of speech and its class are wanted, with tabs between them
  w2v windows part.txt --lexicon bad.tsv
                                 ^~~~~~~
> w2v windows part.txt --word زززز
error: 'زززز' is not among the 1240 words of the vocabulary
  at character 29 (U+0632)
> w2v windows a b a b
error: no word comes 10 times, so there is none to judge
  lower --judge
> w2v windows "a "
error: the text is one word, 'a': a pair needs two
> w2v info
error: there are no word vectors yet
  w2v train learns them from a text, w2v load reads a file of them
