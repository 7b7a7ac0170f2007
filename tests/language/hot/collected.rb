# SPDX-License-Identifier: MIT
# What lies on the stack stays while a loop is recorded, which allocates (checked builds assert that
# the collector sees all of it).
Item = Struct.new(:name, :kind, :price, :stock)
items = [
  Item.new("pen", :office, 1.5, 100), Item.new("desk", :home, 150, 4),
  Item.new("chair", :home, 80, 10), Item.new("paper", :office, 4.25, 60)
]
items.group_by(&:kind).each { |kind, list| p [kind, list.map(&:name)] }
# => [:office, ["pen", "paper"]]
# => [:home, ["desk", "chair"]]
p items.partition { |item| item.price > 50 }.map { |part| part.map(&:name) } # => [["desk", "chair"], ["pen", "paper"]]
p items.each_slice(2).map { |part| part.map(&:name) } # => [["pen", "desk"], ["chair", "paper"]]
p items.map { |item| [item.name, item.kind.to_s].map(&:upcase) }.map { |pair| pair.map(&:size) } # => [[3, 6], [4, 4], [5, 4], [5, 6]]

# The frame of a callee in whose middle a loop is left: its Floats have no boxes before.
def scaled(a, b, c, i)
  return [a, b, c] if i == 250
  a + b + c
end

def sums
  i = 0
  found = nil
  while i < 300
    found = scaled(i * 1e-300, i * 2e-300, i * 4e-300, i)
    return found if found.is_a?(Array)
    i += 1
  end
end
p sums # => [2.5e-298, 5.0e-298, 1.0e-297]
