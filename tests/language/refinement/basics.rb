# SPDX-License-Identifier: MIT
# refine and using: seen in the file behind `using`, super, import_methods, reflection.
module Shouting
  refine String do
    def shout = upcase + "!"

    def to_s = "refined " + super
  end

  refine Integer do
    def double = self * 2
  end
end

begin
  "a".shout
rescue NoMethodError => e
  puts e.message # => undefined method 'shout' for an instance of String
end
using Shouting
p "a".shout, 4.double, "x".to_s # => "A!"
# => 8
# => "refined x"
p %w[b c].map(&:shout), "d".send(:shout) # => ["B!", "C!"]
# => "D!"
p Shouting.refinements.map(&:target) # => [String, Integer]
p Shouting.refinements[0] # => #<refinement:String@Shouting>
p Module.used_modules # => [Shouting]

module Extra
  def extra = "extra " + self
end
module Importing
  refine(String) { import_methods Extra }
end
using Importing
p "e".extra # => "extra e"
