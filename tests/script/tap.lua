-- A small test module for scripts: prints TAP lines that tests/run.sh counts.
-- local tap = dofile("tests/script/tap.lua"); ...; tap.done()
local tap = { count = 0, failed = 0 }

local function report(good, name, why)
    tap.count = tap.count + 1
    if not good then tap.failed = tap.failed + 1 end
    io.stdout:write(good and "ok " or "not ok ", tap.count, " - ", name or "unnamed", "\n")
    if not good and why then io.stdout:write("# ", (tostring(why):gsub("\n", "\n# ")), "\n") end
    io.stdout:flush()
    return good
end

function tap.ok(value, name) return report(value, name, "got " .. tostring(value)) end

function tap.is(got, want, name)
    return report(got == want, name, ("got %s, want %s"):format(tostring(got), tostring(want)))
end

-- Numbers within tol of each other (1e-6 when not given).
function tap.near(got, want, tol, name)
    local close = math.abs(got - want) <= (tol or 1e-6)
    return report(close, name, ("got %.9g, want %.9g within %g"):format(got, want, tol or 1e-6))
end

function tap.like(text, pattern, name)
    local found = tostring(text):find(pattern)
    return report(found, name, ("%q does not match %q"):format(tostring(text), pattern))
end

-- f(...) must raise an error whose message matches the pattern.
function tap.fails(f, pattern, name, ...)
    local good, message = pcall(f, ...)
    if good then return report(false, name, "no error was raised") end
    return tap.like(message, pattern, name)
end

function tap.skip(name, why)
    tap.count = tap.count + 1
    io.stdout:write("ok ", tap.count, " - ", name, " # SKIP ", why, "\n")
end

-- The plan comes last; a script that never gets here counts as failed.
function tap.done()
    io.stdout:write("1..", tap.count, "\n")
    io.stdout:flush()
    if tap.failed > 0 then error(tap.failed .. " of " .. tap.count .. " checks failed", 0) end
end

return tap
