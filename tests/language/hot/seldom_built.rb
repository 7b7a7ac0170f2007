# SPDX-License-Identifier: MIT
# What hot loops seldom do: Ranges of Symbols, calls that meet a class which has undefined the method,
# raise of an object that makes the exception.
def symbol_ranges(first, last, n)
  r = nil
  i = 0
  while i < n
    r = (first..last)
    i += 1
  end
  r
end
p symbol_ranges(:a, :c, 60) # => :a..:c
p symbol_ranges(:a, :c, 60).to_a # => [:a, :b, :c]

KINDS = Array.new(24) { |i| Class.new { define_method(:go) { i } } }
KINDS[7].undef_method(:go)
def visit(list, n)
  sum = missing = 0
  i = 0
  while i < n
    begin
      sum += list[i % list.size].go
    rescue NoMethodError
      missing += 1
    end
    i += 1
  end
  [sum, missing]
end
p visit(KINDS.map(&:new), 240) # => [2690, 10]
p visit(KINDS.first(7).map(&:new), 70) # => [210, 0]
p visit(KINDS.map(&:new), 480) # => [5380, 20]

class Maker
  def self.exception(text = "made") = ArgumentError.new(text)
end
def makers(n)
  caught = []
  i = 0
  while i < n
    begin
      raise Maker if i.even?
      raise Maker, "by #{i}"
    rescue ArgumentError => e
      caught << e.message
    end
    i += 1
  end
  caught.last(2)
end
p makers(60) # => ["made", "by 59"]
