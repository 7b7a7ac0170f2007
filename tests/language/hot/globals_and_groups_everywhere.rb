# SPDX-License-Identifier: MIT
# Places that machine code meets seldom: hooked globals, groups of a match in the frame around, blocks
# that are methods, exceptions that are not plain.
trace_var(:$traced, proc { |value| $seen = value })
alias $other_name $traced
def store(n)
  n.times { |i| $traced = i }
  [$seen, $other_name]
end
p store(300)                                    # => [299, 299]
$, = nil
def store_special(n)
  i = 0
  while i < n
    $; = i.even? ? nil : ","
    i += 1
  end
  $;
end
p store_special(300)                            # => ","
$; = nil

# The loop at the top of a file: its $~ is in the frame.
"key=12" =~ /(\w+)=(\d+)/
sum = 0
300.times { sum += $2.to_i + $~[1].size }
p sum                                           # => 4500

class Made < StandardError
  def self.exception(*values) = new("made of #{values.inspect}")
end
def raises(n)
  i = count = 0
  while i < n
    begin
      raise Made, i
    rescue Made => e
      count += e.message.size
    end
    i += 1
  end
  count
end
p raises(200)                                   # => 2490

# define_method whose body leaves machine code in the middle, and one that is called by other code.
class Shape
  sides = [3, 4]
  define_method(:sides) { |more = 0| more > 250 ? sides.sum.to_s : sides[more & 1] }
  define_method(:total) { |n| i = t = 0; (t += sides[i & 1]; i += 1) while i < n; t }
end
def ask(shape, n)
  i = 0
  last = nil
  while i < n
    last = shape.sides(i)
    i += 1
  end
  last
end
p ask(Shape.new, 300), Shape.new.total(300)     # => "7"
# => 1050

# A jump that is pending in a long ensure clause, in a loop that is hot.
def long_clauses(n)
  seen = []
  i = 0
  while i < n
    i += 1
    begin
      next if i % 3 == 0
      break if i == 290
      seen << i if i > 280
    ensure
      [i].each { |x| seen << -x if x > 285 }
    end
  end
  seen
end
p long_clauses(300)
# => [281, 283, 284, 286, -286, 287, -287, -288, 289, -289, -290]
