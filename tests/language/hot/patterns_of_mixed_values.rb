# SPDX-License-Identifier: MIT
# Patterns on values of several kinds: Arrays of which some are frozen, Structs, objects whose
# methods for patterns take any arguments.
def kinds(list, n)
  sum = 0
  n.times do |i|
    case list[i % 5]
    in [a, b] then sum += a + b
    in [a] then sum += a
    in nil then sum += 100
    in Float => f then sum += f.to_i
    in String then sum += 5
    end
  end
  sum
end
p kinds([1.5, [1, 2], nil, [3].freeze, "x"], 300) # => 6720
p kinds([1.5, [1, 2].freeze, nil, [3], [4, 5]], 300) # => 6960

class Listed
  def initialize(list) = @list = list
  def deconstruct = @list
  def deconstruct_keys(_) = { x: @list.size }
end
class Any
  def deconstruct(*) = [1, 2]
  def deconstruct_keys(*) = { x: 3 }
end
Pair = Struct.new(:x, :y)

def parts(list, n)
  sum = 0
  n.times do |i|
    case list[i % list.size]
    in [a, b] then sum += a * b
    in [a, *b] then sum += a + b.size
    end
    case list[i % list.size]
    in { x: } then sum += x
    end
  end
  sum
end
p parts([Listed.new([1, 2].freeze), Listed.new([3, 4]), Listed.new([5, 6, 7])], 300) # => 2800
p parts([Pair.new(1, 2), Pair.new(3, 4)], 300) # => 2700
p parts([Any.new], 300) # => 1500
p parts([Any.new, Pair.new(5, 6), Listed.new([7])], 300) # => 4800

def tests(list, n)
  sum = 0
  n.times do |i|
    sum += 1 if list[i & 3] in [1, 2]
    sum += 2 if list[i & 3] in [1, *]
    sum += 4 unless list[i & 3]
  end
  sum
end
p tests([1, [1, 2], 2.5, nil], 300) # => 525
p tests([[1], [1, 2].freeze, :a, false], 300) # => 675
