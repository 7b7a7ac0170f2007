-- SPDX-License-Identifier: MIT
-- The timing loop of the benchmark programs in Lua; benchmarks/README.md says how to use it.

-- Return a function that reads the monotonic clock; standard Lua has processor time only.
local function monotonic_clock()
  local found, ffi = pcall(require, "ffi")
  if not found then
    return os.clock
  end
  ffi.cdef([[
    struct benchmark_time { long seconds, nanoseconds; };
    int clock_gettime(int clock, struct benchmark_time *time);
  ]])
  local time = ffi.new("struct benchmark_time")
  return function()
    ffi.C.clock_gettime(1, time) -- CLOCK_MONOTONIC
    return tonumber(time.seconds) + tonumber(time.nanoseconds) * 1e-9
  end
end

-- Read SIZE and ROUNDS from the command line; SIZE may be a percentage of the default.
local function arguments(default_size)
  local size = arg[1] or "100%"
  local percent = size:match("^(%d+)%%$")
  size = percent and math.floor(default_size * percent / 100) or assert(tonumber(size))
  return math.max(size, 1), tonumber(arg[2] or 5)
end

-- Call work(size) several times; print the seconds of each round whose result check(size, result)
-- accepts, and end the program at the first that it doesn't.
return function(default_size, work, check)
  local size, rounds = arguments(default_size)
  local clock = monotonic_clock()
  for round = 1, rounds do
    local start = clock()
    local result = work(size)
    local seconds = clock() - start
    if not check(size, result) then
      io.stderr:write(arg[0], ": wrong result for size ", size, ": ", tostring(result), "\n")
      os.exit(1)
    end
    print(string.format("round %d %.9f", round, seconds))
    io.stdout:flush()
  end
end
