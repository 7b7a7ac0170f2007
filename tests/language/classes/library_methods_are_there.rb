# SPDX-License-Identifier: MIT
# Methods of the library are entered into a class when it is first looked at: nothing shows that.
class Comparison
  include Comparable
end

class Rational
  def mine = :mine
end
p Rational.instance_methods(false).include?(:mine) # => true
p Rational.instance_methods(false).include?(:numerator) # => true
p Process.singleton_methods(false).include?(:clock_gettime) # => true
p Math.respond_to?(:hypot) # => true
p Math.private_instance_methods(false).include?(:hypot) # => true
p Comparison.instance_method(:clamp).owner # => Comparable

# A copy of a class that nobody has looked at, and a method taken from one.
p Enumerator.dup.instance_methods(false).include?(:with_index) # => true
p MatchData.method_defined?("captures") # => true

# What an alias means was settled before the program began.
class Set
  def add(item) = raise("redefined")
end
p Set.new([1]).<<(2).size # => 2

class Complex
  remove_method :abs
end
p Complex.method_defined?(:abs, false) # => false
p Complex(3, 4).magnitude # => 5.0
