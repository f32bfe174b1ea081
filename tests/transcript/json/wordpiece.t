#! rasad --json -m tests/golden/token/wordpiece/uncased
> tokenize می‌رود
{"command": "tokenize", "ok": true, "ms": {{[0-9.]+}}, "text": "می‌رود", "ids": [3, 232, 159, 259, 4], "tokens": [{"id": 3, "piece": "[CLS]", "start": null, "end": null, "special": true}, {"id": 232, "piece": "می", "start": 0, "end": 4, "special": false}, {"id": 159, "piece": "##ر", "start": 7, "end": 9, "special": false}, {"id": 259, "piece": "##ود", "start": 9, "end": 13, "special": false}, {"id": 4, "piece": "[SEP]", "start": null, "end": null, "special": true}]}
> tokenize --lattice به 🦔
{"command": "tokenize", "ok": true, "ms": {{[0-9.]+}}, "text": "به 🦔", "normalized": "به 🦔", "words": [{"word": "به", "start": 0, "end": 4, "characters": 2, "how": "cut", "looked_up": 1, "attempts": [{"start": 0, "end": 4, "piece": "به", "id": 320, "result": "taken"}, {"start": 0, "end": 2, "piece": "ب", "id": 138, "result": "shorter"}]}, {"word": "🦔", "start": 5, "end": 9, "characters": 1, "how": "unknown", "looked_up": 1, "attempts": [{"start": 5, "end": 9, "piece": "🦔", "id": null, "result": "miss"}]}], "looked_up": 2, "unknown": 1}
> normalize É
{"command": "normalize", "ok": true, "ms": {{[0-9.]+}}, "text": "É", "normalized": "e", "changes": [{"start": 0, "end": 2, "from": "É", "to": "e", "why": "lower case, accent off"}]}
