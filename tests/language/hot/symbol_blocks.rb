# SPDX-License-Identifier: MIT
# &:name in hot code: methods of the library and of the program, attributes, several classes, private
# methods, what is redefined, what raises, and lists of lists.
class Item
  attr_reader :size

  def initialize(size) = @size = size
  def twice = @size * 2
  def plus(other) = Item.new(@size + other.size)
  def each_part(&b) = [1, 2].each(&b)
  def part(&b) = b ? 1 : 0

  private

  def secret = 1
end

class Other < Item
  def twice = @size * 3
end

def maps(n)
  items = [Item.new(1), Other.new(2), Item.new(3)]
  words = %w[a bb ccc]
  last = nil
  n.times do |i|
    last = [items.map(&:size).sum, items.map(&:twice).sum, words.map(&:length), [i, -i].map(&:abs),
            items.inject(&:plus).size, [1, nil, 2].select(&:itself), items.map(&:part),
            [[3, 1], [2]].map(&:first)]
  end
  last
end
p maps(60) # => [6, 14, [1, 2, 3], [59, 59], 6, [1, 2], [0, 0, 0], [3, 2]]

def fails(n)
  r = []
  n.times do |i|
    [Item.new(i)].each(&(i == n - 1 ? :secret : :twice))
    [1, i == n - 2 ? nil : 2].map(&:succ)
  rescue NoMethodError => e
    r << e.message
  end
  r
end
p fails(60) # => ["undefined method 'succ' for nil", "private method 'secret' called for an instance of Item"]

def divide(n)
  [4, 2].map(&:pred).each(&:succ)
  (0...n).map { |i| [[8, i].inject(&:/)] }
rescue ZeroDivisionError => e
  [e.message, e.backtrace.length > 2]
end
60.times { divide(0) }
p divide(3) # => ["divided by 0", true]

def redefined(n)
  items = [Item.new(5)]
  r = nil
  n.times do |i|
    Item.class_eval { def twice = :new } if i == 40
    r = items.map(&:twice)
  end
  r
end
p redefined(60) # => [:new]

def parts(n)
  t = 0
  items = [Item.new(1)]
  n.times { items.each { |item| item.each_part(&:succ); item.each_part { |x| t += x } } }
  t
end
p parts(50) # => 150
