#! exit 1
> model new transformer --d-model 1024 --heads 4 --d-k 192 --d-ff 1024 --layers 12 --vocab 20000 --target-vocab 30000
transformer: transformer, encoder-decoder 12+12 layers, 4 heads, d_model 1024, vocabulary 30000; no weights
> count
 what              number  more
 parameters   245,819,696  count params
 activations            ?  count activations
 operations             ?  count flops
 memory         937.7 MiB  count memory: weights as float32; activations, cache
scores, softmax and mix of attention grow as N^2, everything else as N:
from N = 906 on they cost more than the feed-forward layers
from N = 3,502 on they cost more than everything else together
> count params
 part            term        with sizes      parameters   share
 enc.embed       Vs*D        20000*1024      20,480,000   8.3 %
 enc.0-11.self   4*H*K*D     4*4*192*1024     3,145,728
                 3*H*K       3*4*192              2,304
                 3*D         3*1024               3,072
                 all layers  12 * 3,151,104  37,813,248  15.4 %
 enc.0-11.mlp    2*F*D       2*1024*1024      2,097,152
                 F           1024                 1,024
                 3*D         3*1024               3,072
                 all layers  12 * 2,101,248  25,214,976  10.3 %
 dec.embed       V*D         30000*1024      30,720,000  12.5 %
 dec.0-11.self   4*H*K*D     4*4*192*1024     3,145,728
                 3*H*K       3*4*192              2,304
                 3*D         3*1024               3,072
                 all layers  12 * 3,151,104  37,813,248  15.4 %
 dec.0-11.cross  4*H*K*D     4*4*192*1024     3,145,728
                 3*H*K       3*4*192              2,304
                 3*D         3*1024               3,072
                 all layers  12 * 3,151,104  37,813,248  15.4 %
 dec.0-11.mlp    2*F*D       2*1024*1024      2,097,152
                 F           1024                 1,024
                 3*D         3*1024               3,072
                 all layers  12 * 2,101,248  25,214,976  10.3 %
 output          V*D         30000*1024      30,720,000
                 V           30000               30,000
                 sum                         30,750,000  12.5 %
total 245,819,696 parameters
neither batch nor length stands in a formula: parameters do not depend on them
> count params enc.0.self --no-bias
 site                term   with sizes  parameters   share
 enc.0.self.q        H*K*D  4*192*1024     786,432  25.0 %
 enc.0.self.k        H*K*D  4*192*1024     786,432  25.0 %
 enc.0.self.v        H*K*D  4*192*1024     786,432  25.0 %
 enc.0.self.scores   0                           0   0.0 %
 enc.0.self.pattern  0                           0   0.0 %
 enc.0.self.z        0                           0   0.0 %
 enc.0.self.out      D*H*K  1024*4*192     786,432  25.0 %
total 3,145,728 parameters
neither batch nor length stands in a formula: parameters do not depend on them
> count params enc.0.mlp.pre logits
 site           term  with sizes  parameters   share
 enc.0.mlp.pre  F*D   1024*1024    1,048,576
                F     1024             1,024
                sum                1,049,600   3.3 %
 logits         V*D   30000*1024  30,720,000
                V     30000           30,000
                sum               30,750,000  96.7 %
total 31,799,600 parameters
neither batch nor length stands in a formula: parameters do not depend on them
> count params enc.0.self.q.h0
 site             term  with sizes  parameters    share
 enc.0.self.q.h0  K*D   192*1024       196,608
                  K     192                192
                  sum                  196,800  100.0 %
total 196,800 parameters
neither batch nor length stands in a formula: parameters do not depend on them
> count params --by layer --sort name dec.embed dec.1
 layer      term     with sizes    parameters   share
 dec.1      8*H*K*D  8*4*192*1024   6,291,456
            6*H*K    6*4*192            4,608
            9*D      9*1024             9,216
            2*F*D    2*1024*1024    2,097,152
            F        1024               1,024
            sum                     8,403,456  21.5 %
 dec.embed  V*D      30000*1024    30,720,000  78.5 %
