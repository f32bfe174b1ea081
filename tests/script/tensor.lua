-- Tensors: making, shape, indexing, selection, arithmetic, reductions, text, errors.
local tap = dofile("tests/script/tap.lua")

local t = rasad.tensor({{1, 2, 3}, {4, 5, 6}}, "T", "S")
tap.is(t.shape[1], 2, "shape by number")
tap.is(t.shape.S, 3, "shape by name")
tap.is(table.concat(t.axes, ","), "T,S", "axes")
tap.is(t.dtype, "f32", "dtype")
tap.is(t.ndim, 2, "ndim")
tap.is(#t, 2, "length is that of the first axis")

-- indexing: 1-based, negative from the end
tap.is(t[1][3], 3, "t[i][j]")
tap.is(t[-1][-1], 6, "negative indices")
tap.is(t[1].axes[1], "S", "an index drops the axis")
tap.is(t[3], nil, "one past the end is nil, so that ipairs ends")
tap.fails(function() return t[4] end, "index 4 of axis T: the range is 1%-2", "too far raises")
tap.fails(function() return t[0] end, "index 0 of axis T: the range is 1%-2", "zero raises")
tap.fails(function() return t[1.5] end, "whole number", "fractions raise")
tap.fails(function() return t.foo end, "no field 'foo'", "unknown field")
tap.fails(function() t[1] = 3 end, "do not change", "assignment raises")

-- selection
tap.is(t:sel{S = 2}[2], 5, "sel by name")
tap.is(t{S = 2, T = 1}, 2, "call selects; all axes give a number")
tap.is(t{S = {2, 3}}.shape.S, 2, "ranges keep the axis")
tap.is(t{[2] = 3}[1], 3, "sel by number of the axis")
tap.is(t{[-1] = 3}[1], 3, "sel by number from the end")
tap.is(t{S = {2}}.shape.S, 2, "an open range")
tap.fails(function() return t{X = 1} end, "no axis 'X'; its axes are: T S", "unknown axis")
tap.fails(function() return t{S = {3, 2}} end, "the end lies before the beginning", "empty range")
tap.fails(function() return t{S = 4} end, "index 4 of axis S: the range is 1%-3", "sel out of range")
tap.is(t:slice("S", 2, 3)[1][1], 2, "slice")
tap.is(t:slice(2, -1)[1][1], 3, "slice by number to the end")
tap.is(t:at(1)[1], 4, "at counts positions from 0")
tap.fails(function() return t:at(2) end, "decoder position 2: the range is 0%-1", "at out of range")
tap.fails(function() return t[1]:at(0) end, "no axis T", "at needs T")

-- put
local u = t:put({S = 1}, 0)
tap.is(u[1][1] + u[2][1], 0, "put a number")
tap.is(t[1][1], 1, "put leaves the original")
tap.is(t:put({T = 2}, rasad.tensor({7, 8, 9}))[2][3], 9, "put a tensor")
tap.fails(function() t:put({T = 1}, rasad.tensor({1, 2})) end, "cannot copy", "put of a wrong shape")

-- order and names of axes
tap.is(t:transpose()[3][1], 3, "transpose")
tap.is(t:transpose("T", "S").axes[1], "S", "transpose by names")
tap.is(t:permute("S", "T")[3][2], 6, "permute")
tap.fails(function() t:permute("S") end, "all 2 axes", "permute needs all")
tap.fails(function() t:permute("S", "S") end, "comes twice", "permute twice")
tap.is(rasad.tensor({{{1}, {2}}}):squeeze().ndim, 1, "squeeze")
tap.is(rasad.tensor({{{1}, {2}}}):squeeze(1).ndim, 2, "squeeze one")
tap.fails(function() t:squeeze(1) end, "2 elements, not 1", "squeeze of a long axis")
tap.is(t:named("a", "b").axes[2], "b", "named")
tap.fails(function() t:named("longer than that", "b") end, "longer than 7", "long names")

-- arithmetic
tap.is((t + 1)[1][1], 2, "plus a number")
tap.is((1 - t)[1][2], -1, "a number minus")
tap.is((t * t)[2][3], 36, "times")
tap.is((t / 2)[1][1], 0.5, "divided")
tap.is((t ^ 2)[1][3], 9, "power")
tap.is((-t)[1][1], -1, "minus")
tap.is((t + rasad.tensor({10, 20, 30}))[2][3], 36, "a row is repeated")
tap.is((t + rasad.tensor({{10}, {20}}))[2][1], 24, "a column is repeated")
tap.is((rasad.tensor({10, 20, 30}) + t).axes[1], "T", "names come from the larger one")
tap.fails(function() return t + rasad.tensor({1, 2}) end, "shapes %[2, 3%] and %[2%] do not fit", "shapes that do not fit")
tap.fails(function() return t + "x" end, "arithmetic on a tensor and a string", "not a number")
tap.ok(t == t:clone(), "equal numbers are equal")
tap.ok(t ~= t + 1, "other numbers are not")
tap.is(t:gt(3):sum(), 3, "gt")
tap.is(t:lt(3):sum(), 2, "lt")
tap.is(t:larger(4):min(), 4, "larger")
tap.is(t:smaller(4):max(), 4, "smaller")
tap.near((-t):abs():sum(), 21, 0, "abs")
tap.near(t:exp():log()[2][3], 6, 1e-5, "exp and log")
tap.near((t ^ 2):sqrt()[2][1], 4, 1e-6, "sqrt")
tap.is(t:map(function(x) return x * 10 end)[1][2], 20, "map")
tap.fails(function() t:map(function() return "a" end) end, "returned a string", "map of something else")

-- products
tap.is(t:dot(rasad.tensor({1, 1, 1}))[2], 15, "matrix times vector")
tap.is(t:dot(t:transpose())[2][1], 32, "matrix times matrix")
tap.is(t[1]:dot(t[2]), 32, "vector times vector")
local b = rasad.tensor({{{1, 0}, {0, 1}}, {{2, 0}, {0, 2}}})
tap.is(b:dot(b)[2][1][1], 4, "batches of matrices")
tap.fails(function() t:dot(t) end, "dot: shapes", "dot that does not fit")

-- reductions
tap.is(t:sum(), 21, "sum")
tap.is(t:mean(), 3.5, "mean")
tap.is(t:max(), 6, "max")
tap.is(t:min(), 1, "min")
tap.near(t:norm(), math.sqrt(91), 1e-6, "norm")
tap.near(t:std(), math.sqrt(35 / 12), 1e-6, "std")
tap.is(t:sum("T")[2], 7, "sum along an axis by name")
tap.is(t:max(2)[1], 3, "max along an axis by number")
tap.is(t[1]:sum("S"), 6, "the only axis gives a number")
tap.is(t:argmax("S")[1], 3, "argmax along an axis")
local i, j = t:argmax()
tap.is(i * 10 + j, 23, "argmax of all: one index for each axis")
tap.near(rasad.full(0.25, {4}):entropy(), 2, 1e-6, "entropy in bits")
tap.near(rasad.full(0.5, {3, 2}):entropy():sum(), 3, 1e-6, "entropy along the last axis")
tap.fails(function() t:sum("X") end, "no axis 'X'", "reduction along no axis")
local top = t:top(2)
tap.is(top[1].value, 6, "top: value")
tap.is(top[2][2], 2, "top: indices")
tap.is(#t:topk(100), 6, "no more than there are")
tap.fails(function() t:top(0) end, "1 or more", "top of none")
tap.near(rasad.tensor({{0, 0}}):softmax()[1][1], 0.5, 1e-6, "softmax")
local s = t:stats()
tap.is(s.count + s.max + s.nan + s.inf, 12, "stats")
tap.near(t:transpose():sum("S")[2], 15, 0, "views are read in their own order")

-- iteration and conversion
local sum = 0
for k, row in t:iter() do sum = sum + k * row[1] end
tap.is(sum, 9, "iter")
sum = 0
for _, v in ipairs(t[2]) do sum = sum + v end
tap.is(sum, 15, "ipairs")
tap.is(t:tolist()[2][1], 4, "tolist")
tap.is(t{T = {1, 1}, S = {2, 2}}:item(), 2, "item")
tap.fails(function() t:item() end, "this one has 6", "item of many")

-- making
tap.is(rasad.full(7, {2, 2}):sum(), 28, "full")
tap.fails(function() rasad.tensor({{1, 2}, {3}}) end, "as long as the first", "ragged lists")
tap.fails(function() rasad.tensor({{1, "x"}}) end, "holds numbers, not a string", "other things")
tap.fails(function() rasad.full(1, {-1}) end, "no tensor can have this shape", "negative size")
tap.fails(function() rasad.full(1, {1 << 40, 1 << 40}) end, "no tensor can have this shape", "overflow")

-- text and closing
tap.like(t, "^f32%[T=2, S=3%]", "tostring begins like print")
tap.like(t, "4%.000%s+5%.000%s+6%.000", "and has the numbers")
local c = t:clone()
c:close()
tap.fails(function() return c[1] end, "closed", "a closed tensor says so")
tap.is(tostring(c), "tensor (closed)", "and prints")
do
    local d <close> = t:clone()
    c = d
end
tap.fails(function() return c:sum() end, "closed", "<close> closes")
tap.like(rasad.help(t.top), "t:top%(%[k%]%)", "help of a method")
tap.like(rasad.help("tensor"), "t:sel", "help of the topic")
tap.done()
