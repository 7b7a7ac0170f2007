# SPDX-License-Identifier: MIT
# A method raises through the machine code of its caller, while it is recorded itself.
def risky(n) = n % 7 == 0 ? raise("seven") : n
n = 0
90.times do |i|
  n += risky(i)
rescue RuntimeError
  n -= 1
end
p n # => 3446
