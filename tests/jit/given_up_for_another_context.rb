# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=2 --jit-stale=3 --jit-log
# stderr: loop at line 10: another context ran while recording
# stderr: loop at line 19: compiled
# A fiber that waits in the loop that it records gives way to what is hot elsewhere, and goes on
# without.
def count(n)
  i = 0
  while i < n
    i += 1
    Fiber.yield(i) if i == 3
  end
  i
end

def other(n)
  i = 0
  while i < n
    i += 1
  end
  i
end
fiber = Fiber.new { count(200) }
p fiber.resume # => 3
p other(2000) # => 2000
p fiber.resume # => 200
p other(100) # => 100
