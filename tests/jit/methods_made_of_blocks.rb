# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr: loop at line 26: compiled
# stderr-count: 0 call.send
# stderr-count: 0 call.guest
# define_method and Method#call: the body is built in place, with the receiver as self.
class Made
  step = 3
  define_method(:add) { |a| a + @start + step }
  define_method(:keyed) { |a = 2, *rest, b: 1| a + rest.length + b }
  define_method(:early) do |a|
    return 0 if a > 500
    a
  end
  def initialize = @start = 1
  def times(a) = a * @start
end

def sum(n)
  made = Made.new
  times = made.method(:times)
  add = made.method(:add)
  total = 0
  i = 0
  while i < n
    total += made.add(i) + made.keyed + made.keyed(i, 1, b: 2) + made.early(i)
    total += times.call(i) + add.(i) + times[i]
    i += 1
  end
  total
end
p sum(1000) # => 2636750
