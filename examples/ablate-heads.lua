-- What does a head matter? Silences each head of some layers in turn and tables how much less likely the model's own
-- translation becomes (log-probability, natural logarithm, mean over the sentences).
--   rasad -l examples/ablate-heads.lua
--   (rasad) source examples/ablate-heads.lua "dec.*.self" FILE.tsv 50
local part = arg[1] or "dec.*.cross"
local path = arg[2] or (arg[0]:match("^(.*/)") or "") .. "sentences.fa-en.tsv"
local most = tonumber(arg[3] or 20)

local model = rasad.model()
local sentences = rasad.sentences(path)
local n = math.min(#sentences, most)

-- Log-probability of these ids when they are fed to the decoder; `hooks` change the computation.
local function score(text, ids, hooks)
    local prefix = table.move(ids, 1, #ids - 1, 1, {})
    local run <close> = model:run(text, {prefix = prefix, forward = true, hooks = hooks})
    local p = run.logits[1]:softmax() -- [T, V]; row t says what comes after t tokens
    local sum = 0
    for t, id in ipairs(ids) do sum = sum + math.log(p[t][id + 1]) end
    return sum
end

local lost, sites, base, tokens = {}, nil, 0, 0
for i = 1, n do
    local text = sentences[i][1]
    local run <close> = model:run(text, {max = 60})
    local ids = run.ids
    sites = sites or run:sites(part .. ".z")
    local before = score(text, ids)
    base, tokens = base + before, tokens + #ids
    for _, site in ipairs(sites) do
        lost[site] = lost[site] or {}
        for h = 1, run[site].shape.H do
            local after = score(text, ids, {[site .. ".h" .. h - 1] = function() return 0 end})
            lost[site][h] = (lost[site][h] or 0) + after - before
        end
    end
    rasad.progress("sentences", i / n)
end

local rows, heads = {}, {"layer"}
for i, site in ipairs(sites) do
    rows[i] = {(site:gsub("%.z$", ""))}
    for h, sum in ipairs(lost[site]) do
        heads[h + 1] = "h" .. h - 1
        rows[i][h + 1] = sum / n
    end
end
print(("%d sentences of %s: log-probability %.3f a sentence, %.3f a token"):format(n, path, base / n, base / tokens))
print("change when a head is set to zero:")
rasad.table(heads, rows)
