# SPDX-License-Identifier: MIT
# A class whose initialize wants arguments, raised without them: both engines tell the same.
begin
  raise UncaughtThrowError
rescue ArgumentError => e
  puts e.backtrace.size, e.message
end
# => 1
# => wrong number of arguments (given 0, expected 2+)
