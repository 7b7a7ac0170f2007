# SPDX-License-Identifier: MIT
# A for loop with one target takes the first value yielded; with several, all of them.
class Pairs
  def each
    yield 1, 2, 3
    yield 4, 5, 6
  end
end
pairs = Pairs.new

seen = []
for a in pairs do seen << a end
p seen # => [1, 4]

seen = []
for a, b in pairs do seen << [a, b] end
p seen # => [[1, 2], [4, 5]]

seen = []
for a, in pairs do seen << a end
p seen # => [1, 4]

seen = []
for *a in pairs do seen << a end
p seen # => [[1, 2, 3], [4, 5, 6]]

list = []
p defined?(list[0] = 1) # => "method"
p defined?(list.nothing = 1) # => nil
p defined?(list[0] ||= 1) # => "assignment"
