#! exit 1
> # An author's mistakes are told with file and line.
> teach --check tests/transcript/lessons/bad-site.lesson
error: tests/transcript/lessons/bad-site.lesson:6: layer 9: the encoder of this model has layers 0-2
> teach --check tests/transcript/lessons/bad-no-answer.lesson
error: tests/transcript/lessons/bad-no-answer.lesson:4: this question has no answer (number: shape: site: token: word: right en:)
> teach --check tests/transcript/lessons/bad-number.lesson
error: tests/transcript/lessons/bad-number.lesson:4: a number is wanted here
> teach --check tests/transcript/lessons/bad-path.lesson
error: tests/transcript/lessons/bad-path.lesson:4: model info -> d_modle: the data have no 'd_modle'
  there are: name path family parameters bytes layers heads d_model vocabulary target_vocabulary encoder_layers decoder_layers encoder_heads decoder_heads max_positions weights tokenizer
> teach --check tests/transcript/lessons/bad-command.lesson
error: tests/transcript/lessons/bad-command.lesson:3: unknown command 'shaeps'
  did you mean 'shapes'?
> teach --check tests/transcript/lessons/bad-shell.lesson
error: tests/transcript/lessons/bad-shell.lesson:3: '!ls' cannot stand in a lesson: only commands of the program, without shell and Lua
> teach --check tests/transcript/lessons/bad-pipe.lesson
error: tests/transcript/lessons/bad-pipe.lesson:3: 'shapes | cat' cannot stand in a lesson: its output goes to the lesson alone ('|' and '>')
> teach --check tests/transcript/lessons/bad-export.lesson
error: tests/transcript/lessons/bad-export.lesson:3: 'export x.npz logits' cannot stand in a lesson: a lesson writes no files
> teach --check tests/transcript/lessons/bad-nested.lesson
error: tests/transcript/lessons/bad-nested.lesson:3: 'teach small' cannot stand in a lesson: it would lead out of the lesson
> teach --check tests/transcript/lessons/bad-lua.lesson
error: tests/transcript/lessons/bad-lua.lesson:3: no site matches `os.execute("true")`
  sites begin with enc, dec, logits or probs
> teach --check tests/transcript/lessons/bad-alias.lesson
error: tests/transcript/lessons/bad-alias.lesson:3: 'alias shapes = !ls' cannot stand in a lesson: only commands of the program, without shell and Lua
> teach --check tests/transcript/lessons/bad-condition.lesson
error: tests/transcript/lessons/bad-condition.lesson:3: 'break logits if os.exit()' cannot stand in a lesson: only commands of the program, without shell and Lua
> teach --check tests/transcript/lessons/bad-keyword.lesson
error: tests/transcript/lessons/bad-keyword.lesson:3: unknown keyword 'txet'
  a line is 'keyword: value'; 'help teach' lists the keywords
> teach --check tests/transcript/lessons/bad-language.lesson
error: tests/transcript/lessons/bad-language.lesson:4: this text is missing in Persian (fa)
> teach --check tests/transcript/lessons/bad-utf8.lesson
error: tests/transcript/lessons/bad-utf8.lesson:3: the line is not valid UTF-8
> teach --check tests/transcript/lessons/bad-options.lesson
error: tests/transcript/lessons/bad-options.lesson:3: a question with options needs two at least
> teach --check tests/transcript/lessons/bad-brace.lesson
error: tests/transcript/lessons/bad-brace.lesson:3: a '}' is missing ('{{' is a brace)
> teach --check tests/transcript/lessons/bad-order.lesson
error: tests/transcript/lessons/bad-order.lesson:1: a 'step:' line must come before this one
> teach --check tests/transcript/lessons/bad-empty.lesson
error: tests/transcript/lessons/bad-empty.lesson:1: the lesson has no title ('title en:')
> teach --check nowhere.lesson
error: cannot open 'nowhere.lesson': No such file or directory
> teach --check tests
error: 'tests' is a folder, not a file
> # What is broken is not begun, and a step that fails is not entered.
> teach tests/transcript/lessons/bad-no-answer.lesson
error: tests/transcript/lessons/bad-no-answer.lesson:4: this question has no answer (number: shape: site: token: word: right en:)
> teach tests/transcript/lessons/bad-command.lesson
error: tests/transcript/lessons/bad-command.lesson:3: unknown command 'shaeps'
  did you mean 'shapes'?
> teach next
error: tests/transcript/lessons/bad-command.lesson:3: unknown command 'shaeps'
  did you mean 'shapes'?
