# SPDX-License-Identifier: MIT
# initialize makes more objects of its class: it is called where `new` is built.
class Tree
  attr_reader :size

  def initialize(depth)
    @size = 1
    if depth > 0
      @left = Tree.new(depth - 1)
      @right = Tree.new(depth - 1)
      @size += @left.size + @right.size
    end
  end
end

def sizes(n)
  sum = i = 0
  while i < n
    sum += Tree.new(i % 6).size
    i += 1
  end
  sum
end
p sizes(60) # => 1200
class Tree
  def initialize(depth) = @size = depth
end
p sizes(60) # => 150
