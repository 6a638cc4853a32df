-- Prints one line of figures that the runner reads; requests may count a person up.
local person, turn = tonumber(os.getenv("FIRST_PERSON") or "0"), 0
local people = tonumber(os.getenv("PEOPLE") or "1")
local spread = os.getenv("SPREAD")
local first = tonumber(os.getenv("FIRST_PROPOSAL") or "0")
-- Each round begins elsewhere, so that no pair of person and proposal comes twice.
local base = tonumber(os.getenv("ROUND") or "0") * 1000000
local counter = 0

function setup(thread)
  thread:set("part", counter)
  counter = counter + 1
end

if os.getenv("CLICK") then
  request = function()
    turn = turn + 1
    local n = base + turn * 2 + part
    local proposal = first
    if spread then proposal = first + math.floor(n / people) * 997 % 10000 + (n * 31) % 5000 end
    if not spread then proposal = first + math.floor(n / people) end
    return wrk.format("POST", wrk.path .. "?proposal=" .. proposal .. "&person=" .. (person + n % people))
  end
end

done = function(summary, latency)
  io.write(string.format("FIGURES %d %d %.1f %.1f %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(95),
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
