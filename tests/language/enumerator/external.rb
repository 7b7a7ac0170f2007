# SPDX-License-Identifier: MIT
# External enumeration of Arrays and Ranges, which needs no Fiber, is as that of anything else.
list = [1, [2, 3], nil]
e = list.each
p e.next, e.peek, e.next_values, e.next # => 1
# => [2, 3]
# => [[2, 3]]
# => nil
p (begin; e.next; rescue StopIteration => stop; [stop.message, stop.result.equal?(list)]; end)
# => ["iteration reached an end", true]
p (begin; e.peek; rescue StopIteration => stop; stop.result; end) # => [1, [2, 3], nil]
e.rewind
p e.peek_values, e.peek_values, e.next # => [1]
# => [1]
# => 1

# The list may change meanwhile.
list = [1, 2, 3]
e = list.each
e.next
list.concat([4, 5])
list.shift
p e.next, e.next, e.next # => 3
# => 4
# => 5
list.clear
p (begin; e.next; rescue StopIteration; :end; end) # => :end
list << 6
p (begin; e.next; rescue StopIteration; :end; end) # => :end
p e.rewind.next # => 6

# Ranges
def ending(e) = (begin; e.next; rescue StopIteration => stop; stop.result; end)
p (1..3).each.then { |r| [r.next, r.next, r.next, ending(r)] } # => [1, 2, 3, 1..3]
p (1...3).each.then { |r| [r.next, r.next, ending(r)] } # => [1, 2, 1...3]
p (5..).each.then { |r| [r.next, r.next, r.peek] } # => [5, 6, 7]
p ((1 << 62) - 1..).each.then { |r| [r.next, r.next] } # => [4611686018427387903, 4611686018427387904]
p ("a".."c").each.then { |r| [r.next, r.next] } # => ["a", "b"]
p (1..2.5).each.then { |r| [r.next, r.next, ending(r)] } # => [1, 2, 1..2.5]
p (begin; (1.5..2).each.next; rescue TypeError => x; x.message; end) # => "can't iterate from Float"
p (begin; (..2).each.next; rescue TypeError => x; x.message; end) # => "can't iterate from NilClass"
p (3..1).each.then { |r| (begin; r.next; rescue StopIteration; :none; end) } # => :none

# An enumeration under way cannot be copied.
e = [1, 2].each
p e.dup.next # => 1
e.next
p (begin; e.dup; rescue TypeError => x; x.message; end) # => "can't copy execution context"

# What is fed is not looked at, but can be fed once for an element.
e = [1, 2, 3].each
e.next
e.feed :a
p (begin; e.feed(:b); rescue TypeError => x; x.message; end) # => "feed value already set"
e.next
e.feed :c
p e.next # => 3

# loop ends with it, and gives its result.
e = (1..4).each
sum = 0
p loop { sum += e.next }, sum # => 1..4
# => 10

# Two of one list, a subclass, what has an `each` of its own.
a, b = [1, 2].each, [1, 2].each
p a.next, b.next, a.next # => 1
# => 1
# => 2
class Row < Array; end
p Row[7, 8].each.next # => 7
own = [1, 2]
def own.each = block_given? ? yield(:own) : to_enum(:each)
p own.each.next # => :own
class Odd < Array
  def each
    return to_enum(:each) unless block_given?
    super { |x| yield x if x.odd? }
  end
end
p Odd[2, 3, 4, 5].each.then { |o| [o.next, o.next] } # => [3, 5]
class Mine < Enumerator
  def each = block_given? ? super { |x| yield x * 10 } : super
end
p Mine.new { |y| y << 1 << 2 }.then { |m| [m.next, m.next] } # => [10, 20]

# One that has begun goes on as it was when Array#each changes.
e = [1, 2, 3].each
e.next
class Array
  alias each_before each
  def each(&b) = b ? each_before { |x| yield x.to_s } : to_enum(:each)
end
p e.next, [4, 5].each.next # => 2
# => "4"
class Array
  alias each each_before
end
p [4, 5].each.next # => 4

# With zip and with_index.
p [1, 2].zip((5..).each), (1..3).each.with_index(1).next # => [[1, 5], [2, 6]]
# => [1, 1]
