# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=3 --jit-optimize=50 --jit-log
# stderr: optimized
# Loops that append keep room and buffer of the Array in registers: those that grow it, change how
# it keeps its elements, find it shared, or append to it in more than one place.
def grow(n)
  list = []
  i = 0
  while i < n
    list << i * 3
    i += 1
  end
  [list.length, list[0], list[n / 2], list[-1]]
end
3.times { p grow(100_000) }
# => [100000, 0, 150000, 299997]
# => [100000, 0, 150000, 299997]
# => [100000, 0, 150000, 299997]

def change(list, values)
  values.each { |x| list << x }
  list
end
integers = Array.new(500) { |i| i }
floats = integers.map { |i| i * 0.5 }
5.times { change([], integers) }
p change([], floats).sum
# => 62375.0
p change(change([1, 2], floats), [nil, "s"]).last(3)
# => [249.5, nil, "s"]
p change(change([], floats), integers).values_at(499, 500, 999)
# => [249.5, 0, 499]

def extend_copy(list)
  copy = list.dup
  i = 0
  while i < 300
    copy << i
    i += 1
  end
  [list.length, copy.length, copy[99], copy[100], copy[-1]]
end
10.times { extend_copy(Array.new(100, 7)) }
shared = Array.new(100, 7)
p extend_copy(shared), shared.sum
# => [100, 400, 7, 0, 299]
# => 700

def keep_copies(n)
  list = []
  kept = []
  i = 0
  while i < n
    list << i
    kept << list.dup if i % 100 == 50
    i += 1
  end
  [list.sum, kept.map { |k| [k.length, k.sum] }]
end
5.times { keep_copies(300) }
p keep_copies(300)
# => [44850, [[51, 1275], [151, 11325], [251, 31375]]]

def nested(n)
  list = []
  other = []
  n.times do |i|
    i.times { |j| list << i * j }
    other << list.length
  end
  [list.length, list.sum, other.last]
end
5.times { nested(40) }
p nested(100)
# => [4950, 12087075, 4950]

def two_names(a, b, n)
  i = 0
  while i < n
    a << i
    b << -i
    i += 1
  end
  a.length
end
5.times { two_names([], [], 300) }
one = []
p two_names(one, one, 300), one[0, 6], one.sum
# => 600
# => [0, 0, 1, -1, 2, -2]
# => 0

# Whether it is an Array is asked only in rounds that append.
def append_large(list, n, least)
  i = 0
  while i < n
    list << i if i >= least
    i += 1
  end
  list
end
10.times { append_large([], 300, 100) }
p append_large([], 300, 298)
# => [298, 299]
p append_large(nil, 300, 300), append_large(1, 300, 300), append_large(0.5, 300, 300)
# => nil
# => 1
# => 0.5
p append_large("", 99, 97), append_large(Class.new(Array).new, 300, 299)
# => "ab"
# => [299]
begin
  append_large(nil, 300, 150)
rescue NoMethodError => e
  puts e.message
end
# => undefined method '<<' for nil
begin
  append_large([].freeze, 300, 150)
rescue FrozenError => e
  puts e.message
end
# => can't modify frozen Array: []

# What is gone over stays where it is unless it is what is appended to, and only a guard in front of
# the loop says so.
def append_over(from, to, most)
  from.each do |x|
    break if to.length >= most
    to << x + 1
  end
  to
end
10.times { append_over(integers, [], 400) }
p append_over(integers, [], 400).sum
# => 80200
one = [1, 2, 3]
p append_over(one, one, 10), one.length
# => [1, 2, 3, 2, 3, 4, 3, 4, 5, 4]
# => 10
shared = integers.dup
p append_over(shared, shared.dup, 600).values_at(499, 500, 599), shared.length
# => [499, 1, 100]
# => 500
p append_over(shared, shared, 1200).values_at(499, 500, 1000, 1199), shared.length
# => [499, 1, 2, 201]
# => 1200
