# SPDX-License-Identifier: MIT
# Arguments of calls in hot loops that stop to fit, and what their defaults do.
def keyed(a, b:, c: a + b) = [a, b, c]
def optional(a, b = fail_at(a), *rest, c: b) = [a, b, rest, c]
def fail_at(a) = a == 250 ? raise(ArgumentError, "no default for #{a}") : a + 1
def rest(*list, **named, &block) = block ? block.(*list, **named) : [list, named]
def forward(...) = rest(...)
def two(a, b) = [a, b]
def outer(list) = two(*list)
def none(a, **nil) = a

def told(e) = [e.class, e.message, e.backtrace.grep_v(/told|hot$/).map { |line| line[/\d+:in .*/] }.take(2)]

# What round 249 and the rounds from 250 on give.
def hot
  seen = []
  i = 0
  while i < 252
    value = begin
      yield i, i >= 250
    rescue ArgumentError, TypeError => e
      told(e)
    end
    seen << value if i >= 249
    i += 1
  end
  puts seen.map(&:inspect)
end

hot { |i, late| late ? keyed(i, c: 1) : keyed(i, b: 2) }
# => [249, 2, 251]
# => [ArgumentError, "missing keyword: :b", ["3:in 'Object#keyed'", "30:in 'block in <main>'"]]
# => [ArgumentError, "missing keyword: :b", ["3:in 'Object#keyed'", "30:in 'block in <main>'"]]
hot { |i, late| keyed(i, b: 3, **(late ? { d: 1 } : {})) }
# => [249, 3, 252]
# => [ArgumentError, "unknown keyword: :d", ["3:in 'Object#keyed'", "34:in 'block in <main>'"]]
# => [ArgumentError, "unknown keyword: :d", ["3:in 'Object#keyed'", "34:in 'block in <main>'"]]
hot { |i, late| optional(i) }
# => [249, 250, [], 250]
# => [ArgumentError, "no default for 250", ["5:in 'Object#fail_at'", "4:in 'Object#optional'"]]
# => [251, 252, [], 252]
hot { |i, late| optional(i, *(late ? [1, 2, 3] : [1])) }
# => [249, 1, [], 1]
# => [250, 1, [2, 3], 1]
# => [251, 1, [2, 3], 1]
hot { |i, late| outer(late ? [i] : [i, 2]) }
# => [249, 2]
# => [ArgumentError, "wrong number of arguments (given 1, expected 2)", ["8:in 'Object#two'", "9:in 'Object#outer'"]]
# => [ArgumentError, "wrong number of arguments (given 1, expected 2)", ["8:in 'Object#two'", "9:in 'Object#outer'"]]
hot { |i, late| outer(late ? [i, :more].each : [i, 2]) }
# => [249, 2]
# => [250, :more]
# => [251, :more]
hot { |i, late| forward(i, a: late) }
# => [[249], {a: false}]
# => [[250], {a: true}]
# => [[251], {a: true}]
hot { |i, late| forward(i, a: 1) { |b, c = 2, a:, **d| [b, c, a, d] } }
# => [249, 2, 1, {}]
# => [250, 2, 1, {}]
# => [251, 2, 1, {}]
hot { |i, late| rest(*(late ? [i, { a: 1 }] : [i, 1])) }
# => [[249, 1], {}]
# => [[250, {a: 1}], {}]
# => [[251, {a: 1}], {}]
hot { |i, late| rest(i, *(late ? [Hash.ruby2_keywords_hash({ a: 1 })] : [1])) }
# => [[249, 1], {}]
# => [[250], {a: 1}]
# => [[251], {a: 1}]
hot { |i, late| late ? none(i, a: 1) : none(i) }
# => 249
# => [ArgumentError, "no keywords accepted", ["10:in 'Object#none'", "70:in 'block in <main>'"]]
# => [ArgumentError, "no keywords accepted", ["10:in 'Object#none'", "70:in 'block in <main>'"]]

# Lists and Hashes of arguments are objects of the callee's own.
def kept(*list, **named)
  list << 3
  named[:more] = list.length
  a, b, c = list
  [a, b, c, list[-1], list.length, named, named[:x]]
end
hot { |i, late| kept(i, 2, x: 1) }
# => [249, 2, 3, 3, 3, {x: 1, more: 3}, 1]
# => [250, 2, 3, 3, 3, {x: 1, more: 3}, 1]
# => [251, 2, 3, 3, 3, {x: 1, more: 3}, 1]
def changed(*list)
  list[0] = 9
  first, = list
  list.shift
  case list
  in [a, b] then [first, a, b, list[0]]
  end
end
hot { |i, late| changed(i, 2, i) }
# => [9, 2, 249, 2]
# => [9, 2, 250, 2]
# => [9, 2, 251, 2]
def in_a_loop(*list)
  sum = 0
  while list.length < 5
    sum += list[0]
    list[0] += 1
    list << 1
  end
  [sum, list[0], list]
end
hot { |i, late| in_a_loop(i, 2) }
# => [750, 252, [252, 2, 1, 1, 1]]
# => [753, 253, [253, 2, 1, 1, 1]]
# => [756, 254, [254, 2, 1, 1, 1]]
class Seen
  attr_reader :list
  def initialize(*list) = @list = list
end
hot do |i, late|
  one = Seen.new(i, 1)
  one.list << i
  one.list
end
# => [249, 1, 249]
# => [250, 1, 250]
# => [251, 1, 251]
def bound(*list, **named) = [binding.local_variables, list, named]
hot { |i, late| late ? bound(i, a: 1) : 0 }
# => 0
# => [[:list, :named], [250], {a: 1}]
# => [[:list, :named], [251], {a: 1}]
def spoilt(*list)
  binding.local_variable_get(:list) << 1
  list.length + list[-1]
end
hot { |i, late| spoilt(i) }
# => 3
# => 3
# => 3
