# What a program makes of Array#[] and []= does not change what the library does, also to self.
class Array
  alias at_index []
  def [](*at) = [:at, at_index(*at)]
  def []=(*)
    raise "stored"
  end
end
p [1, 2][0] # => [:at, 1]
p ->(a, b) { a + b }.curry.call(1).call(2) # => 3
p [1, 2].map { |x| x + 1 } # => [2, 3]
p [[1, 2]].map { |x| x.first } # => [1]
p [1, 2].product([3]) # => [[1, 3], [2, 3]]
p({ a: 1 }.update({ b: 2 })) # => {a: 1, b: 2}
p [3, 1, 2].sort_by { |x| -x } # => [3, 2, 1]
p [1, 2, 3].combination(2).to_a # => [[1, 2], [1, 3], [2, 3]]
