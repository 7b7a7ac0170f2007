# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=50 --jit-log --dump=ir
# stderr: loop at line 33: compiled
# stderr-count: 0 call.send
# break and return out of blocks of the library's iterators that have ensure clauses: these are built
# where they are left, and a Hash that is left in the middle may get new keys.
def first_over(table, limit)
  table.each { |key, value| return key if value > limit }
  nil
end

def any_over(table, limit) = table.any? { |_, value| value > limit }

def count_to(table, key)
  count = 0
  table.each_pair do |name, _|
    break if name == key
    count += 1
  end
  count
end

def nested(table)
  table.each do |key, value|
    table.each { |other, _| return [key, other] if other == :c && value > 1 }
  end
end

def rounds(table, n)
  i = total = 0
  found = nil
  while i < n
    found = first_over(table, i & 3)
    total += count_to(table, :c) + (any_over(table, 2) ? 10 : 0)
    found = nested(table) if i % 10 == 0
    table[:"k#{i & 7}"] = 0
    i += 1
  end
  [found, total, table.size]
end
p rounds({ a: 1, b: 2, c: 3 }, 600) # => [nil, 7200, 11]
