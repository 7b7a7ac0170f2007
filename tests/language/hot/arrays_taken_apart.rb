# SPDX-License-Identifier: MIT
# Blocks that take an Array apart, in hot loops: of one length and of many, by parameters of all kinds.
class List
  include Enumerable
  def initialize(items) = @items = items
  def each
    i = 0
    while i < @items.size
      yield @items[i]
      i += 1
    end
  end
end

FORMS = {
  rest: ->(l, out) { l.each { |a, *r| out << [a, r] } },
  trailing: ->(l, out) { l.each { |a,| out << a } },
  post: ->(l, out) { l.each { |a, *r, z| out << [a, r, z] } },
  posts: ->(l, out) { l.each { |*r, y, z| out << [r, y, z] } },
  bare: ->(l, out) { l.each { |a, *, z| out << [a, z] } },
  optional: ->(l, out) { l.each { |a, b = :none, c = b| out << [a, b, c] } },
  between: ->(l, out) { l.each { |a, b = 5, *r, z| out << [a, b, r, z] } },
  nested: ->(l, out) { l.each { |a, (b, c), d| out << [a, b, c, d] } },
  deep: ->(l, out) { l.each { |(a, *b), c| out << [a, b, c] } },
  keyed: ->(l, out) { l.each { |a, b, k: 1| out << [a, b, k] } },
  block: ->(l, out) { l.each { |a, b, &c| out << [a, b, c] } },
  three: ->(l, out) { l.each { |a, b, c| out << [a, b, c] } },
  mapped: ->(l, out) { out.concat(l.map { |a, (b, *c)| [a, b, c] }) },
}.freeze
SAME = Array.new(30) { |i| [i, [i + 1, i + 2], :z] }
FLOATS = Array.new(30) { |i| [i * 0.5, i * 1.5] }
MANY = Array.new(30) { |i| Array.new(i % 5) { |j| i * 10 + j } }
MIXED = Array.new(30) { |i| [i, [i], nil, [[i, 1], 2], :s, 1.5, [1, [2, 3], 4, 5]][i % 7] }
digest = 0
FORMS.each do |name, form|
  [SAME, FLOATS, MANY, MIXED, SAME, MANY].each do |list|
    [list, List.new(list)].each do |items|
      out = []
      form.(items, out)
      text = out.inspect
      digest = (digest * 31 + text.bytes.sum * text.size) % 1_000_000_007
      puts "#{name} #{text[0, 60]}" if list.equal?(MANY) && items.equal?(list)
    end
  end
end
p digest

# Of many lengths from the first round on.
def behind(lists, n)
  sum = 0
  n.times { lists.each { |a, *r, z| sum += (a || 0) * 2 + r.size - (z || 5) } }
  sum
end
p behind(MANY, 40)
