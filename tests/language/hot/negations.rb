# SPDX-License-Identifier: MIT
# ! of values of every kind.
def nots(list)
  n = 0
  list.each { |x| n += 1 if !x }
  n
end
p nots([1, 2, nil, 3] * 40), nots([1.5, 2, 3] * 40), nots(["a", nil, :b] * 40)
x = 5
i = n = 0
while i < 100
  n += 1 unless !i
  i += 1
end
p n
