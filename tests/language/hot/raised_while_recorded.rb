# SPDX-License-Identifier: MIT
# A method that is recorded raises through machine code: the frame of another one then lies where
# its own did.
def risky(n) = n % 7 == 0 ? raise("seven") : n
n = 0
90.times do |i|
  n += risky(i)
rescue RuntimeError
  n -= 1
end
p n # => 3446
