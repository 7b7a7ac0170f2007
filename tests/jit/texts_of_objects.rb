# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-calls=100000 --jit-log --dump=ir
# stderr-count: 0 is not compiled
# stderr-count: 0 by the protocol
# stderr: call.guest
# "#{v}" calls a to_s of the program's, and Strings are compared, without leaving machine code.
class Point
  def initialize(x) = @x = x
  def to_s = "at #{@x}"
end

class Number
  def to_s = 12
end

ALL = [Point.new(1), Number.new, "text", "frozen".freeze, :symbol, nil, 3, 1.5, [1], 2**70]

def texts(rounds)
  point = Point.new(20)
  size = i = 0
  while i < rounds
    size += "<#{point}>".size + "#{ALL[i % 10]}".size
    i += 1
  end
  size
end
p texts(500) # => 7350

def order(rounds)
  words = ["b", "abc", "c".freeze]
  sum = i = 0
  while i < rounds
    a = words[i % 3]
    sum += (a < "b" ? 1 : 0) + (a <= "b" ? 2 : 0) + (a > "b" ? 4 : 0) + (a >= "b" ? 8 : 0)
    sum += (a <=> "b") * 16 + (a.between?("a", "bb") ? 32 : 0)
    i += 1
  end
  sum
end
p order(600) # => 17800
