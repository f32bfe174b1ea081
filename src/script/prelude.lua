-- The friendly part of the API: what is easier said in Lua than in C. Runs once when the state is opened.
local rasad = rasad
local doc = rasad.document

-- ---- showing values --------------------------------------------------------------------------

local MOST = 60 -- entries of a table that are shown

local function key_text(k)
    if type(k) == "string" and k:find("^[%a_][%w_]*$") then return k end
    return "[" .. (type(k) == "string" and ("%q"):format(k) or tostring(k)) .. "]"
end

local function has_text(v)
    local mt = getmetatable(v)
    return type(v) ~= "table" or (type(mt) == "table" and mt.__tostring ~= nil)
end

local function number_text(v)
    if math.type(v) == "integer" or v ~= v or v == math.huge or v == -math.huge then return tostring(v) end
    return ("%.6g"):format(v)
end

local function one_line(v, depth, seen)
    if type(v) == "string" then return '"' .. v .. '"' end
    if type(v) == "number" then return number_text(v) end
    if type(v) ~= "table" then return (tostring(v):gsub("\n.*", " ...")) end
    if has_text(v) then return (tostring(v):gsub("\n.*", " ...")) end
    if seen[v] then return "{...}" end
    if depth == 0 then return next(v) == nil and "{}" or "{...}" end
    seen[v] = true
    local parts, n = {}, #v
    for i = 1, math.min(n, 12) do parts[#parts + 1] = one_line(v[i], depth - 1, seen) end
    if n > 12 then parts[#parts + 1] = ("... %d more"):format(n - 12) end
    local keys = {}
    for k in next, v do
        if not (math.type(k) == "integer" and k >= 1 and k <= n) then keys[#keys + 1] = k end
    end
    table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
    for _, k in ipairs(keys) do parts[#parts + 1] = key_text(k) .. "=" .. one_line(v[k], depth - 1, seen) end
    seen[v] = nil
    return "{" .. table.concat(parts, ", ") .. "}"
end

-- Text of any value: tables one entry a line when they hold tables.
function rasad.show(v)
    if type(v) == "number" then return number_text(v) end
    if type(v) == "string" or has_text(v) then return tostring(v) end
    local nested = false
    for _, x in next, v do nested = nested or (type(x) == "table" and not has_text(x)) end
    if not nested then return one_line(v, 2, {}) end
    local lines, n, keys = {}, #v, {}
    for k in next, v do
        if not (math.type(k) == "integer" and k >= 1 and k <= n) then keys[#keys + 1] = k end
    end
    table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
    for i = 1, math.min(n, MOST) do lines[#lines + 1] = "  " .. i .. ": " .. one_line(v[i], 2, {}) end
    if n > MOST then lines[#lines + 1] = ("  ... %d more"):format(n - MOST) end
    for _, k in ipairs(keys) do lines[#lines + 1] = "  " .. key_text(k) .. ": " .. one_line(v[k], 2, {}) end
    return "{\n" .. table.concat(lines, "\n") .. "\n}"
end
doc(rasad.show, "rasad", "rasad.show(value)", "text of any value, tables too")

-- ---- the present position --------------------------------------------------------------------

function rank(token) return rasad.run():rank(token) end
doc(rank, "lua", 'rank("school")', "rank of a token among the candidates of the present position, 1 = likeliest (for watch)")

function prob(token) return rasad.run():prob(token) end
doc(prob, "lua", 'prob("school")', "its probability there")

-- ---- commands --------------------------------------------------------------------------------

-- Words of a line; "..." and '...' hold blanks.
local function words(line)
    local list, at = { line = line }, 1
    while true do
        at = line:find("%S", at)
        if not at then return list end
        local quote = line:match("^[\"']", at)
        local from, to, word
        if quote then
            from, to, word = line:find(quote .. "(.-)" .. quote, at)
        end
        if from ~= at then
            from, to, word = line:find("(%S+)", at)
        end
        list[#list + 1] = word
        at = to + 1
    end
end

function rasad.command(def)
    if type(def) ~= "table" then error("rasad.command takes a table { name=, summary=, run=function(args) end }", 2) end
    local name, run = def.name, def.run
    if type(name) ~= "string" then error("rasad.command: name must be a string", 2) end
    if type(run) ~= "function" then error("rasad.command: run must be a function", 2) end
    local summary = def.summary or "a command of your own"
    rasad.add_command(name, summary, def.help or summary, function(line) return run(words(line)) end)
end
doc(rasad.command, "rasad", "rasad.command{name=, summary=, help=, run=function(args) ... end}",
    "makes a command of the prompt; args is the list of words, args.line the text; what run returns is shown")

-- ---- files -----------------------------------------------------------------------------------

-- Lines of a file of sentences: each line split at tabs.
function rasad.sentences(path)
    local file = assert(io.open(path, "r"))
    local list = {}
    for line in file:lines() do
        line = line:gsub("\r$", "")
        if line ~= "" and not line:find("^#") then
            local fields = {}
            for field in (line .. "\t"):gmatch("([^\t]*)\t") do fields[#fields + 1] = field end
            list[#list + 1] = fields
        end
    end
    file:close()
    return list
end
doc(rasad.sentences, "rasad", "rasad.sentences(path)", "lines of a file as lists of their tab-separated fields")

-- Prints rows as columns; numbers with the format of their column.
function rasad.table(heads, rows)
    local width, cells = {}, {}
    for j, h in ipairs(heads) do width[j] = utf8.len(h) or #h end
    for i, row in ipairs(rows) do
        cells[i] = {}
        for j = 1, #heads do
            local v = row[j]
            local text = type(v) == "number" and (math.type(v) == "integer" and tostring(v) or ("%.3f"):format(v)) or tostring(v)
            cells[i][j] = text
            width[j] = math.max(width[j], utf8.len(text) or #text)
        end
    end
    local function line(row, of)
        local parts = {}
        for j = 1, #heads do
            local pad = (" "):rep(width[j] - (utf8.len(row[j]) or #row[j]))
            local right = of and type(of[j]) == "number" or not of and rows[1] and type(rows[1][j]) == "number"
            parts[j] = right and pad .. row[j] or row[j] .. pad
        end
        return (table.concat(parts, "  "):gsub("%s+$", ""))
    end
    print(line(heads))
    for i, row in ipairs(cells) do print(line(row, rows[i])) end
end
doc(rasad.table, "rasad", "rasad.table({heads}, {{row}, ...})", "prints a table with aligned columns")