total 39,123,456 parameters
neither batch nor length stands in a formula: parameters do not depend on them
> count params --sort size
 part            term        with sizes      parameters   share
 enc.0-11.self   4*H*K*D     4*4*192*1024     3,145,728
                 3*H*K       3*4*192              2,304
                 3*D         3*1024               3,072
                 all layers  12 * 3,151,104  37,813,248  15.4 %
 dec.0-11.self   4*H*K*D     4*4*192*1024     3,145,728
                 3*H*K       3*4*192              2,304
                 3*D         3*1024               3,072
                 all layers  12 * 3,151,104  37,813,248  15.4 %
 dec.0-11.cross  4*H*K*D     4*4*192*1024     3,145,728
                 3*H*K       3*4*192              2,304
                 3*D         3*1024               3,072
                 all layers  12 * 3,151,104  37,813,248  15.4 %
 output          V*D         30000*1024      30,720,000
                 V           30000               30,000
                 sum                         30,750,000  12.5 %
 dec.embed       V*D         30000*1024      30,720,000  12.5 %
 enc.0-11.mlp    2*F*D       2*1024*1024      2,097,152
                 F           1024                 1,024
                 3*D         3*1024               3,072
                 all layers  12 * 2,101,248  25,214,976  10.3 %
 dec.0-11.mlp    2*F*D       2*1024*1024      2,097,152
                 F           1024                 1,024
                 3*D         3*1024               3,072
                 all layers  12 * 2,101,248  25,214,976  10.3 %
 enc.embed       Vs*D        20000*1024      20,480,000   8.3 %
total 245,819,696 parameters
neither batch nor length stands in a formula: parameters do not depend on them
> count activations enc.0.self.q.h0 --batch 32 --len 2048
 site             term   with sizes      numbers    share
 enc.0.self.q.h0  B*S*K  32*2048*192  12,582,912  100.0 %
total 12,582,912 numbers
numbers that a pass makes, not numbers that were learned
> count activations --len 128 --target-len 64
 part            term        with sizes        numbers   share
 enc.embed       3*B*S*D     3*1*128*1024      393,216   1.0 %
 enc.0-11.self   4*B*H*S*K   4*1*4*128*192     393,216
                 2*B*H*S*S   2*1*4*128*128     131,072
                 3*B*S*D     3*1*128*1024      393,216
                 all layers  12 * 917,504   11,010,048  28.2 %
 enc.0-11.mlp    2*B*S*F     2*1*128*1024      262,144
                 3*B*S*D     3*1*128*1024      393,216
                 all layers  12 * 655,360    7,864,320  20.1 %
 dec.embed       3*B*T*D     3*1*64*1024       196,608   0.5 %
 dec.0-11.self   4*B*H*T*K   4*1*4*64*192      196,608
                 2*B*H*T*T   2*1*4*64*64        32,768
                 3*B*T*D     3*1*64*1024       196,608
                 all layers  12 * 425,984    5,111,808  13.1 %
 dec.0-11.cross  2*B*H*T*K   2*1*4*64*192       98,304
                 2*B*H*S*K   2*1*4*128*192     196,608
                 2*B*H*T*S   2*1*4*64*128       65,536
                 3*B*T*D     3*1*64*1024       196,608
                 all layers  12 * 557,056    6,684,672  17.1 %
 dec.0-11.mlp    2*B*T*F     2*1*64*1024       131,072
                 3*B*T*D     3*1*64*1024       196,608
                 all layers  12 * 327,680    3,932,160  10.1 %
 output          2*B*T*V     2*1*64*30000    3,840,000   9.8 %
