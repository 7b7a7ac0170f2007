# SPDX-License-Identifier: MIT
# catch and throw, loop and StopIteration, tap, then.
p catch(:done) { 10.times { |i| throw :done, i if i == 3 } } # => 3
p catch { |tag| throw tag, :anonymous } # => :anonymous
p catch(:outer) { catch(:inner) { throw :outer, 1 }; 2 } # => 1
p(catch(:x) { :normal }) # => :normal
log = []
catch(:leave) do
  begin
    throw :leave
  ensure
    log << :ensured
  end
end
p log # => [:ensured]
e = [1, 2].each
p loop { e.next } # => [1, 2]
p loop { break 5 } # => 5
p 3.tap { |n| p n + 1 }.then { |n| n * 2 } # => 4
# => 6
begin
  throw :nobody, 7
rescue UncaughtThrowError => error
  p error.tag, error.value, error.message # => :nobody
  # => 7
  # => "uncaught throw :nobody"
end
