# The library calls operators of an object that are private.
class Small
  include Comparable

  private def <=>(other) = 0
end
p Small.new == Small.new # => true
p Small.new.between?(1, 2) # => true

class Seven < Numeric
  private

  def -(other) = 7
  def div(other) = 1
  def ==(other) = true
end
p Seven.new % 3 # => 7
p Seven.new.zero? # => true