total 39,032,832 numbers
numbers that a pass makes, not numbers that were learned
> count flops --batch 32 --len 2048
 part            term         with sizes                   operations   share
 enc.embed       2*B*S*D      2*32*2048*1024              134,217,728   0.0 %
 enc.0-11.self   8*B*H*S*K*D  8*32*4*2048*192*1024    412,316,860,416
                 4*B*H*S*S*K  4*32*4*2048*2048*192    412,316,860,416
                 4*B*H*S*S    4*32*4*2048*2048          2,147,483,648
                 9*B*S*D      9*32*2048*1024              603,979,776
                 all layers   12 * 827,385,184,256  9,928,622,211,072  24.6 %
 enc.0-11.mlp    4*B*S*F*D    4*32*2048*1024*1024     274,877,906,944
                 B*S*F        32*2048*1024                 67,108,864
                 9*B*S*D      9*32*2048*1024              603,979,776
                 all layers   12 * 275,548,995,584  3,306,587,947,008   8.2 %
 dec.embed       2*B*T*D      2*32*2048*1024              134,217,728   0.0 %
 dec.0-11.self   8*B*H*T*K*D  8*32*4*2048*192*1024    412,316,860,416
                 4*B*H*T*T*K  4*32*4*2048*2048*192    412,316,860,416
                 4*B*H*T*T    4*32*4*2048*2048          2,147,483,648
                 9*B*T*D      9*32*2048*1024              603,979,776
                 all layers   12 * 827,385,184,256  9,928,622,211,072  24.6 %
 dec.0-11.cross  4*B*H*T*K*D  4*32*4*2048*192*1024    206,158,430,208
                 4*B*H*S*K*D  4*32*4*2048*192*1024    206,158,430,208
                 4*B*H*T*S*K  4*32*4*2048*2048*192    412,316,860,416
                 4*B*H*T*S    4*32*4*2048*2048          2,147,483,648
                 9*B*T*D      9*32*2048*1024              603,979,776
                 all layers   12 * 827,385,184,256  9,928,622,211,072  24.6 %
 dec.0-11.mlp    4*B*T*F*D    4*32*2048*1024*1024     274,877,906,944
                 B*T*F        32*2048*1024                 67,108,864
                 9*B*T*D      9*32*2048*1024              603,979,776
                 all layers   12 * 275,548,995,584  3,306,587,947,008   8.2 %
 output          2*B*T*V*D    2*32*2048*30000*1024  4,026,531,840,000
                 4*B*T*V      4*32*2048*30000           7,864,320,000
                 sum                                4,034,396,160,000  10.0 %
total 40,433,707,122,688 operations
scores, softmax and mix of attention grow as N^2, everything else as N:
from N = 906 on they cost more than the feed-forward layers
from N = 3,502 on they cost more than everything else together
> count flops enc.0.self
 site                term         with sizes        operations  share
 enc.0.self.q        2*B*H*S*K*D  2*1*4*S*192*1024           ?
 enc.0.self.k        2*B*H*S*K*D  2*1*4*S*192*1024           ?
 enc.0.self.v        2*B*H*S*K*D  2*1*4*S*192*1024           ?
 enc.0.self.scores   2*B*H*S*S*K  2*1*4*S*S*192              ?
 enc.0.self.pattern  4*B*H*S*S    4*1*4*S*S                  ?
 enc.0.self.z        2*B*H*S*K*S  2*1*4*S*192*S              ?
 enc.0.self.out      2*B*S*D*H*K  2*1*S*1024*4*192           ?
the lengths are not known: --len N and --batch N give them
> count memory
 what                                bytes  formula     with sizes
 weights as float32              937.7 MiB  4*P         4*245819696
 weights as float16 or bfloat16  468.9 MiB  2*P         2*245819696
 weights as int8                 234.4 MiB  P           245819696
 values, all kept                        ?
 values, residuals and patterns          ?
 values at the peak, none kept           ?
 cache, a token, a layer           6.0 KiB  8*H*K       8*4*192
 cache, a token, all layers       72.0 KiB  96*H*K      96*4*192
 cache, all tokens and layers            ?  96*B*H*T*K  96*1*4*T*192
 keys and values of the source           ?  96*B*H*S*K  96*1*4*S*192
