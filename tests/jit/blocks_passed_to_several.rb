# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=20 --jit-optimize=1000000000 --jit-log
# stderr: loop at line 23: compiled
# stderr: loop (core) at line 39 for line 31: compiled
# stderr-count: 0 CALL_PASS
# A block that is passed on to methods of several classes has a way for each of them, as calls
# without one have: the block of the method, a Proc of a local, a Symbol; one of the blocks leaves by
# break, one of the methods takes its block as a Proc.
class Plain
  def initialize(v) = @v = v
  def part = yield(@v)
end
class Twice < Plain
  def part = yield(@v) + yield(@v + 1)
end
class Kept < Plain
  def part(&block) = block.call(@v * 2)
end

def sum(list, &block)
  i = total = 0
  while i < list.length
    total += list[i].part(&block)
    i += 1
  end
  total
end

def texts(list, proc)
  all = []
  list.each do |x|
    all << x.part(&proc) << x.part(&:to_i)
  end
  all
end

list = [Plain.new(1), Twice.new(2), Kept.new(3), Plain.new(4)] * 5
p (1..200).sum { |k| sum(list) { |x| x * k } } # => 1608000
p sum(list) { |x| break x if x > 5; x } # => 6
add = proc { |x| x + 0.5 }
all = nil
200.times { all = texts(list, add) }
p all.first(8), all.sum # => [1.5, 1, 6.0, 5, 6.5, 6, 4.5, 4]
# => 172.5
