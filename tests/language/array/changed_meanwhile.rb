# Blocks and methods of elements that change the array which is being worked on.
class Emptier
  def initialize(array) = @array = array
  def <=>(_other) = (@array.clear; 0)
  def ==(_other) = (@array.clear; false)
  def to_int = (@array.clear; 1)
end

def list
  array = [1, 2, 3, 4]
  array[1] = Emptier.new(array)
  array
end

a = list
p a.index(9) # => nil
p a # => []
a = list
p a.sort_by! { a.clear; 1 }.length # => 1
a = list
p a.map { |x| a.clear; x } # => [1]
a = list
p a.first(a[1]) # => []
a = list
p a.include?(4) # => false
a = [3, 1, 2]
p a.sort { |x, y| a.clear; x <=> y } # => [1, 2, 3]
a = [1, 2, 3]
p a.select! { a.clear; true } # => nil
a = [1, 2, 3]
a.each { |x| a.shift }
p a # => [3]