the lengths are not known: --len N and --batch N give them
P parameters; values and cache are float32; attention that is not kept is fused: no whole scores or patterns
> count memory --len 2048 --batch 2
 what                                bytes  formula     with sizes
 weights as float32              937.7 MiB  4*P         4*245819696
 weights as float16 or bfloat16  468.9 MiB  2*P         2*245819696
 weights as int8                 234.4 MiB  P           245819696
 values, all kept                 15.3 GiB
 values, residuals and patterns    6.0 GiB
 values at the peak, none kept     1.1 GiB
 cache, a token, a layer           6.0 KiB  8*H*K       8*4*192
 cache, a token, all layers       72.0 KiB  96*H*K      96*4*192
 cache, all tokens and layers    288.0 MiB  96*B*H*T*K  96*2*4*2048*192
 keys and values of the source   288.0 MiB  96*B*H*S*K  96*2*4*2048*192
P parameters; values and cache are float32; attention that is not kept is fused: no whole scores or patterns
> count flops enc.0.self.scores --batch 100000000 --len 100000000
 site               term         with sizes                  operations    share
 enc.0.self.scores  2*B*H*S*S*K  2*100000000*4*100000000*1…   1.536e+27  100.0 %
total 1.536e+27 operations
> model new decoder --layers 3 --d-model 16 --heads 4 --vocab 50
decoder: transformer, decoder 3 layers, 4 heads, d_model 16, vocabulary 50; no weights
> count memory --len 10 --by layer
 layer      weights f32    values  cache/token    cache
 dec.embed      3.1 KiB   1.9 KiB
 dec.0         12.8 KiB  14.4 KiB        128 B  1.2 KiB
 dec.1         12.8 KiB  14.4 KiB        128 B  1.2 KiB
 dec.2         12.8 KiB  14.4 KiB        128 B  1.2 KiB
 output         3.3 KiB   3.9 KiB
> count --len 10
 what           number  more
 parameters     11,490  count params
 activations    12,520  count activations
 operations    237,200  count flops
 memory       44.9 KiB  count memory: weights as float32; activations, cache
scores, softmax and mix of attention grow as N^2, everything else as N:
from N = 52 on they cost more than the feed-forward layers
from N = 89 on they cost more than everything else together
> model new encoder --layers 2 --d-model 16 --heads 4 --d-v 2 --vocab 50
encoder: transformer, encoder 2 layers, 4 heads, d_model 16, vocabulary 50; no weights
> count memory --len 10
 what                               bytes  formula  with sizes
 weights as float32              26.7 KiB  4*P      4*6832
 weights as float16 or bfloat16  13.3 KiB  2*P      2*6832
 weights as int8                  6.7 KiB  P        6832
 values, all kept                29.4 KiB
 values, residuals and patterns   6.9 KiB
 values at the peak, none kept    8.4 KiB
P parameters; values and cache are float32; attention that is not kept is fused: no whole scores or patterns
> count params enc.0.self
 site                term    with sizes  parameters   share
 enc.0.self.q        H*K*D   4*4*16             256
                     H*K     4*4                 16
                     sum                        272  33.0 %
 enc.0.self.k        H*K*D   4*4*16             256
                     H*K     4*4                 16
                     sum                        272  33.0 %
 enc.0.self.v        H*Kv*D  4*2*16             128
                     H*Kv    4*2                  8
                     sum                        136  16.5 %
 enc.0.self.scores   0                            0   0.0 %
 enc.0.self.pattern  0                            0   0.0 %
 enc.0.self.z        0                            0   0.0 %
 enc.0.self.out      D*H*Kv  16*4*2             128
                     D       16                  16
                     sum                        144  17.5 %
