# sum and count of Ranges and of classes with an each of their own, which may yield several values.
class Pairs
  include Enumerable

  def each
    yield 1, 2
    yield [3, 4]
    yield 5
    yield
  end
end
pairs = Pairs.new
p pairs.count, pairs.count([1, 2]), pairs.count(5), pairs.count(nil) # => 4
# => 1
# => 1
# => 1
p pairs.count { |a| a == 1 }, pairs.count { |a, b| b }, pairs.count { |*all| all.size == 2 } # => 1
# => 2
# => 1
p pairs.sum { |a, b| (a || 0) * 10 + (b || 0) } # => 96
p pairs.sum("") { |*all| all.inspect } # => "[[1, 2]][[3, 4]][5][nil]"
p (1..4).sum { |x| x * x }, (1...4).sum(0.5) { |x| x }, ("a".."c").sum("") { |c| c + "-" } # => 30
# => 6.5
# => "a-b-c-"
p (1..9).count { |x| x.even? }, ("a".."e").count { |c| c > "b" }, (1..9).count(3), (1..9).count # => 4
# => 3
# => 1
# => 9
p (1..3).sum, (1..3).sum(1), (3..1).sum # => 6
# => 7
# => 0
p [1, 2, 3].sum { |x| x * x }, [1, 2, 0.1, 0.2, 0.3].sum { |x| x }, [3, 1r/2, 1].sum { |x| x } # => 14
# => 3.6
# => (9/2)
p [2**62, 2**62, 1].sum { |x| x }, [1, 2].sum(0.5) { |x| x }, %w[a b].sum("") { |x| x * 2 } # => 9223372036854775809
# => 3.5
# => "aabb"
p [[1], [2]].sum([]) { |x| x }, [].sum { |x| x }, [1, 2, 3, 4].sum { |x| break x if x > 2; x } # => [1, 2]
# => 0
# => 3
begin
  [1, nil, 2].sum { |x| x }
rescue TypeError => e
  puts e.message # => nil can't be coerced into Integer
end
begin
  (1.5..3.5).count { true }
rescue TypeError => e
  puts e.message # => can't iterate from Float
end
p (1..10).count { |x| break x * 100 if x == 4 } # => 400
def leaves = (1..10).sum { |x| return x if x > 7; x }
p leaves # => 8

class Doubled < Range
  def each
    super { |x| yield x, x * 2 }
  end
end
doubled = Doubled.new(1, 3)
p doubled.sum { |a, b| a * b }, doubled.count { |_, b| b > 2 }, doubled.map { |*all| all } # => 28
# => 2
# => [[1, 2], [2, 4], [3, 6]]
