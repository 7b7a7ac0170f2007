# SPDX-License-Identifier: MIT
# Method objects of several methods take turns at one call.
public def double(x) = x * 2
public def triple(x) = x * 3
def add(x, y = 1) = x + y
list = [method(:double), method(:triple), method(:add)]
sum = 0
300.times { |i| sum += list[i % 3].call(i) }
p sum
def each_of(m, x) = m.(x)
sum = 0
i = 0
while i < 300
  sum += each_of(list[i % 2], i)
  i += 1
end
p sum
list << ->(x) { x - 1 } << proc { |x| x - 2 }
sum = 0
500.times { |i| sum += list[i % 5].call(i) }
p sum
sum = 0
500.times { |i| sum += list[i % 2 * 3].call(i) }
p sum
def named(name, x) = public_send(name, x)
sum = 0
500.times { |i| sum += i.even? ? named(:double, i) : list[i % 5].call(i) }
p sum
