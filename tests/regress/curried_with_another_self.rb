# SPDX-License-Identifier: MIT
# What curry gives is a block that may run with another self.
add = ->(a, b, c) { a + b + c }
p "self".instance_exec(3, &add.curry.call(1, 2)) # => 6
p 1.instance_exec(2, &add.curry).call(3).call(4) # => 9
p nil.instance_exec(5, 6, &proc { |a, b| [a, b] }.curry) # => [5, 6]
