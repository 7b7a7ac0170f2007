# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr: loop at line 20: compiled
# stderr-count: 0 call.send
# stderr-count: 0 call.guest
# &:name is a send in place: of an attribute, of a method of the program, of one of the library.
class Item
  attr_reader :size

  def initialize(size) = @size = size
  def twice = @size * 2
end

def sum(n)
  items = [Item.new(1), Item.new(2)]
  words = %w[a bb]
  total = 0
  i = 0
  while i < n
    total += items.map(&:size)[0] + items.map(&:twice)[1] + words.map(&:length)[1]
    i += 1
  end
  total
end
p sum(1000) # => 7000
