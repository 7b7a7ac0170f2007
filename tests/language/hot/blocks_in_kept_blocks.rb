# SPDX-License-Identifier: MIT
# A literal block that becomes a Proc has blocks itself; operators and methods by `send`.
def twice(&block) = block.call(1) + block.call(2)
def nested(n)
  sum = i = 0
  while i < n
    sum += twice { |x| [x, i].sum { |y| y + x } }
    sum += i.send(:&, 3)
    sum += 1 if i.send(:<, 20)
    sum += 1 if (i * 0.5).nan?
    sum += i ** 2 + i ** 3
    i += 1
  end
  sum
end
p nested(300) # => 2020570420
p ((0.0 / 0.0).nan?) # => true
