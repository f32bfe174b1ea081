-- Finds self-attention heads with a simple habit: they look at the previous token, the same one, the next, the first.
--   rasad -l examples/previous-token.lua
--   (rasad) source examples/previous-token.lua FILE.tsv 50
-- Shows the mean weight on each, and names the habit of a head that gives it more than a third.
local path = arg[1] or (arg[0]:match("^(.*/)") or "") .. "sentences.fa-en.tsv"
local most = tonumber(arg[2] or 20)

local model = rasad.model()
local sentences = rasad.sentences(path)
local n = math.min(#sentences, most)
local habits = {"previous", "same", "next", "first", "last"}
local scores, order = {}, {}

-- Adds the weights of row i on column f(i), for the rows that have one. pattern: [H, query, key]
local function add(sums, pattern, habit, f)
    local sum = sums[habit] or {rows = 0, weight = rasad.full(0, {#pattern})}
    sums[habit] = sum
    for i = 1, pattern.shape[2] do
        local j = f(i)
        if j >= 1 and j <= pattern.shape[3] then
            sum.rows = sum.rows + 1
            sum.weight = sum.weight + pattern{[2] = i, [3] = j} -- [H]
        end
    end
end

for k = 1, n do
    local run <close> = model:run(sentences[k][1], {max = 60})
    for _, site in ipairs(run:sites("*.self.pattern")) do
        local pattern = run[site][1]
        if not scores[site] then
            scores[site] = {}
            order[#order + 1] = site
        end
        local sums, keys = scores[site], pattern.shape[3]
        add(sums, pattern, "previous", function(i) return i - 1 end)
        add(sums, pattern, "same", function(i) return i end)
        if site:find("^enc") then add(sums, pattern, "next", function(i) return i + 1 end) end
        add(sums, pattern, "first", function() return 1 end)
        if site:find("^enc") then add(sums, pattern, "last", function() return keys end) end
    end
    rasad.progress("sentences", k / n)
end

local rows = {}
for _, site in ipairs(order) do
    local sums = scores[site]
    for h = 1, #sums.same.weight do
        local row, best, name = {(site:gsub("pattern$", "h" .. h - 1))}, 1 / 3, ""
        for _, habit in ipairs(habits) do
            local sum = sums[habit]
            local mean = sum and sum.weight[h] / sum.rows
            row[#row + 1] = mean or "-"
            if mean and mean > best then best, name = mean, habit end
        end
        row[#row + 1] = name
        rows[#rows + 1] = row
    end
end
print(("%d sentences of %s"):format(n, path))
rasad.table({"head", "previous", "same", "next", "first", "last", "habit"}, rows)
