# SPDX-License-Identifier: MIT
# times, upto, downto, step and their enumerators.
p(3.times.to_a) # => [0, 1, 2]
p(3.times { |i| i }) # => 3
p((0.times { |i| raise "called" })) # => 0
p(1.upto(4).to_a) # => [1, 2, 3, 4]
p(4.downto(1).to_a) # => [4, 3, 2, 1]
p(1.upto(0).to_a) # => []
p(1.upto(3.5).to_a) # => [1, 2, 3]
p(1.upto(3).size) # => 3
p(3.times.size) # => 3
p(1.step(10, 4).to_a) # => [1, 5, 9]
p(10.step(1, -3).to_a) # => [10, 7, 4, 1]
p(1.step(by: 2, to: 7).to_a) # => [1, 3, 5, 7]
p(1.step(by: -1).first(3)) # => [1, 0, -1]
p(1.step(10, 4)) # => (1.step(10, 4))
p(1.step(by: 2, to: 5)) # => (1.step(by: 2, to: 5))
p(1.step(2, 0.5).to_a) # => [1.0, 1.5, 2.0]
p(1.0.step(2.0, 0.1).size) # => 11
p(1.step(3).size) # => 3
p((1.step(10, 3) { |x| x })) # => 1
total = 0
1.step(10, 3) { |x| total += x }
p(total) # => 22
sum = 0
5.times { |i| sum += i }
p(sum) # => 10
found = 10.times { |i| break i * 2 if i == 4 }
p(found) # => 8
