# Literal receivers that nobody can get hold of are made once; what is seen stays the same.
def member(x) = [1, :two, nil, 3.5, true].include?(x)
def formatted(x) = "<%d>" % x
def doubled = [1, 2, 3].map { |x| x * 2 }
def picked(i) = [10, 20, 30][i]
def sorted = [3, 1, 2].sort
def named(x)
  case x
  when "one" then 1
  when "two", :two then 2
  else 0
  end
end
2.times do
  p [1, :two, nil, 3.5, true, "x", 2].map { |x| member(x) }
  p formatted(7), doubled, picked(1), picked(-1), picked(0..1), picked(9), sorted
  p %w[one two three].map { |x| named(x) }, named(:two), named(nil)
end
# => [true, true, true, true, true, false, false]
# => "<7>"
# => [2, 4, 6]
# => 20
# => 30
# => [10, 20]
# => nil
# => [1, 2, 3]
# => [1, 2, 0]
# => 2
# => 0
# => [true, true, true, true, true, false, false]
# => "<7>"
# => [2, 4, 6]
# => 20
# => 30
# => [10, 20]
# => nil
# => [1, 2, 3]
# => [1, 2, 0]
# => 2
# => 0

# Results belong to the caller.
first = sorted
first << :mine
slice = picked(0..1)
slice << :mine
p sorted, picked(0..1) # => [1, 2, 3]
# => [10, 20]
p [1, 2].reverse.push(3), "a-b".split("-").push("c"), "ab".center(4).concat("!") # => [2, 1, 3]
# => ["a", "b", "c"]
# => " ab !"

# Without a block an Enumerator keeps the receiver.
def walk = [1, 2].map
p walk.next, walk.with_index.to_a # => 1
# => [[1, 0], [2, 1]]

# Methods of the program see a receiver of their own.
class Array
  alias plain_include include?
  def include?(x)
    push(:changed)
    size
  end
  def sort = self
end
p member(1), member(1), sorted.push(4), sorted # => 6
# => 6
# => [3, 1, 2, 4]
# => [3, 1, 2]
class String
  def %(x) = frozen? ? :frozen : concat("!")
  def ===(other) = self == "one" && other == "two"
end
p formatted(1), formatted(1), named("two"), named("one") # => "<%d>!"
# => "<%d>!"
# => 1
# => 0
class Array
  alias include? plain_include
end
p member(1), member(2) # => true
# => false

module Other
  refine Array do
    def max = push(9)
  end
end
def plain_max = [1, 2].max
using Other
def refined_max = [1, 2].max
p plain_max, refined_max, refined_max, plain_max # => 2
# => [1, 2, 9]
# => [1, 2, 9]
# => 2
