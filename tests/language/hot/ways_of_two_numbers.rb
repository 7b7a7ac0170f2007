# SPDX-License-Identifier: MIT
# A method of Integer and Float is built for each: what was seen in it of one cannot be for the
# other.
class Numeric
  def low = $whole ? self & 1 : 0
  def checked
    return 0 unless $whole
    raise IOError, "whole"
  end
end
class Object
  def marked = $none ? only : 2
end
class NilClass
  def only = 7
end

def numbers(list, n)
  sum = 0
  n.times do |i|
    $whole = i.even?
    sum += yield(list[i & 3])
  end
  sum
end
list = [1, 2.5, 3, 4.5]
p numbers(list, 400) { |x| x.low } # => 200
checked = numbers(list, 400) do |x|
  x.checked
rescue IOError => e
  e.message.size
end
p checked # => 1000

def none(list, n)
  sum = 0
  n.times do |i|
    $none = i.even?
    sum += list[i & 1].marked
  end
  sum
end
p none([nil, 4], 400) # => 1800
$whole = true
p (2.5.low rescue $!.class) # => NoMethodError
