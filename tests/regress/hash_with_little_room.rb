# SPDX-License-Identifier: MIT
# A table that was given room for fewer than four entries grows when they are used.
(0..5).each do |room|
  list = (1..room).to_a
  union = list | (1..50).to_a
  raise "#{room}" unless union == (1..50).to_a
  table = Hash.new(capacity: room)
  40.times { |n| table[n] = n }
  5.times { |n| table.delete(n) }
  40.times { |n| table[n] = n }
  raise "#{room}" unless table.size == 40 && table.keys.sort == (0...40).to_a
end
p ([1] | [2, 3, 4, 5, 6]).size, ([[1, 2]] | [[3], [4], [5]]).uniq.size
# => 6
# => 4

# What lies behind a small table is another one: all of them keep what they hold.
tables = (0...20_000).map do
  table = Hash.new(capacity: 1)
  5.times { |n| table[n] = n }
  table
end
GC.start
p tables.all? { |table| table.keys == [0, 1, 2, 3, 4] && table[4] == 4 } # => true
