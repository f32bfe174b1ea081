#! rasad --json -m examples/models/fa-bert
#! exit 1
> fill --top 2 علی [MASK] مدرسه [MASK]
{"command": "fill", "ok": true, "ms": {{[0-9.]+}}, "masks": [{"position": 2, "candidates": [{"rank": 1, "id": 174, "piece": "در", "p": 0.563{{[0-9]*}}, "logp": -0.574{{[0-9]*}}}, {"rank": 2, "id": 235, "piece": "به", "p": 0.209{{[0-9]*}}, "logp": -1.563{{[0-9]*}}}]}, {"position": 4, "candidates": [{"rank": 1, "id": 449, "piece": "شد", "p": 0.100{{[0-9]*}}, "logp": -2.298{{[0-9]*}}}, {"rank": 2, "id": 418, "piece": "آمد", "p": 0.100{{[0-9]*}}, "logp": -2.301{{[0-9]*}}}]}], "text": "علی در مدرسه شد", "ids": [2, 1824, 174, 2774, 449, 3]}
> nsp علی به مدرسه رفت ||| او درس خواند
{"command": "nsp", "ok": true, "ms": {{[0-9.]+}}, "logits": [-1.727{{[0-9]*}}, 1.810{{[0-9]*}}], "probs": [0.028{{[0-9]*}}, 0.971{{[0-9]*}}], "follows": false}
> tokens
{"command": "tokens", "ok": true, "ms": {{[0-9.]+}}, "text": "علی به مدرسه رفت", "ids": [2, 1824, 235, 2774, 467, 3, 290, 2049, 464, 3], "tokens": [{"id": 2, "piece": "[CLS]", "start": null, "end": null, "special": true, "segment": 0}, {"id": 1824, "piece": "علی", "start": 0, "end": 6, "special": false, "segment": 0}, {"id": 235, "piece": "به", "start": 7, "end": 11, "special": false, "segment": 0}, {"id": 2774, "piece": "مدرسه", "start": 12, "end": 22, "special": false, "segment": 0}, {"id": 467, "piece": "رفت", "start": 23, "end": 29, "special": false, "segment": 0}, {"id": 3, "piece": "[SEP]", "start": null, "end": null, "special": true, "segment": 0}, {"id": 290, "piece": "او", "start": 0, "end": 4, "special": false, "segment": 1}, {"id": 2049, "piece": "درس", "start": 5, "end": 11, "special": false, "segment": 1}, {"id": 464, "piece": "خواند", "start": 12, "end": 22, "special": false, "segment": 1}, {"id": 3, "piece": "[SEP]", "start": null, "end": null, "special": true, "segment": 1}], "pair": "او درس خواند"}
> fill علی
{"command": "fill", "ok": false, "error": {"message": "no [MASK] stands in the text", "hint": "write it where a word is to be found, or ask a position: fill --at 2"}}
error: no [MASK] stands in the text
  write it where a word is to be found, or ask a position: fill --at 2
