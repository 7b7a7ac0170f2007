# SPDX-License-Identifier: MIT
# Where catch ends: out of blocks, methods, ensure clauses, fibers, by aliases and Method objects;
# an equal tag is not the same one, the innermost of equal tags is meant, and rescue takes no throw.
p catch(:done) { 10.times { |i| throw :done, i if i == 3 } } # => 3
p catch { |tag| throw tag, :anonymous } # => :anonymous
p catch(:outer) { catch(:inner) { throw :outer, 1 }; 2 } # => 1
begin; throw :x; rescue UncaughtThrowError => e; p e.message; end # => "uncaught throw :x"
catch(:a) { begin; throw :a; ensure; p 1; end } # => 1
begin; catch(:a) { begin; throw :a; ensure; raise "x"; end }; rescue => e; p e.message; end # => "x"
begin; catch; rescue LocalJumpError => e; p e.message, e.backtrace.size; end # => "no block given"
# => 2
begin; throw :a; rescue UncaughtThrowError => e; p e.message; end # => "uncaught throw :a"
alias grab catch
p grab(:z) { throw :z, 5 } # => 5
p [1,2].map { |x| catch(x) { throw x, x * 2 } } # => [2, 4]
p Fiber.new { catch(:f) { throw :f, 9 } }.resume # => 9
p catch(:q) { break 3 } # => 3
def m; catch(:r) { return 4 }; end
p m # => 4
p catch(:big) { catch(:big) { throw :big, 1 } + 1 } # => 2
def deep(n) = n == 0 ? throw(:d, :deep) : deep(n - 1)
p catch(:d) { deep(50) } # => :deep
p catch("str") { |t| throw t, 1 } # => 1
begin; catch("a") { throw "a" }; rescue UncaughtThrowError => e; p e.tag; end # => "a"
p catch(:e) { begin; throw :e, 7; rescue Exception; 8; end } # => 7
o = Object.new
def o.catch(x) = "own #{x}"
p o.catch(3) # => "own 3"
p method(:catch).to_proc.call(:k) { throw :k, 2 } # => 2
p catch(:w) { 5 } # => 5
p (catch(:s, &:to_s)) # => "s"
