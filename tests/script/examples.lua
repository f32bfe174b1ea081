-- The scripts of examples/ on three sentences: each prints its table, with numbers that make sense.
local tap = dofile("tests/script/tap.lua")
if not io.open("examples/models/fa-en/config.json") then
    tap.skip("examples", "the bundled model is not there")
    tap.done()
    return
end
rasad.cmd("model load examples/models/fa-en")

local function run(path, ...)
    local lines, old = {}, print
    arg = {[0] = path, ...}
    print = function(...)
        local parts = table.pack(...)
        for i = 1, parts.n do parts[i] = tostring(parts[i]) end
        lines[#lines + 1] = table.concat(parts, "\t")
    end
    local ok, message = pcall(dofile, path)
    print = old
    tap.ok(ok, path .. " runs" .. (ok and "" or ": " .. tostring(message)))
    return lines, table.concat(lines, "\n")
end
local model = rasad.model()
local FILE = "examples/sentences.fa-en.tsv"

local lines, text = run("examples/head-scores.lua", FILE, "3")
tap.is(#lines, 3 + model.dec_layers * model.cross_heads, "a line for each head")
tap.like(lines[1], "^3 sentences of .*, %d+ target positions$", "what was read")
local last = 2
for i = 4, #lines do
    local peak = tonumber(lines[i]:match("^dec%.%d+%.cross%.h%d+%s+([%d.]+)"))
    if not (peak and peak <= last and peak > 0 and peak <= 1) then last = nil break end
    last = peak
end
tap.ok(last, "sharpest first, weights from 0 to 1")

lines, text = run("examples/previous-token.lua", FILE, "3")
tap.is(#lines, 2 + model.enc_layers * model.enc_heads + model.dec_layers * model.dec_heads, "a line for each head")
tap.like(text, "enc%.0%.self%.h0", "encoder")
tap.like(text, "dec%.%d%.self%.h%d", "decoder")

lines, text = run("examples/ablate-heads.lua", "dec.*.cross", FILE, "2")
tap.is(#lines, 3 + model.dec_layers, "a line for each layer")
tap.like(lines[1], "log%-probability %-[%d.]+ a sentence", "what the model gives without a change")
tap.like(lines[4], "^dec%.0%.cross%s+%-?[%d.]+%s+%-?[%d.]+", "a number for each head")
tap.ok(text:find("%-0%.%d*[1-9]"), "some head matters")

lines = run("examples/ablate-heads.lua", "enc.*.self", FILE, "1")
tap.is(#lines, 3 + model.enc_layers, "another part")
tap.done()
