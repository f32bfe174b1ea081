#! rasad --json -m tests/golden/marian/swish-3h
#! exit 1
> run --max 2 علی
{"command": "run", "ok": true, "ms": {{[0-9.]+}}, "ids": [77, 37], "text": "۷ب", "score": -3.750{{[0-9]*}}, "stopped": "max"}
> attn dec.0.self h0
{"command": "attn", "ok": true, "ms": {{[0-9.]+}}, "site": "dec.0.self.pattern", "heads": [0], "axes": ["T", "T'"], "shape": [2, 2], "rows": {"sentence": "target", "first": 0, "ids": [99, 77], "tokens": ["<pad>", "۷"]}, "columns": {"sentence": "target", "first": 0, "ids": [99, 77], "tokens": ["<pad>", "۷"]}, "data": [[1, 0], [{{[0-9.e-]+}}, 0.999{{[0-9]*}}]], "entropy": 0.000{{[0-9]*}}}
> heads dec.0.self
{"command": "heads", "ok": true, "ms": {{[0-9.]+}}, "site": "dec.0.self.pattern", "heads": [0, 1, 2], "axes": ["H", "T", "T'"], "shape": [3, 2, 2], "rows": {"sentence": "target", "first": 0, "ids": [99, 77], "tokens": ["<pad>", "۷"]}, "columns": {"sentence": "target", "first": 0, "ids": [99, 77], "tokens": ["<pad>", "۷"]}, "data": [[[1, 0], [{{[0-9.e-]+}}, 0.999{{[0-9]*}}]], [[1, 0], [0.206{{[0-9]*}}, 0.793{{[0-9]*}}]], [[1, 0], [0.001{{[0-9]*}}, 0.998{{[0-9]*}}]]], "entropy": [0.000{{[0-9]*}}, 0.367{{[0-9]*}}, 0.008{{[0-9]*}}], "top": [{"head": 0, "query": 1, "key": 1, "weight": 0.999{{[0-9]*}}}, {"head": 1, "query": 1, "key": 1, "weight": 0.793{{[0-9]*}}}, {"head": 2, "query": 1, "key": 1, "weight": 0.998{{[0-9]*}}}]}
> cross 0.h1
{"command": "cross", "ok": true, "ms": {{[0-9.]+}}, "site": "dec.0.cross.pattern", "heads": [1], "axes": ["T", "S"], "shape": [2, 5], "rows": {"sentence": "target", "first": 0, "ids": [99, 77], "tokens": ["<pad>", "۷"]}, "columns": {"sentence": "source", "first": 0, "ids": [61, 19, 91, 21, 0], "tokens": ["▁", "ع", "ل", "ی", "</s>"]}, "data": [[0.187{{[0-9]*}}, 0.188{{[0-9]*}}, 0.204{{[0-9]*}}, 0.239{{[0-9]*}}, 0.179{{[0-9]*}}], [0.228{{[0-9]*}}, 0.220{{[0-9]*}}, 0.198{{[0-9]*}}, 0.155{{[0-9]*}}, 0.197{{[0-9]*}}]], "entropy": 2.312{{[0-9]*}}, "most": [{"query": 0, "predicts": "۷", "key": 3, "token": "ی", "weight": 0.239{{[0-9]*}}}, {"query": 1, "predicts": "ب", "key": 0, "token": "▁", "weight": 0.228{{[0-9]*}}}]}
> top 1 dec.0.self
{"command": "top", "ok": true, "ms": {{[0-9.]+}}, "edges": [{"site": "dec.0.self.pattern", "head": 0, "query": 1, "key": 1, "weight": 0.999{{[0-9]*}}, "query_token": "۷", "key_token": "۷"}]}
> row 1 dec.0.self.h0
{"command": "row", "ok": true, "ms": {{[0-9.]+}}, "keys": [{"index": 0, "id": 99, "token": "<pad>", "weight": {{[0-9.e-]+}}}, {"index": 1, "id": 77, "token": "۷", "weight": 0.999{{[0-9]*}}}], "site": "dec.0.self.pattern", "head": 0, "query": 1, "token": "۷", "sum": {{[0-9.]+}}}
> align 0.1
{"command": "align", "ok": true, "ms": {{[0-9.]+}}, "method": "0.1", "map": "dec.0.cross.pattern.h1", "words": [{"target": 0, "word": "۷ب", "source": [{"index": 0, "word": "علی", "weight": 0.811{{[0-9]*}}}]}], "unaligned": [], "pharaoh": "0-0"}
> topk 1
{"command": "topk", "ok": true, "ms": {{[0-9.]+}}, "step": 1, "position": 1, "after": "۷", "candidates": [{"rank": 1, "id": 37, "piece": "ب", "p": 0.842{{[0-9]*}}, "logp": -0.171{{[0-9]*}}, "chosen": true}], "rest": 0.157{{[0-9]*}}}
> score --ids 80
{"command": "score", "ok": true, "ms": {{[0-9.]+}}, "tokens": [{"id": 80, "piece": "ط", "p": 0.005{{[0-9]*}}, "logp": -5.127{{[0-9]*}}, "rank": 77}], "score": -5.127{{[0-9]*}}}
> attn h9
{"command": "attn", "ok": false, "error": {"message": "head 9: this model has heads 0-2", "hint": ""}}
error: head 9: this model has heads 0-2
  attn h9
       ^~
