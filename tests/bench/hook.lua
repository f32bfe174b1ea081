-- Microseconds that a hook call adds to an operation: a whole translation with and without hooks on every
-- site. Printed as one number.
local function once(hooked)
    local run = rasad.model():start({5, 6, 7, 8}, {max = 200, min = 200, keep = "all"})
    local calls = 0
    if hooked then run:hook("*", function(t) calls = calls + 1 end) end
    local began = os.clock()
    run:continue()
    local seconds = os.clock() - began
    run:close()
    return seconds, calls
end
local plain, hooked = {}, {}
local calls
for i = 1, 15 do
    plain[i] = once(false)
    hooked[i], calls = once(true)
end
table.sort(plain) table.sort(hooked)
print((hooked[8] - plain[8]) / calls * 1e6)