total 824 parameters
neither batch nor length stands in a formula: parameters do not depend on them
> model load examples/models/fa-en
fa-en: marian, encoder-decoder 3+3 layers, 4 heads, d_model 128, vocabulary 3045
> count params
 part           term        with sizes   parameters   share
 enc.embed      V*D         3045*128        389,760  21.9 %
 enc.0-2.self   4*H*K*D     4*4*32*128       65,536
                3*H*K       3*4*32              384
                3*D         3*128               384
                all layers  3 * 66,304      198,912  11.2 %
 enc.0-2.mlp    2*F*D       2*512*128       131,072
                F           512                 512
                3*D         3*128               384
                all layers  3 * 131,968     395,904  22.2 %
 dec.embed      tied:       enc.embed             0   0.0 %
 dec.0-2.self   4*H*K*D     4*4*32*128       65,536
                3*H*K       3*4*32              384
                3*D         3*128               384
                all layers  3 * 66,304      198,912  11.2 %
 dec.0-2.cross  4*H*K*D     4*4*32*128       65,536
                3*H*K       3*4*32              384
                3*D         3*128               384
                all layers  3 * 66,304      198,912  11.2 %
 dec.0-2.mlp    2*F*D       2*512*128       131,072
                F           512                 512
                3*D         3*128               384
                all layers  3 * 131,968     395,904  22.2 %
 output         V           3045              3,045   0.2 %
total 1,781,349 parameters
neither batch nor length stands in a formula: parameters do not depend on them
> count memory --len 8
 what                                 bytes  formula     with sizes
 weights as float32                 6.8 MiB  4*P         4*1781349
 weights as float16 or bfloat16     3.4 MiB  2*P         2*1781349
 weights as int8                    1.7 MiB  P           1781349
 weights as they are in the file    6.8 MiB
 values, all kept                 748.3 KiB
 values, residuals and patterns   180.2 KiB
 values at the peak, none kept    175.2 KiB
 cache, a token, a layer            1.0 KiB  8*H*K       8*4*32
 cache, a token, all layers         3.0 KiB  24*H*K      24*4*32
 cache, all tokens and layers      24.0 KiB  24*B*H*T*K  24*1*4*8*32
 keys and values of the source     24.0 KiB  24*B*H*S*K  24*1*4*8*32
P parameters; values and cache are float32; attention that is not kept is fused: no whole scores or patterns
> input علی به مدرسه می‌رود
source: 19 characters, 36 bytes, right-to-left
> count
 what            number  more
 parameters   1,781,349  count params
 activations          ?  count activations
 operations           ?  count flops
 memory         6.8 MiB  count memory: weights as float32; activations, cache
scores, softmax and mix of attention grow as N^2, everything else as N:
from N = 334 on they cost more than the feed-forward layers
from N = 753 on they cost more than everything else together
> count params enc.9.self
error: layer 9: the encoder of this model has layers 0-2
  count params enc.9.self
               ^~~~~~~~~~
> count params enc.0.norm1.h0
error: enc.0.norm1 has no heads
  count params enc.0.norm1.h0
               ^~~~~~~~~~~~~~
> count activations enc.0.norm1.h0
error: enc.0.norm1 has no heads
  count activations enc.0.norm1.h0
                    ^~~~~~~~~~~~~~
> count memory enc
error: memory is counted for the whole model; shapes enc has bytes
  count memory enc
               ^~~
> count memory --sort size
error: --sort: the lines of memory stand in one order
  count memory --sort size
                      ^~~~
> count memory --by site
error: --by site: memory is counted whole, or --by layer
  count memory --by site
                    ^~~~
> count enc.0
error: enc.0: count params, activations or flops of it?
  count enc.0
        ^~~~~
> count flops --no-bias
error: --no-bias belongs to count params
  count flops --no-bias
              ^~~~~~~~~
> count params --by head
error: --by is one of: part layer site; not 'head'
  count params --by head
                    ^~~~
> count flops --len 0
error: --len must be 1 to 100000000, not 0
  count flops --len 0
                    ^
> count flops --len 200000000
error: --len must be 1 to 100000000, not 200000000
  count flops --len 200000000
                    ^~~~~~~~~
