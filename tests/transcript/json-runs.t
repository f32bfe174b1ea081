#! rasad --json -m tests/golden/marian/swish-3h
> input --ids 80,98,14,0
{"command": "input", "ok": true, "ms": {{[0-9.]+}}, "text": null, "ids": [80, 98, 14, 0]}
> run --max 2
{"command": "run", "ok": true, "ms": {{[0-9.]+}}, "ids": [77, 37], "text": "۷ب", "score": {{-3.841[0-9]+}}, "stopped": "max"}
> save-run a
{"command": "save-run", "ok": true, "ms": {{[0-9.]+}}, "name": "a", "source": null, "source_ids": [80, 98, 14, 0], "ids": [77, 37], "text": "۷ب", "score": {{-3.841[0-9]+}}, "done": true, "bytes": 28832, "changes": []}
> ablate enc.out
{"command": "ablate", "ok": true, "ms": {{[0-9.]+}}, "site": "enc.out", "values": 1}
> run --max 2
{"command": "run", "ok": true, "ms": {{[0-9.]+}}, "ids": [45, 64], "text": "که،", "score": {{-3.941[0-9]+}}, "stopped": "max"}
> save-run b
{"command": "save-run", "ok": true, "ms": {{[0-9.]+}}, "name": "b", "source": null, "source_ids": [80, 98, 14, 0], "ids": [45, 64], "text": "که،", "score": {{-3.941[0-9]+}}, "done": true, "bytes": 28832, "changes": ["enc.out zero"]}
> diff a
{"command": "diff", "ok": true, "ms": {{[0-9.]+}}, "runs": [{"name": "present", "text": "که،", "score": {{-3.941[0-9]+}}, "ids": [45, 64]}, {"name": "a", "text": "۷ب", "score": {{-3.841[0-9]+}}, "ids": [77, 37]}], "steps": [{"step": 0, "tokens": [{"id": 45, "piece": "▁که", "p": {{0.0303[0-9]+}}, "p_other": {{0.0234[0-9]+}}}, {"id": 77, "piece": "۷", "p": {{0.0256[0-9]+}}, "p_other": {{0.00835[0-9]+}}}]}, {"step": 1, "tokens": [{"id": 64, "piece": "،", "p": {{0.640[0-9]+}}, "p_other": null}, {"id": 37, "piece": "ب", "p": {{0.835[0-9]+}}, "p_other": null}]}], "part": 0, "sites": [{"site": "enc.embed", "share": 0, "difference": 0, "largest": {{[0-9.]+}}, "positions": 4}, {{.*}}}
> diff a b enc.0.self.pattern.h0
{"command": "diff", "ok": true, "ms": {{[0-9.]+}}, "sites": [{"site": "enc.0.self.pattern.h0", "share": 0, "difference": 0, "largest": {{0.9992[0-9]+}}, "positions": 4}], "map": {"site": "enc.0.self.pattern", "heads": [0], "axes": ["S", "S'"], "shape": [4, 4], "rows": {"sentence": "source", "first": 0, "ids": [80, 98, 14, 0], "tokens": ["ط", ":", "f", "</s>"]}, "columns": {"sentence": "source", "first": 0, "ids": [80, 98, 14, 0], "tokens": ["ط", ":", "f", "</s>"]}, "data": [[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]}}
> patch enc.out from a
{"command": "patch", "ok": true, "ms": {{[0-9.]+}}, "site": "enc.out", "run": "a", "values": 1}
> runs drop b
{"command": "runs", "ok": true, "ms": {{[0-9.]+}}, "dropped": "b"}
