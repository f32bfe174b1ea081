#! exit 1
> sweep heads
error: there is no sentence with a translation
  run one, or give a file of lines: sentence, tab, translation
> run علی به مدرسه می‌رود
Ali goes to school    5 tokens and the end token, log p -0.0673
> sweep heads
1 sentence, 6 tokens of their translations: log p a token -0.0112
lost: how much of that goes when it is set to zero (below 0: it was in the way)
 head            bits  most  prev  same  next  first  last     lost
 enc.0.self.h0   0.98  0.72  0.02  0.26  0.63   0.05  0.42  -0.0056  ░
 enc.0.self.h1   1.98  0.48  0.08  0.12  0.25   0.08  0.30   0.0023  ▎
 enc.0.self.h2   1.62  0.61  0.17  0.11  0.04   0.17  0.29  -0.0006
 enc.0.self.h3   1.13  0.71  0.65  0.24  0.05   0.15  0.22  -0.0028
 enc.1.self.h0   2.11  0.46  0.07  0.24  0.21   0.09  0.12  -0.0002
 enc.1.self.h1   2.29  0.36  0.20  0.26  0.12   0.16  0.23  -0.0020
 enc.1.self.h2   2.17  0.40  0.08  0.26  0.14   0.12  0.20   0.0018  ▎
 enc.1.self.h3   1.98  0.47  0.07  0.24  0.30   0.12  0.13  -0.0013
 enc.2.self.h0   1.34  0.63  0.20  0.47  0.23   0.20  0.21  -0.0029
 enc.2.self.h1   2.02  0.43  0.05  0.16  0.23   0.11  0.26  -0.0002
 enc.2.self.h2   1.51  0.63  0.08  0.31  0.18   0.14  0.39   0.0001
 enc.2.self.h3   1.36  0.66  0.40  0.17  0.23   0.21  0.13  -0.0081  ░
 dec.0.self.h0   0.23  0.95  0.39  0.03         0.58         0.0045  ▋
 dec.0.self.h1   0.40  0.89  0.44  0.31         0.43         0.0003
 dec.0.self.h2   0.73  0.77  0.54  0.03         0.51        -0.0010
 dec.0.self.h3   0.25  0.90  0.51  0.29         0.13         0.0007  ▏
 dec.0.cross.h0  1.77  0.47  0.10  0.20  0.40   0.16  0.14   0.0054  ▊
 dec.0.cross.h1  0.77  0.83  0.17  0.25  0.17   0.18  0.17  -0.0052  ░
 dec.0.cross.h2  0.79  0.81  0.23  0.04  0.40   0.19  0.15   0.0000
 dec.0.cross.h3  2.09  0.44  0.18  0.14  0.25   0.09  0.19  -0.0003
 dec.1.self.h0   0.40  0.87  0.67  0.15         0.33        -0.0025
 dec.1.self.h1   1.37  0.46  0.40  0.24         0.29        -0.0034
 dec.1.self.h2   1.23  0.56  0.35  0.17         0.44        -0.0028
 dec.1.self.h3   1.04  0.65  0.52  0.26         0.15        -0.0007
 dec.1.cross.h0  0.11  0.98  0.00  0.33  0.17   0.17  0.17   0.0024  ▎
 dec.1.cross.h1  0.74  0.79  0.01  0.19  0.27   0.01  0.29  -0.0024
 dec.1.cross.h2  0.32  0.91  0.00  0.26  0.19   0.16  0.10   0.0103  █▍
 dec.1.cross.h3  0.34  0.90  0.02  0.50  0.09   0.17  0.17   0.0057  ▊
 dec.2.self.h0   0.68  0.80  0.14  0.58         0.06        -0.0060  ░
 dec.2.self.h1   1.16  0.60  0.48  0.13         0.28        -0.0039  ░
 dec.2.self.h2   1.30  0.54  0.25  0.27         0.28        -0.0023
 dec.2.self.h3   0.26  0.91  0.52  0.47         0.01        -0.0016
 dec.2.cross.h0  0.97  0.74  0.09  0.36  0.14   0.17  0.15   0.0857  ███████████
 dec.2.cross.h1  0.59  0.87  0.05  0.30  0.03   0.18  0.13   0.0192  ██▌
 dec.2.cross.h2  0.48  0.92  0.16  0.35  0.01   0.17  0.19   0.0182  ██▍
 dec.2.cross.h3  0.72  0.81  0.09  0.35  0.12   0.23  0.21   0.0568  ███████▎
