-- Commands as functions, commands made in Lua, sites, history, help, the safety of library functions.
local tap = dofile("tests/script/tap.lua")
rasad.cmd("model load tests/golden/marian/swish-3h")

-- commands as functions
local in_ = rasad.cmd("input --ids 5,6,7,8,0")
tap.is(type(in_), "table", "cmd gives data")
local r = rasad.run_ and rasad.run_({max = 3})
tap.is(#r.ids, 3, "options by name; words that rasad has already end in _")
tap.like(r, "3 tokens", "the data prints like the command")
tap.is(#rasad.topk(2).candidates, 2, "an argument")
tap.is(rasad.topk{2}.candidates[1].rank, 1, "arguments in a table")
tap.ok(rasad.print("dec.0.cross.pattern.h1@0").data, "a tensor in the data")
tap.is(rasad.model_info().family, "marian", "two words")
tap.fails(function() rasad.topk{k2 = 3} end, "topk has no argument 'k2'", "no such argument")
tap.fails(function() rasad.cmd("tokns") end, "tokns", "an unknown command")
tap.fails(function() rasad.nonsense() end, "attempt to call a nil value %(field 'nonsense'%)", "an unknown function")
tap.is(rasad.quit, nil, "commands of the shell alone are no functions")

-- the present run and its sites
tap.is(rasad.run().text, rasad.run().text, "run")
tap.is(#rasad.run().ids, 3, "is that of the commands")
tap.is(dec[1].cross.pattern.name, "dec.1.cross.pattern", "name of a site")
tap.is(dec[1].cross.pattern.h[2].name, "dec.1.cross.pattern.h2", "a head by index")
tap.is(dec[1].cross.pattern.h2.name, "dec.1.cross.pattern.h2", "a head by name")
tap.is(dec[1].cross.pattern.shape.H, 3, "a site has what tensors have")
tap.near(dec[1].cross.pattern.h[0]:sum("S"):mean(), 1, 1e-5, "methods too")
tap.ok((site "enc.out" * 2 - enc.out):max() == enc.out:max(), "and arithmetic")
tap.is(#enc.out, 1, "length")
tap.is(enc.out{D = 1, B = 1}.ndim, 1, "selection")
tap.ok(site("enc.out")() == enc.out:value(), "() and :value()")
tap.like(enc.out, "^enc%.out  f32%[B=1, S=5, D=24%]", "tostring has the name")
tap.like(enc[7], "layer 7: the encoder of this model has layers 0%-1", "tostring of what is not there says why")
tap.fails(function() return enc[7].self.q:sum() end, "layer 7: the encoder of this model has layers 0%-1", "so does its use")
tap.fails(function() return enc[0].slef.q:sum() end, "no site matches", "a misspelt part")
tap.fails(function() return enc.out.h[0]:sum() end, "has no heads", "a head of what has none")
local best = rasad.topk(1).candidates[1]
tap.is(rank(best.id), 1, "rank")
tap.near(prob(best.id), best.p, 1e-5, "prob")
tap.is(probs[best.piece]:at(2), probs[best.piece][3], "probs of a token, by position")
tap.fails(function() return probs["no such piece"] end, "no token is spelt", "probs of no token")

-- commands made in Lua
rasad.command{name = "double", summary = "twice the number", run = function(args) return 2 * tonumber(args[1]) end}
tap.is(rasad.cmd("double 21").value, 42, "a command of Lua")
tap.like(rasad.cmd("double 21"), "^42$", "is shown")
tap.is(rasad.double(4).value, 8, "and is a function")
rasad.command{name = "words", run = function(args) return #args .. ":" .. args[1] .. ":" .. args.line end}
tap.is(rasad.cmd('words "a b" c').value, '2:a b:"a b" c', "quotes")
rasad.command{name = "double", run = function() return "again" end}
tap.is(rasad.cmd("double 1").value, "again", "made anew")
rasad.command{name = "broken", run = function() error("no") end}
tap.fails(function() rasad.cmd("broken") end, "no", "an error in it")
tap.fails(function() rasad.command{name = "topk", run = print} end, "topk", "a name that is taken")
tap.fails(function() rasad.command{name = "x y", run = print} end, "cannot be the name", "a name that is none")
tap.fails(function() rasad.command{name = "f"} end, "run must be a function", "without a function")
tap.fails(function() rasad.command("f") end, "takes a table", "without a table")

-- inside a condition the present run stays where it is
rasad.cmd("break enc.0.self.q if rasad.cmd('kill')")
tap.fails(function() rasad.cmd("run --max 1") end, "condition of break %d+: .*cannot run inside a condition", "commands in a condition")
rasad.cmd("delete")
rasad.cmd("break enc.0.self.q if rasad.run():step()")
tap.fails(function() rasad.cmd("run --max 1") end, "cannot move inside a condition", "moving in a condition")
rasad.cmd("delete")
rasad.cmd("break enc.0.self.out if enc[0].self.q:mean() ~= 0")
tap.like(rasad.cmd("run --max 1"), "enc.0.self.out", "values can be read there")
rasad.cmd("delete")

-- help
tap.like(rasad.help(), "Topics", "topics")
tap.like(rasad.help("run"), "run:hook%(site", "a topic")
tap.like(rasad.help(rasad.open), "rasad%.open%(path%)", "a function")
tap.like(rasad.help(rasad.run()), "run:step", "an object")
tap.fails(function() rasad.help("nothing") end, "no help on 'nothing'", "no topic")
tap.fails(function() rasad.help(math.sin) end, "no help on this function", "no documentation")
tap.is(rasad.help(rasad.document(function() end, "mine", "f()", "does it")), "f()\n    does it", "your own")

-- values as text
tap.is(rasad.show({1, 2, x = "a"}), '{1, 2, x="a"}', "show")
tap.like(rasad.show({{1}, {2}}), "^{\n  1: {1}\n  2: {2}\n}$", "tables of tables")
local loop = {}
loop.loop = loop
tap.like(rasad.show(loop), "{%.%.%.}", "a table in itself")

-- library functions
tap.is(select("#", pcall(function() return 1, nil, nil end)), 4, "pcall passes all results")
tap.is(select(2, pcall(error, "x", 0)), "x", "pcall passes errors")
tap.is(select(2, xpcall(error, function(m) return m .. "!" end, "x", 0)), "x!", "xpcall calls its handler")
tap.is(select(3, xpcall(function(...) return ... end, print, 1, 2)), 2, "xpcall passes arguments")
tap.fails(function() pcall() end, "bad argument #1", "pcall of nothing")
local co = coroutine.create(function(a) local ok, b = pcall(coroutine.yield, a + 1) return b * 2 end)
tap.is(select(2, coroutine.resume(co, 1)), 2, "yield across pcall")
tap.is(select(2, coroutine.resume(co, 21)), 42, "and back")
tap.is(debug, nil, "there is no debug library")
tap.is(require, nil, "nor require")

-- memory (the bound on Lua's own is tested in C, with a small one)
tap.fails(function() return ("x"):rep(1 << 40) end, "too large", "string.rep is bounded")
tap.fails(function() return rasad.full(0, {1 << 40}) end, "out of memory", "tensors are")
tap.is(#("x"):rep(1000), 1000, "there is room again")

-- files of sentences
local path = os.tmpname()
local f = assert(io.open(path, "w"))
f:write("# a comment\nیک\tone\n\nدو\ttwo\tmore\n")
f:close()
local list = rasad.sentences(path)
tap.is(#list .. list[2][2] .. #list[2], "2two3", "sentences")
os.remove(path)
tap.fails(function() rasad.sentences(path) end, "No such file", "no file")
tap.done()
