#! rasad -m tests/golden/marian/swish-3h
#! exit 3
> tokenize a read مدرسه
▁ a ▁ read ▁ م د ر س ه </s>
> tz "a\tread"
▁ a ▁ read </s>
> tokenize --target a read
▁ a ▁read </s>
> tokenize --lattice دوستانمان
 bytes    score  best through          id  piece
   0-3  -0.8879      -46.9500          61  ▁
  0-21  -5.1413       -5.1413  chosen  26  ▁دوستانمان
   3-5  -5.2840      -46.9500          76  د
   5-7  -3.7911      -46.9500          65  و
   7-9  -5.2832      -46.9500          55  س
  9-11  -5.2835      -46.9500           1  ت
 11-13  -5.2841      -46.9500           4  ا
 13-15  -5.2840      -46.9500          56  ن
 15-17  -5.2838      -46.9500          24  م
 17-19  -5.2841      -46.9500           4  ا
 19-21  -5.2840      -46.9500          56  ن
 #     total  segmentation
 1   -5.1413  ▁دوستانمان
 2  -46.9500  ▁ د و س ت ا ن م ا ن
it wins by 41.8087 in log-probability: 1.437e+18 times as likely as the next. They differ in:
  winner: ▁دوستانمان
  next:   ▁ د و س ت ا ن م ا ن
> tokenize --lattice xx
 bytes     score  best through                   id  piece
   0-3   -0.8879      -31.4562  chosen           61  ▁
   3-4  -15.2841      -31.4562  chosen, unknown  83  x
   4-5  -15.2841      -31.4562  chosen, unknown  83  x
 #     total  segmentation
 1  -31.4562  ▁ x x
no other segmentation is possible with this vocabulary
> tokenize --lattice --best 1 ا
 bytes    score  best through          id  piece
   0-3  -0.8879       -6.1720  chosen  61  ▁
   3-5  -5.2841       -6.1720  chosen   4  ا
 #    total  segmentation
 1  -6.1720  ▁ ا
no other segmentation is possible with this vocabulary
> shell "printf \"a read\\n\\nلا\\nlast\" > lines.txt"
> tokenize --lines lines.txt
▁ a ▁ read </s>
</s>
▁ ل ا </s>
▁ last </s>
> tokenize --lines nowhere.txt
error: cannot open 'nowhere.txt': No such file or directory
  tokenize --lines nowhere.txt
                   ^~~~~~~~~~~
> tokenize
error: tokenize: text is missing
  usage: tokenize TEXT
> tokens
error: tokens needs a source: type a sentence with 'input TEXT'
