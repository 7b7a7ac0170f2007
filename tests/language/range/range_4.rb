# What newer versions of Ruby changed about ranges.
def err
  yield
rescue StandardError => e
  "#{e.class}: #{e.message}"
end

p [(1..3).overlap?(3..5), (1...3).overlap?(3..5), (1..).overlap?(..1), (3..1).overlap?(1..3)] # => [true, false, true, false]
p err { (1..2).overlap?(1) } # => "TypeError: wrong argument type Integer (expected Range)"
p (1..3).reverse_each.first(2) # => [3, 2]
p (..3).reverse_each.first(2) # => [3, 2]
p err { (1..).reverse_each { } } # => "TypeError: can't iterate from NilClass"
p err { (0.5..2).size } # => "TypeError: can't iterate from Float"
p err { (..1).size } # => "TypeError: can't iterate from NilClass"
p (1..2.5).size # => 2
p ("a".."aaa").step("a").to_a # => ["a", "aa", "aaa"]
p (Time.at(0)..Time.at(3)).step(1).map(&:to_i) # => [0, 1, 2, 3]
p err { (Time.at(0)..Time.at(3)).step { } } # => "ArgumentError: step is required for non-numeric ranges"
p err { (1..).to_set } # => "RangeError: cannot convert endless range to a set"
