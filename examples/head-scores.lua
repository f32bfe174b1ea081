-- Scores every cross-attention head over a file of sentences: how sharp it is, whether it walks along the source.
--   rasad -l examples/head-scores.lua            (20 sentences of examples/sentences.fa-en.tsv)
--   (rasad) source examples/head-scores.lua FILE.tsv 100
-- One sentence a line, the source before the first tab. The heads come out sharpest first.
local path = arg[1] or (arg[0]:match("^(.*/)") or "") .. "sentences.fa-en.tsv"
local most = tonumber(arg[2] or 20)

local model = rasad.model()
local sentences = rasad.sentences(path)
local n = math.min(#sentences, most)
local heads = {}
for layer = 0, model.dec_layers - 1 do
    for head = 0, model.cross_heads - 1 do
        heads[#heads + 1] = {name = ("dec.%d.cross.h%d"):format(layer, head), layer = layer, head = head,
            rows = 0, peak = 0, bits = 0, last = 0, steps = 0, forward = 0}
    end
end

-- pattern: [T, S], each row is what one target token looks at
local function add(h, pattern)
    local t, s = pattern.shape.T, pattern.shape.S
    h.rows = h.rows + t
    h.peak = h.peak + pattern:max("S"):sum()
    h.bits = h.bits + pattern:entropy("S"):sum()
    h.last = h.last + pattern{S = s}:sum()
    local where = pattern:argmax("S")
    for i = 2, t do
        h.steps = h.steps + 1
        if where[i] >= where[i - 1] then h.forward = h.forward + 1 end
    end
end

for i = 1, n do
    local run <close> = model:run(sentences[i][1], {max = 60})
    for layer = 0, model.dec_layers - 1 do
        local patterns = run[("dec.%d.cross.pattern"):format(layer)][1] -- [H, T, S]
        for _, h in ipairs(heads) do
            if h.layer == layer then add(h, patterns[h.head + 1]) end
        end
    end
    rasad.progress("sentences", i / n)
end

table.sort(heads, function(a, b) return a.peak / a.rows > b.peak / b.rows end)
local rows = {}
for i, h in ipairs(heads) do
    rows[i] = {h.name, h.peak / h.rows, h.bits / h.rows, h.last / h.rows, h.steps > 0 and h.forward / h.steps or 0}
end
print(("%d sentences of %s, %d target positions"):format(n, path, heads[1].rows))
print("peak: largest weight of a row; bits: entropy; </s>: weight on the end token; forward: steps that do not go back")
rasad.table({"head", "peak", "bits", "</s>", "forward"}, rows)
