#! rasad -k
#! exit 1
> !mkdir m; cp tests/golden/marian/swish-3h/config.json m
> model load m
m: marian, encoder-decoder 2+3 layers, 3 heads, d_model 24, vocabulary 100; no weights
> model report
error: no report.json lies beside m: no figures were kept
> !echo '{"heads": 3, "loss": 0.0458, "by_head": [[0.5, 1], [null, true]], "about": {"seed": 7, "text": "a b"}, "shown": {"علی رفت": "Ali went"}, "none": [], "esc\u001b[31m": "\u202ex"}' > m/report.json
> model report
 key           value
 heads         3
 loss          0.0458
 by_head       [[0.5, 1], [-, true]]
 about         {seed: 7, text: a b}
 shown         {علی رفت: Ali went}
 none          []
 esc‹ESC›[31m  ‹U+202E›x
> model report loss heads loss
 key    value
 loss   0.0458
 heads  3
> model report by_head about shown none
 key         value
 by_head[0]  [0.5, 1]
 by_head[1]  [-, true]
 about.seed  7
 about.text  a b
 shown       {علی رفت: Ali went}
 none        []
> model report los
error: report.json has no key 'los'
  model report los
               ^~~
  did you mean 'loss'?
> model report loss something
error: report.json has no key 'something'
  model report loss something
                    ^~~~~~~~~
  `model report` shows them all
> = rasad.model_report("by_head").by_head[2][2]
$1 = true
> !echo '{"loss": [[[[[[[[[[1]]]]]]]]]]}' > m/report.json
> model report
error: report.json: lists and objects more than 8 deep
> !echo '{"ok": 1}' > m/report.json
> model report
error: report.json: the key 'ok' must have another name: every command's data has that one
> !echo '{"loss": 1' > m/report.json
> model report
error: m/report.json: line 2, column 0: '}' expected near end of file
> !echo '[1]' > m/report.json
> model report loss
error: m/report.json: not a JSON object
> !rm m/report.json; ln -s /etc/hostname m/report.json
> model report
error: 'm/report.json' is a link that leads out of its folder or nowhere
> !rm m/report.json; head -c 5000000 /dev/zero > m/report.json
> model report
error: 'm/report.json' is larger than 4194304 bytes, the most that is read of such a file
