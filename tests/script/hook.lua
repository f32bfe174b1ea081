-- Hooks: looking, replacing, account, errors, re-entrancy; the session is usable after each.
local tap = dofile("tests/script/tap.lua")
local m = rasad.open("tests/golden/marian/swish-3h")
local ids = {5, 6, 7, 8, 0}
local base = m:run(ids, {max = 3, min = 3})

-- looking
local seen, heads = {}, 0
local r = m:run(ids, {max = 3, min = 3, hooks = {
    ["dec.*.cross.pattern"] = function(t, info)
        seen[#seen + 1] = info.site .. "@" .. info.position
        heads = heads + t.shape.H
    end}})
tap.is(#seen, 9, "three layers, three positions")
tap.is(seen[1], "dec.0.cross.pattern@0", "site and position")
tap.is(seen[9], "dec.2.cross.pattern@2", "in the order of execution")
tap.is(heads, 27, "the value as tensor")
tap.is(r.text, base.text, "looking changes nothing")

-- replacing
local zero = m:run(ids, {max = 3, min = 3, hooks = {["dec.*.cross.z"] = function() return 0 end}})
tap.is(zero["dec.1.cross.z"]:abs():max(), 0, "a number fills the value")
tap.ok((zero.logits - base.logits):abs():max() > 1e-3, "and what follows sees it")
local half = m:run(ids, {max = 3, min = 3, hooks = {["enc.0.self.out"] = function(t) return t * 0.5 end}})
tap.near((half["enc.0.self.out"] * 2 - base["enc.0.self.out"]):abs():max(), 0, 1e-5, "a tensor takes its place")
local one = m:run(ids, {max = 3, min = 3, hooks = {["enc.0.self.z.h1"] = function(t, i) return 0 end}})
tap.is(one["enc.0.self.z.h1"]:abs():max(), 0, "one head")
tap.ok(one["enc.0.self.z.h0"] == base["enc.0.self.z.h0"], "and no other")
local at = m:run(ids, {max = 3, min = 3, hooks = {["dec.0.cross.out@1"] = function(t) return t * 0 end}})
tap.is(at["dec.0.cross.out@1"]:abs():max(), 0, "one position")
tap.ok(at["dec.0.cross.out@0"] == base["dec.0.cross.out@0"], "and no other")
local turned = m:run(ids, {max = 1, hooks = {["enc.0.self.pattern"] = function(t) return t:transpose() end}})
tap.near((turned["enc.0.self.pattern"]:transpose() - base["enc.0.self.pattern"]):abs():max(), 0, 1e-6,
    "a view of the value itself may be returned")

-- the object
local s = m:start(ids, {max = 3, min = 3})
local h = s:hook("dec.*.mlp.out", function(t) return t end)
tap.is(h.matched, 3, "matched")
tap.is(h.fired, 0, "not fired yet")
s:step("token")
tap.is(h.fired .. " " .. h.changed, "3 3", "fired and changed")
tap.like(h, "hook dec%.%*%.mlp%.out: matched 3, fired 3, changed 3", "tostring")
h:remove()
tap.is(s:continue(), "end", "goes on without it")
tap.fails(function() h:remove() end, "this hook was removed", "removed twice")
tap.fails(function() return h.fired end, "this hook was removed", "and it says so")

-- zero is an error
tap.fails(function() s:hook("dec.*.corss.z", print) end, "no site matches", "a hook that matches nothing")
tap.fails(function() m:run(ids, {max = 1, hooks = {["dec.0.self.q@9"] = print}}) end, "never fired", "a hook that never fires")
tap.fails(function() s:hook("enc.0.self.result", print) end, "derived from z", "derived values cannot be hooked")
tap.fails(function() s:hook("enc.0.self.q[0,0,0,0]", print) end, "takes no slice", "slices cannot be hooked")

-- wrong results
local function run_with(f) return m:run(ids, {max = 1, hooks = {["enc.0.self.out"] = f}}) end
tap.fails(function() run_with(function() return rasad.full(0, {2, 2}) end) end,
    "a hook returned a tensor of shape %[2, 2%], the value has %[1, 5, 24%]", "a wrong shape")
tap.fails(function() run_with(function() return "x" end) end, "returns a tensor, a number or nothing, not a string", "a wrong type")

-- an error fails the run at that node; afterwards it goes on from there
local fail = true
s = m:start(ids, {max = 3, min = 3})
s:hook("enc.1.self.out", function() if fail then error("not today") end end)
tap.fails(function() s:continue() end, "hook.lua:%d+: not today", "the error comes out of continue")
tap.is((s:at()), "enc.1.self.out", "the run stands before that operation")
fail = false
tap.is(s:continue(), "end", "and goes on from there")
tap.is(s.text, base.text, "to the same result")

-- what is lent is taken back; copies and views stay
local kept, copy, row
m:run(ids, {max = 1, hooks = {["enc.0.self.out"] = function(t) kept, copy, row = t, t:clone(), t[1][1] end}})
tap.fails(function() return kept:sum() end, "lent to a hook.*clone", "the value itself is not to be kept")
tap.ok(copy == base["enc.0.self.out"], "a copy is")
tap.ok(row == base["enc.0.self.out"][1][1], "so is a part of it")

-- inside a hook
local inner
local function attempt(f)
    inner = nil
    s = m:start(ids, {max = 2})
    s:hook("enc.1.self.out", function() inner = select(2, pcall(f)) end)
    s:continue()
    return tostring(inner)
end
tap.like(attempt(function() s:step() end), "inside one of its hooks and cannot move", "the run cannot be moved")
tap.like(attempt(function() s:close() end), "cannot be closed inside", "nor closed")
tap.like(attempt(function() s:hook("enc.0.self.out", print) end), "inside one of its hooks", "nor hooked")
tap.like(attempt(function() return s["enc.0.self.out"].shape.D end), "24", "earlier values can be read")
tap.like(attempt(function() return s["enc.out"] end), "not computed yet", "later ones not")
tap.like(attempt(function() return m:run(ids, {max = 1}).text end), "%S", "another run may run")
local co = coroutine.wrap(function()
    s = m:start(ids, {max = 1})
    s:hook("enc.0.self.out", function() coroutine.yield(1) end)
    s:continue()
end)
tap.fails(co, "attempt to yield across a C%-call boundary", "a hook cannot yield")
co = coroutine.create(function()
    s = m:start(ids, {max = 2, min = 2})
    local n = 0
    s:hook("dec.0.self.out", function() n = n + 1 end)
    repeat
        coroutine.yield(n)
    until s:step("token") == "end"
    return "done " .. n
end)
local last
while coroutine.status(co) ~= "dead" do last = select(2, coroutine.resume(co)) end
tap.is(last, "done 2", "a coroutine may drive a run")

-- the present run of the shell
rasad.cmd("model load tests/golden/marian/swish-3h")
rasad.cmd("input --ids 5,6,7,8,0")
local n = 0
local hs = rasad.run():hook("enc.*.self.z", function() n = n + 1 end)
rasad.cmd("run --max 2")
tap.is(n, 2, "a hook on the present run is called by commands")
tap.is(hs.fired, 2, "and counts")
local refused
local h2 = rasad.run():hook("enc.0.self.q", function() refused = select(2, pcall(rasad.cmd, "step")) end)
rasad.cmd("run --max 2")
tap.like(refused, "commands cannot run inside a hook", "commands are refused inside it")
rasad.cmd("reset")
tap.fails(function() return hs.fired end, "removed", "reset removes hooks")
tap.fails(function() return h2.fired end, "removed", "all of them")

-- functions that mention their run are collected with it
local weak = setmetatable({}, {__mode = "k"})
do
    local loop = m:start(ids, {max = 1})
    loop:hook("enc.0.self.q", function() return loop and nil end)
    weak[loop] = true
end
collectgarbage()
collectgarbage()
tap.is(next(weak), nil, "a run and its hooks are collected together")
tap.done()
