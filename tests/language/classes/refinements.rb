# Refinements are active from `using` to the end of the file or module body, and only there.
module Shout
  refine String do
    def shout = upcase + "!"
    def twice = shout + shout
  end

  refine Integer do
    def +(other) = "plus"
    def to_s = "number"
  end
end

begin
  "a".shout
rescue NoMethodError => e
  puts e.message # => undefined method 'shout' for an instance of String
end

module Before
  def self.call = "a".respond_to?(:shout)
end

module Inside
  using Shout
  p "a".shout # => "A!"
  p "a".twice # => "A!A!"
  p 1 + 2 # => "plus"
  p ["x"].map(&:shout) # => ["X!"]
  p "q".send(:shout) # => "Q!"
  p "q".respond_to?(:shout) # => true
  p "q".method(:shout).call # => "Q!"
  p "#{5}" # => "number"
end

p Before.call # => false
p 1 + 2 # => 3

module Child
  include Shout
end

using Child
p "late".shout # => "LATE!"
p Module.used_modules # => [Shout]
