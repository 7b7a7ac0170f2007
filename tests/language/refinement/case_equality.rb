# `when`, `in` and `rescue` find === through the refinements of their place.
module Lenient
  refine Integer do
    def ===(other) = other.to_s == to_s
  end
  refine Class do
    def ===(other) = equal?(KeyError) || super
  end
end

def plain(value)
  case value
  when 3 then "three"
  else "other"
  end
end

using Lenient

def lenient(value)
  case value
  when 3 then "three"
  when *[4, 5] then "more"
  else "other"
  end
end

puts plain("3") # => other
puts lenient("3"), lenient("5"), lenient(6)
# => three
# => more
# => other
case ["7", 8]
in [7, x] then puts x # => 8
end
puts((1 in 2)) # => false
begin
  raise "any"
rescue KeyError
  puts "refined" # => refined
end