enc.*.self, layers by heads  rows: layers, columns: heads  lost
          0    1    2    3
   0     ░░   ██   ▓▓   ▒▒
   1     ▓▓   ▒▒   ██   ▓▓
   2     ▒▒   ▓▓   ▓▓
      -0.00813 [ ░▒▓█] 0.00232   scale max
dec.*.self, layers by heads  rows: layers, columns: heads  lost
          0    1    2    3
   0     ██   ▓▓   ▒▒   ▓▓
   1     ░░   ░░   ░░   ▒▒
   2               ░░   ▒▒
      -0.00599 [ ░▒▓█] 0.00453   scale max
dec.*.cross, layers by heads  rows: layers, columns: heads  lost
          0    1    2    3
   0
   1
   2     ██   ░░   ░░   ▓▓
      -0.0052 [ ░▒▓█] 0.0857   scale max
most is lost without dec.2.cross.h0: 0.0857
> sweep layers
1 sentence, 6 tokens of their translations: log p a token -0.0112
lost: how much of that goes when it is set to zero (below 0: it was in the way)
 layer     lost
 enc.0  -0.0039
 enc.1  -0.0044
 enc.2  -0.0086
 dec.0   3.9765  ████████████████▌
 dec.1   1.1848  ████▉
 dec.2   4.8242  ████████████████████
