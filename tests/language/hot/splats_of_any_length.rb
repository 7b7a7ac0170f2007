# SPDX-License-Identifier: MIT
# Calls that spread Arrays of many lengths: methods of every kind, Procs, what is missing, raises.
class Callee
  attr_reader :seen
  attr_writer :written
  def initialize(*list) = @seen = list.size
  def fixed(a, b) = a * 10 + b
  def optional(a, b = 7, *rest) = [a, b, rest.size]
  def keyed(*list, by: 1, **more) = [list.size, by, more.size]
  def block(*list) = block_given? ? yield(*list) : list.size
  def respond_to_missing?(*) = true
  def method_missing(name, *list) = "#{name} #{list.size}"
  private def hidden(*list) = list.size
end
Words = Struct.new(:a, :b)
def caught
  yield
rescue ArgumentError, NoMethodError => e
  e.message
end
LISTS = Array.new(6) { |i| (0...i).to_a }.freeze

def optional(c, n) = n.times.map { |i| c.optional(1, *LISTS[i % 6]) }.uniq
def kinds(c, add, n)
  result = []
  i = 0
  while i < n
    list = LISTS[i % 6]
    result << [c.keyed(*list), c.keyed(*list, by: 2, x: 3), c.block(*list), c.unknown(*list),
               add.call(*list), add.(0, *list, 9), Callee.new(*list).seen, c.send(:block, *list),
               Words.new(*list.first(2)).to_a, list.push(*[]).size, [*list].max(*[])]
    i += 1
  end
  result.uniq
rescue FrozenError => e
  e.message
end
def fixed(c, n)
  i = sum = 0
  while i < n
    sum += c.fixed(*(i < n - 1 ? [i, 2] : [1, 2, 3]))
    i += 1
  end
  sum
end
c = Callee.new
add = ->(*list) { list.sum }
p optional(c, 60) # => [[1, 7, 0], [1, 0, 0], [1, 0, 1], [1, 0, 2], [1, 0, 3], [1, 0, 4]]
all = kinds(c, add, 60)
p all.size # => 6
p all[3] # => [[3, 1, 0], [3, 2, 1], 3, "unknown 3", 3, 12, 3, 3, [0, 1], 3, 2]
p caught { fixed(c, 60) } # => "wrong number of arguments (given 3, expected 2)"
p caught { 60.times { |i| c.hidden(*LISTS[i % 6]) } } # => 60
p add.curry(2).(*[1, 2]) # => 3

# Keywords that only a Hash at the end of the Array is, and a Hash marked as keywords.
class Passer
  ruby2_keywords def old(*list) = target(*list)
  def plain(*list) = target(*list)
  def target(*list, **named) = [list.size, named.size]
end
passer = Passer.new
def passes(passer, n)
  r = []
  n.times do |i|
    r << passer.old(*LISTS[i % 3], k: 1) << passer.plain(*LISTS[i % 3], k: 1) << passer.old(*LISTS[i % 4])
  end
  r.uniq
end
p passes(passer, 48) # => [[0, 1], [1, 0], [0, 0], [1, 1], [2, 0], [2, 1], [3, 0]]

# More than the stack has room for.
BIG = Array.new(20_000_000, 1)
def sizes(c, n)
  n.times { |i| c.block(*(i < n - 1 ? LISTS[i % 6] : BIG)) }
rescue SystemStackError => e
  e.message
end
p sizes(c, 60) # => "stack level too deep"
