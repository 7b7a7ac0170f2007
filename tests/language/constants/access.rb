# SPDX-License-Identifier: MIT
# const_get with paths, const_set, const_missing, private_constant, constants.
module Outer
  A = 1
  class Inner
    B = 2
  end
  HIDDEN = 3
  private_constant :HIDDEN

  def self.peek = HIDDEN
end

p Object.const_get("Outer::Inner::B"), Outer.const_get(:A) # => 2
# => 1
p Outer.constants.sort, Outer.peek # => [:A, :Inner]
# => 3
p Outer.const_defined?(:String), Outer.const_defined?(:String, false) # => true
# => false
p Outer.const_set(:C, 4), Outer::C # => 4
# => 4
p Outer.send(:remove_const, :C), Outer.const_defined?(:C) # => 4
# => false
begin
  Outer::HIDDEN
rescue NameError => e
  puts e.message # => private constant Outer::HIDDEN referenced
end
def Outer.const_missing(name) = "no #{name}"
p Outer::Nothing, Outer::HIDDEN # => "no Nothing"
# => "no HIDDEN"
begin
  Outer.const_get(:lower)
rescue NameError => e
  puts e.message # => wrong constant name lower
end
p Module.nesting # => []
module Outer
  class Inner
    p Module.nesting # => [Outer::Inner, Outer]
  end
end
Outer::Inner::Missing # raises NameError: uninitialized constant Outer::Inner::Missing
