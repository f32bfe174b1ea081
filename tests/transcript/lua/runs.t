#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> input --ids 80,98,14,0
source: 4 ids, taken as given
> lua h = rasad.run():hook("enc.0.self.z", function(t) return 0 end)
> run --max 2 --keep none
بلندند    2 tokens (the limit: set max-new, or run --max N), log p -3.6434
> lua rasad.save_run("hooked")
$1 = hooked is the present run, 1 change in force
> lua h:remove()
> run --max 2
۷ب    2 tokens (the limit: set max-new, or run --max N), log p -3.8414
> patch enc.out from hooked
enc.out taken from the run hooked, positions 0-3 (undo removes it)
what is computed already stays as it is until the next run
> diff hooked dec.0.cross.z
error: a value of the run hooked was not kept, and a hook that changed that run is not there to compute it again
  diff hooked dec.0.cross.z
              ^~~~~~~~~~~~~
> =rasad.runs().runs[1].name
$2 = hooked
> lua d = rasad.diff("hooked"); print(d.part, d.steps[1].tokens[2].piece)
0	▁
> lua rasad.patch("enc.out", "from", "nobody")
error: lua:1: no run has the name 'nobody' (runs lists them)
> lua rasad.goto_("enc.out")
$3 = at enc.1.norm2  (x - mean) / sqrt(var + 1e-05) * gain + bias, x = enc.1.norm2.in
