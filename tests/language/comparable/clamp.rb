# SPDX-License-Identifier: MIT
# Comparable on top of <=>.
class Version
  include Comparable
  attr_reader :number

  def initialize(number)
    @number = number
  end

  def <=>(other)
    other.is_a?(Version) ? number <=> other.number : nil
  end

  def inspect = "v#{number}"
end
def error
  yield
rescue StandardError => e
  "#{e.class}: #{e.message}"
end
a = Version.new(1)
b = Version.new(2)
c = Version.new(3)
p(a < b) # => true
p(a > b) # => false
p(a <= a) # => true
p(a >= b) # => false
p(a == Version.new(1)) # => true
p(a == 1) # => false
p(b.between?(a, c)) # => true
p(a.between?(b, c)) # => false
p(a.clamp(b, c)) # => v2
p(c.clamp(a, b)) # => v2
p(b.clamp(a, c)) # => v2
p(c.clamp(a..b)) # => v2
p(c.clamp(..b)) # => v2
p(a.clamp(b..)) # => v2
p(5.clamp(1, 3)) # => 3
p(5.clamp(..3)) # => 3
p(1.5.clamp(2, 3)) # => 2
p([c, a, b].sort) # => [v1, v2, v3]
p([c, a, b].min) # => v1
p(error { a < 1 }) # => "ArgumentError: comparison of Version with 1 failed"
p(error { 1.clamp(1...3) }) # => "ArgumentError: cannot clamp with an exclusive range"
p(error { 1.clamp(1) }) # => "TypeError: wrong argument type Integer (expected Range)"
p("b".clamp("a", "c")) # => "b"
