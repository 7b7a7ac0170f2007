# What may stand between `for` and `in`, and behind it.
sum = 0
for i in 1..3
  sum += i
end
puts sum                              # => 6
box = Struct.new(:value).new
for box&.value in [1, 2]
end
puts box.value                        # => 2
none = nil
for none&.value in [1, 2]
end
for a, in [[1, 2], [3, 4]]
  puts a
end
# => 1
# => 3
