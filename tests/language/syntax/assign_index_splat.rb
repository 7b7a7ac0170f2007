# The list that is splatted into an index stays as it is when something is assigned there.
index = [0]
list = [1, 2]
list[*index] = 5
p index # => [0]
p list # => [5, 2]
list[*index] += 1
p index # => [0]
p list # => [6, 2]
