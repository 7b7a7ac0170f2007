# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-log --dump=ir
# stderr: jit: loop at line 21: compiled
# stderr: for line 31: compiled
# stderr-count: 0 call.send
# stderr-count: 5 returned
# A method of C that may call the program's methods is called at its address: the frames are seen
# while it runs, as in a call of a method of the language.
class Key
  attr_reader :n

  def initialize(n) = @n = n
  def ==(other) = n == other.n
end

LIST = [Key.new(1), Key.new(2)].freeze

def index_of(n)
  i = sum = 0
  while i < n
    sum += 1 if LIST.include?(Key.new(i & 3))
    sum += 1 if [i, 5] == [7, 5]
    i += 1
  end
  sum
end
p index_of(400) # => 201

def joined(n)
  length = 0
  n.times do |i|
    length += ([i] + [2]).join("-").size
    length += 1 if (1..3).include?(i)
  end
  length
end
p joined(400) # => 1893