most is lost without dec.2: 4.8242
> sweep heads first examples/sentences.fa-en.tsv --count 2
2 sentences, 18 tokens of their translations: share that the model says first 1.0000
lost: how much of that goes when it is set to zero (below 0: it was in the way)
 head            bits  most  prev  same  next  first  last    lost
 enc.0.self.h0   1.31  0.67  0.04  0.18  0.61   0.03  0.25  0.0000
 enc.0.self.h1   2.25  0.45  0.08  0.07  0.18   0.10  0.25  0.0000
 enc.0.self.h2   2.36  0.42  0.16  0.06  0.05   0.03  0.16  0.0000
 enc.0.self.h3   1.00  0.75  0.61  0.21  0.06   0.07  0.15  0.0556  ████████████
 enc.1.self.h0   2.62  0.36  0.12  0.15  0.13   0.07  0.09  0.0000
 enc.1.self.h1   2.91  0.31  0.14  0.14  0.11   0.09  0.13  0.0000
 enc.1.self.h2   3.05  0.23  0.11  0.13  0.11   0.09  0.12  0.0000
 enc.1.self.h3   2.70  0.35  0.19  0.15  0.14   0.15  0.11  0.0000
 enc.2.self.h0   1.65  0.59  0.21  0.27  0.17   0.10  0.10  0.0000
 enc.2.self.h1   2.47  0.41  0.09  0.14  0.14   0.07  0.10  0.0000
 enc.2.self.h2   1.68  0.59  0.04  0.21  0.34   0.02  0.23  0.0000
 enc.2.self.h3   1.58  0.63  0.29  0.15  0.12   0.14  0.08  0.0000
 dec.0.self.h0   0.55  0.84  0.41  0.14         0.35        0.0000
 dec.0.self.h1   0.96  0.73  0.41  0.11         0.46        0.0000
 dec.0.self.h2   0.86  0.78  0.30  0.03         0.45        0.0000
 dec.0.self.h3   0.61  0.80  0.56  0.28         0.16        0.0000
 dec.0.cross.h0  2.18  0.47  0.09  0.20  0.21   0.11  0.13  0.0000
 dec.0.cross.h1  0.99  0.76  0.22  0.11  0.20   0.14  0.14  0.0000
 dec.0.cross.h2  1.02  0.75  0.16  0.10  0.08   0.10  0.03  0.0000
 dec.0.cross.h3  2.00  0.52  0.22  0.08  0.20   0.05  0.06  0.0000
 dec.1.self.h0   0.66  0.77  0.37  0.19         0.24        0.0000
 dec.1.self.h1   1.71  0.46  0.30  0.21         0.22        0.0000
 dec.1.self.h2   1.40  0.56  0.26  0.15         0.26        0.0000
 dec.1.self.h3   1.34  0.60  0.42  0.28         0.11        0.0000
 dec.1.cross.h0  0.06  0.99  0.07  0.17  0.22   0.11  0.11  0.0000
 dec.1.cross.h1  0.81  0.82  0.14  0.09  0.21   0.04  0.18  0.0000
 dec.1.cross.h2  0.69  0.81  0.21  0.18  0.21   0.09  0.07  0.0000
 dec.1.cross.h3  0.81  0.78  0.21  0.20  0.17   0.24  0.11  0.0000
 dec.2.self.h0   1.12  0.62  0.29  0.38         0.14        0.0000
 dec.2.self.h1   1.39  0.57  0.40  0.13         0.25        0.0000
 dec.2.self.h2   1.70  0.47  0.26  0.18         0.25        0.0000
 dec.2.self.h3   0.53  0.87  0.28  0.58         0.01        0.0000
 dec.2.cross.h0  0.86  0.81  0.19  0.20  0.08   0.07  0.07  0.0556  ████████████
 dec.2.cross.h1  0.75  0.82  0.16  0.14  0.17   0.10  0.08  0.0000
 dec.2.cross.h2  0.91  0.79  0.15  0.13  0.19   0.11  0.13  0.0000
 dec.2.cross.h3  0.66  0.84  0.10  0.21  0.24   0.12  0.17  0.0000
enc.*.self, layers by heads  rows: layers, columns: heads  lost
          0    1    2    3
   0                    ██
   1
   2
      0 [ ░▒▓█] 0.0556   scale max
dec.*.self, layers by heads  rows: layers, columns: heads  lost
          0    1    2    3
   0
   1
   2
      .2░░ .4▒▒ .6▓▓ .8██   scale max
dec.*.cross, layers by heads  rows: layers, columns: heads  lost
          0    1    2    3
   0
   1
   2     ██
      0 [ ░▒▓█] 0.0556   scale max
most is lost without enc.0.self.h3: 0.0556
> where
#0  choice                  the generation is over: run starts again, remit goes back
#1  dec                     output
#2  dec                     after the layers
#3  decoder                 step 6
#4  generation              6 tokens chosen
> sweep heads logp none.tsv
error: cannot open 'none.tsv': No such file or directory
  sweep heads logp none.tsv
                   ^~~~~~~~
> !printf 'سلام\n' > bad.tsv; printf '\n' > empty.tsv
> sweep heads logp bad.tsv
error: bad.tsv, line 1: no tab: a line is a sentence, a tab and its translation
  sweep heads logp bad.tsv
                   ^~~~~~~
> sweep heads logp empty.tsv
error: empty.tsv has no sentences
  sweep heads logp empty.tsv
                   ^~~~~~~~~
> sweep words
error: WHAT is one of: heads layers; not 'words'
  sweep words
        ^~~~~
> sweep heads speed
error: cannot open 'speed': No such file or directory
  sweep heads speed
              ^~~~~
  metrics are logp and first; a file has lines: sentence, tab, translation
> sweep heads logp examples/sentences.fa-en.tsv --count 0
error: --count must be at least 1, not 0
  sweep heads logp examples/sentences.fa-en.tsv --count 0
                                                        ^
