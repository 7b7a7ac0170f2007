# SPDX-License-Identifier: MIT
# Proc#call that a program redefines while a hot loop calls a lambda.
def sum(n)
  total = 0
  i = 0
  double = ->(x) { x * 2 }
  while i < n
    total += double.call(i)
    Proc.class_eval { def call(*all) = all.sum + 1000 } if i == 50
    i += 1
  end
  total
end
p sum(100) # => 55225
