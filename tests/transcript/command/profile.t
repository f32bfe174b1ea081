#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> profile
error: profile needs a source: type a sentence with 'input TEXT'
> input --ids 80,98,14,0
source: 4 ids, taken as given
> profile --max 3
/ what +ops +ms +share +GFLOP.s +GB.s/
/ (enc|dec) [a-z ]+ +[0-9]+ +[0-9.]+ +[0-9.]+ % .*/
/ (enc|dec) [a-z ]+ +[0-9]+ +[0-9.]+ +[0-9.]+ % .*/
/ (enc|dec) [a-z ]+ +[0-9]+ +[0-9.]+ +[0-9.]+ % .*/
/ (enc|dec) [a-z ]+ +[0-9]+ +[0-9.]+ +[0-9.]+ % .*/
/ (enc|dec) [a-z ]+ +[0-9]+ +[0-9.]+ +[0-9.]+ % .*/
/ (enc|dec) [a-z ]+ +[0-9]+ +[0-9.]+ +[0-9.]+ % .*/
/ (enc|dec) [a-z ]+ +[0-9]+ +[0-9.]+ +[0-9.]+ % .*/
/ (enc|dec) [a-z ]+ +[0-9]+ +[0-9.]+ +[0-9.]+ % .*/
/ (enc|dec) [a-z ]+ +[0-9]+ +[0-9.]+ +[0-9.]+ % .*/
/ (enc|dec) [a-z ]+ +[0-9]+ +[0-9.]+ +[0-9.]+ % .*/
/ (enc|dec) [a-z ]+ +[0-9]+ +[0-9.]+ +[0-9.]+ % .*/
/ (enc|dec) [a-z ]+ +[0-9]+ +[0-9.]+ +[0-9.]+ % .*/
/ (enc|dec) [a-z ]+ +[0-9]+ +[0-9.]+ +[0-9.]+ % .*/
/ (enc|dec) [a-z ]+ +[0-9]+ +[0-9.]+ +[0-9.]+ % .*/
/ (enc|dec) [a-z ]+ +[0-9]+ +[0-9.]+ +[0-9.]+ % .*/
/ (enc|dec) [a-z ]+ +[0-9]+ +[0-9.]+ +[0-9.]+ % .*/
/ (enc|dec) [a-z ]+ +[0-9]+ +[0-9.]+ +[0-9.]+ % .*/
/ (enc|dec) [a-z ]+ +[0-9]+ +[0-9.]+ +[0-9.]+ % .*/
/total [0-9.]+ ms, 4 source tokens, 3 generated; -?[0-9.]+ % outside the operations/
nothing is kept; scores and softmax inside a fused attention count to its mix
> profile --by moon
error: --by is one of: op layer site; not 'moon'
  profile --by moon
               ^~~~
