# <=> that is an alias of another method of the library is called like any other.
class Integer
  alias born <=>
  alias <=> -
end
p 5.clamp(1, 3), 5.between?(1, 3), [3, 1, 2].sort, [3, 1].max # => 3
# => false
# => [1, 2, 3]
# => 3
class Integer
  alias <=> ===
end
p((5.clamp(1, 3) rescue $!.class), ([3, 1, 2].sort rescue $!.class)) # => NoMethodError
# => NoMethodError
class Integer
  alias <=> born
end
p 5.clamp(1, 3), [3, 1, 2].sort                 # => 3
# => [1, 2, 3]
