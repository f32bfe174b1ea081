-- Every bundled lesson to its end, in both languages: a wrong answer to each question is told, giving up tells the
-- right one, and that one is then taken as right. Whatever a user could do, through the commands alone.
local tap = dofile("tests/script/tap.lua")

local wrong = { number = "-987654321.5", shape = "[7, 7, 7, 7, 7, 7, 7]", site = "probs", token = "no-such-token",
    word = "no-such-word" }

-- What a person would type of an answer that was told: "2: text" -> 2, "▁Ali (12)" -> ▁Ali.
local function typed(kind, text)
    if kind == "choice" then return text:match("^%d+") end
    if kind == "token" then return (text:gsub(" %(%d+%)$", "")) end
    return text
end

-- Walks from the present step to the end; `answer(question, key)` deals with each question.
local function walk(r, answer)
    local steps, asked = 1, 0
    while not r.done do
        if r.question then
            asked = asked + 1
            r = answer(r.question, r.question.ask)
        else
            r = rasad.cmd("teach next")
            steps = steps + (r.step and 1 or 0)
        end
    end
    return r, steps, asked
end

local function first_pass(name, known)
    return walk(rasad.cmd("teach " .. name .. " --step 1"), function(q)
        local r
        if wrong[q.kind] then
            r = rasad.cmd("answer " .. wrong[q.kind])
            if r.verdict ~= "wrong" or r.right then
                tap.ok(false, ("%s: '%s' is %s to: %s"):format(name, wrong[q.kind], r.verdict, q.ask))
            end
            if not r.rule or #r.rule == 0 then tap.ok(false, name .. ": no rule for: " .. q.ask) end
        end
        r = rasad.cmd("answer --skip")
        known[#known + 1] = typed(q.kind, r.answer)
        return r
    end)
end

-- The second time each step asks again, and all is known.
local function second_pass(name, known, steps)
    local asked = 0
    for step = 1, steps do
        rasad.cmd(("teach %s --step %d"):format(name, step))
        local r = rasad.cmd("teach again")
        while r.question do
            asked = asked + 1
            local q = r.question
            r = rasad.cmd("answer " .. (known[asked] or "?"))
            if r.verdict ~= "right" then
                tap.ok(false, ("%s: '%s' is %s to: %s"):format(name, known[asked], r.verdict, q.ask))
                return asked
            end
        end
    end
    return asked
end

local lessons = rasad.cmd("teach").lessons
tap.ok(#lessons >= 9, "a lesson for each of the nine exercises")
for _, l in ipairs(lessons) do
    local known = {}
    rasad.cmd("set lang en")
    local r, steps, asked = first_pass(l.name, known)
    tap.ok(r.done and steps == l.steps, l.name .. ": to its end")
    tap.is(r.points, 0, l.name .. ": giving up gives no points")
    rasad.cmd("set lang fa")
    tap.is(second_pass(l.name, known, steps), asked, l.name .. ": the answers that were told are right")
    r = rasad.cmd("teach next")
    tap.is(r.points, r.most, l.name .. ": and give all points")
end

-- The tour, with a sentence of one's own, in both languages.
rasad.cmd("model load fa-en")
for _, lang in ipairs { "en", "fa" } do
    rasad.cmd("set lang " .. lang)
    rasad.cmd("input او کتاب می‌خواند")
    local r, steps = walk(rasad.cmd("tour"), nil)
    tap.ok(r.done and steps > 5, "tour in " .. lang)
end
tap.done()
