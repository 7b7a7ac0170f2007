# SPDX-License-Identifier: MIT
# No jump leaves the stack of a fiber.
begin
  catch(:x) { Fiber.new { throw :x }.resume }
rescue UncaughtThrowError => e
  puts e.message
end
# => uncaught throw :x
def in_fiber = Fiber.new { yield }.resume
begin
  in_fiber { break 5 }
rescue LocalJumpError => e
  puts e.message
end
# => break from proc-closure
