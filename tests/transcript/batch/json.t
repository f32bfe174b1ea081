#! rasad --json -m tests/golden/marian/swish-3h
#! exit 1
> show precision
{"command": "show", "ok": true, "ms": {{[0-9.]+}}, "setting": "precision", "value": "4", "default": "4", "values": "1 to 17", "help": "digits of numbers"}
> set precision 5
{"command": "set", "ok": true, "ms": {{[0-9.]+}}, "setting": "precision", "value": "5"}
> echo "a\u{202E}b"
{"command": "echo", "ok": true, "ms": {{[0-9.]+}}, "text": "a\u202eb"}
> brek
{"command": "brek", "ok": false, "error": {"message": "unknown command 'brek'", "hint": "did you mean 'break'?"}}
error: unknown command 'brek'
  brek
  ^~~~
  did you mean 'break'?
> show precision > file; !cat file
{"command": "show", "ok": true, "ms": {{[0-9.]+}}}
{"command": "show", "ok": true, "ms": {{[0-9.]+}}, "setting": "precision", "value": "5", "default": "4", "values": "1 to 17", "help": "digits of numbers"}
{"command": "!", "ok": true, "ms": {{[0-9.]+}}, "status": 0}
> !exit 2
{"command": "!", "ok": false, "error": {"message": "the shell command ended with status 2", "hint": ""}}
error: the shell command ended with status 2
