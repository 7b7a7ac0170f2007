# Operators of literals are computed when they are compiled, yet a redefinition counts at once.
def sum = 2 + 3 * 4
def negated = -(5)
def compared = [1 < 2, 1 <=> 2, 3 != 3, 2 == 2.0]
def bits = [1 << 10, 255 & 15, 6 | 1, 6 ^ 3, 256 >> 4, 2**10]
def floats = [1.5 + 2, 7 / 2, -7 / 2, -7 % 3, 7.5 / 2]
def negation = [!true, !nil, !1]
p sum, negated # => 14
# => -5
p compared # => [true, -1, false, true]
p bits     # => [1024, 15, 7, 5, 16, 1024]
p floats   # => [3.5, 3, -4, 2, 3.75]
p negation # => [false, true, false]

# What can fail or grow stays an operation that is done when control comes to it.
begin
  1 / 0
rescue ZeroDivisionError => e
  puts e.message # => divided by 0
end
p 4611686018427387903 + 1 # => 4611686018427387904
p 1 << 70                 # => 1180591620717411303424
p 2**100                  # => 1267650600228229401496703205376
p(-(-4611686018427387904)) # => 4611686018427387904
begin
  1 & 1.5
rescue TypeError => e
  puts e.class # => TypeError
end

# In the middle of a loop that runs.
seen = []
i = 0
until i > 3
  seen << 2 + 3
  seen << (1 < 2 ? :less : :not)
  if i == 1
    class Integer
      alias plain_plus +
      def +(other) = equal?(2) ? :plus : plain_plus(other)
      alias plain_less <
      def <(other) = equal?(1) ? false : plain_less(other)
    end
  end
  i = i.succ
end
p seen # => [5, :less, 5, :less, :plus, :not, :plus, :not]
p 2 + 3, 5 + 1 # => :plus
# => 6
p sum # => :plus

# Put back, the built-in method counts again.
class Integer
  alias + plain_plus
  alias < plain_less
end
p sum, 1 < 2 # => 14
# => true

# A prepended module, -@ and !.
module Odd
  def -@ = :minus
  def ==(other) = other == 2.0 ? :same : super
end
class Integer
  prepend Odd
end
p negated # => :minus
p compared # => [true, -1, false, :same]
class NilClass
  def ! = :no
end
p negation # => [false, :no, false]
