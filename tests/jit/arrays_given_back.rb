# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=200 --jit-calls=100000 --jit-log
# stderr-count: 0 is not compiled
# What a chain makes and nobody else sees is given back at once: no garbage, no collections.
def chain(list, k) = list.map { |x| x * k + 1 }.select { |x| x.odd? }.sum

def collections
  before = GC.count
  yield
  GC.count - before
end

list = Array.new(10_000) { |i| i }
floats = list.map { |x| x + 0.5 }
p chain(list, 2) # => 100000000
3.times { chain(list, 3) }
p collections { 500.times { |k| chain(list, k) } } <= 1 # => true
p chain(list, 3) # => 74990000

# Chains that end in other ways, and in which a block leaves.
def longest(list) = list.map { |x| x.to_s }.max_by { |text| text.size }
def found(list, y) = list.map { |x| x * 2 }.each { |x| return x if x > y }
def joined(list) = list.map { |x| x & 7 }.join.size
def counted(list) = list.map { |x| x & 7 }.count(3)
def mixed(list) = list.map { |x| x > 9_000 ? x.to_s : x }.sum { |x| x.is_a?(String) ? x.size : x & 1 }
3.times { longest(list) + joined(list).to_s }
p longest(list), found(list, 15_000), joined(list), counted(list), mixed(list)
# => "1000"
# => 15002
# => 10000
# => 1250
# => 8496
3.times { found(list, 9_000) }
p found(list, 19_999) == list.map { |x| x * 2 } # => true

# What is kept stays: parts and copies of what is given back, and results that are the chain's end.
def first_of(list, k) = list.map { |x| x * k }.first(3_000)
def rest_of(list, k) = list.map { |x| x * k }[5_000..]
def turned(list, k) = list.map { |x| x * k }.reverse
def sorted(list, k) = list.map { |x| -x * k }.sort
def once(list, k) = list.map { |x| x % k }.uniq
def whole(list, k) = list.map { |x| x * k }.select { |x| x > 20 }
kept = []
20.times do |k|
  %i[first_of rest_of turned sorted once whole].each do |name|
    kept << send(name, list, k + 1) << send(name, floats, k + 1)
  end
  chain(list, k)
end
20.times do |k|
  %i[first_of rest_of turned sorted once whole].each do |name|
    one, two = kept.shift, kept.shift
    p [name, k] unless one == send(name, list, k + 1) && two == send(name, floats, k + 1)
  end
end
p kept # => []

# A block that something else may look into: its Arrays stay as long as they can be seen.
def seen(list)
  made = list.map { |x| x + 1 }
  total = made.sum { |x| x & 3 }
  [total, binding]
end
results = Array.new(5) { seen(list) }
500.times { |k| chain(list, k) } # takes what was given back
p results.map { |total, seen| [total, seen.local_variable_get(:made).sum] }.uniq # => [[15000, 50005000]]

def raising(list)
  made = nil
  list.map { |x| x * 2 }.tap { |all| made = all }.select { |x| raise IndexError, "at #{x}" if x > 19_000 }
rescue IndexError => e
  [e.message, made.sum]
end
5.times { raising(list) }
p raising(list) # => ["at 19002", 99990000]

# What a round makes and the next one looks at comes around the loop.
def carried(list, rounds)
  before = nil
  sum = i = 0
  while i < rounds
    now = list.map { |x| x + i }
    sum += before[5] if before
    before = now
    i += 1
  end
  sum
end
p carried(list, 300) # => 46046
