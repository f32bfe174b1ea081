#! rasad --json -m tests/golden/marian/swish-3h
#! exit 1
> model info
{"command": "model info", "ok": true, "ms": {{[0-9.]+}}, "name": "swish-3h", "path": "tests/golden/marian/swish-3h", "family": "marian", "parameters": 34596, "bytes": 138384, "layers": 2, "heads": 3, "d_model": 24, "vocabulary": 100, "target_vocabulary": 100, "encoder_layers": 2, "decoder_layers": 3, "encoder_heads": 3, "decoder_heads": 3, "max_positions": 64, "weights": true, "tokenizer": "Marian (SentencePiece Unigram)"}
> tokenize a ي
{"command": "tokenize", "ok": true, "ms": {{[0-9.]+}}, "text": "a ي", "ids": [61, 97, 61, 21, 0], "tokens": [{"id": 61, "piece": "▁", "start": 0, "end": 0, "special": false}, {"id": 97, "piece": "a", "start": 0, "end": 1, "special": false}, {"id": 61, "piece": "▁", "start": 1, "end": 2, "special": false}, {"id": 21, "piece": "ی", "start": 2, "end": 4, "special": false}, {"id": 0, "piece": "</s>", "start": null, "end": null, "special": true}]}
> shell "printf \"a\\n\\nي\" > lines.txt"
{"command": "shell", "ok": true, "ms": {{[0-9.]+}}, "status": 0}
> tokenize --lines lines.txt
{"command": "tokenize", "ok": true, "ms": {{[0-9.]+}}, "text": "a", "ids": [61, 97, 0], "tokens": [{"id": 61, "piece": "▁", "start": 0, "end": 0, "special": false}, {"id": 97, "piece": "a", "start": 0, "end": 1, "special": false}, {"id": 0, "piece": "</s>", "start": null, "end": null, "special": true}]}
{"command": "tokenize", "ok": true, "ms": {{[0-9.]+}}, "text": "", "ids": [0], "tokens": [{"id": 0, "piece": "</s>", "start": null, "end": null, "special": true}]}
{"command": "tokenize", "ok": true, "ms": {{[0-9.]+}}, "text": "ي", "ids": [61, 21, 0], "tokens": [{"id": 61, "piece": "▁", "start": 0, "end": 0, "special": false}, {"id": 21, "piece": "ی", "start": 0, "end": 2, "special": false}, {"id": 0, "piece": "</s>", "start": null, "end": null, "special": true}]}
> input a ي
{"command": "input", "ok": true, "ms": {{[0-9.]+}}, "text": "a ي", "characters": 3, "bytes": 4, "direction": "rtl", "ids": [61, 97, 61, 21, 0]}
> tokens
{"command": "tokens", "ok": true, "ms": {{[0-9.]+}}, "text": "a ي", "ids": [61, 97, 61, 21, 0], "tokens": [{"id": 61, "piece": "▁", "start": 0, "end": 0, "special": false}, {"id": 97, "piece": "a", "start": 0, "end": 1, "special": false}, {"id": 61, "piece": "▁", "start": 1, "end": 2, "special": false}, {"id": 21, "piece": "ی", "start": 2, "end": 4, "special": false}, {"id": 0, "piece": "</s>", "start": null, "end": null, "special": true}]}
> forward
{"command": "forward", "ok": true, "ms": {{[0-9.]+}}, "source": 5, "target": 1}
> set precision 3
{"command": "set", "ok": true, "ms": {{[0-9.]+}}, "setting": "precision", "value": "3"}
> print enc.0.self.pattern.h0[0,0,0:2]
{"command": "print", "ok": true, "ms": {{[0-9.]+}}, "site": "enc.0.self.pattern.h0[0,0,0:2]", "axes": ["S'"], "shape": [2], "dtype": "f32", "data": [{{-?[0-9.]+}}, {{-?[0-9.]+}}]}
> print logits[0,0,0]
{"command": "print", "ok": true, "ms": {{[0-9.]+}}, "site": "logits[0,0,0]", "axes": [], "shape": [], "dtype": "f32", "data": {{-?[0-9.]+}}}
> print enc.9.out
{"command": "print", "ok": false, "error": {"message": "layer 9: the encoder of this model has layers 0-1", "hint": ""}}
error: layer 9: the encoder of this model has layers 0-1
  print enc.9.out
        ^~~~~~~~~
> shapes enc.0.self.scores dec.out
{"command": "shapes", "ok": true, "ms": {{[0-9.]+}}, "sites": [{"site": "enc.0.self.scores", "axes": ["B", "H", "S", "S'"], "shape": [1, 3, 5, 5], "symbols": ["B", "H", "S", "S"], "dtype": "f32", "bytes": 300, "op": "scores", "formula": "q k^T / sqrt(8)"}, {"site": "dec.out", "axes": ["B", "T", "D"], "shape": [1, 1, 24], "symbols": ["B", "T", "D"], "dtype": "f32", "bytes": 96, "op": "layer norm", "formula": "(x - mean) / sqrt(var + 1e-05) * gain + bias, x = dec.2.norm3.in", "same": "dec.2.norm3"}]}
> stats dec.0.self.k
{"command": "stats", "ok": true, "ms": {{[0-9.]+}}, "sites": [{"site": "dec.0.self.k", "shape": [1, 3, 1, 8], "mean": {{-?[0-9.]+}}, "sd": {{-?[0-9.]+}}, "min": {{-?[0-9.]+}}, "max": {{-?[0-9.]+}}, "norm": {{-?[0-9.]+}}, "nan": 0, "inf": 0}]}
> detok 5,6
{"command": "detok", "ok": true, "ms": {{[0-9.]+}}, "ids": [5, 6], "text": "nج"}
> normalize
{"command": "normalize", "ok": true, "ms": {{[0-9.]+}}, "text": "a ي", "normalized": "▁a▁ی", "changes": [{"start": 2, "end": 4, "from": "ي", "to": "ی", "why": "rule of the model"}]}
> explain enc.pos[0,0]
{"command": "explain", "ok": true, "ms": {{[0-9.]+}}, "site": "enc.pos[0,0]", "formula": "sin | cos of position / 10000^(2j/24)", "steps": "sin(0 / 10000^(2*0/24)) = sin(0) = 0\n", "computed": 0, "stored": 0, "difference": 0, "agree": true}
> embed a
{"command": "embed", "ok": false, "error": {"message": "swish-3h has no sentence embedding", "hint": "enc.out holds one vector for each source token: export FILE enc.out"}}
error: swish-3h has no sentence embedding
  enc.out holds one vector for each source token: export FILE enc.out
