# SPDX-License-Identifier: MIT
# What random programs printed otherwise than under Ruby.
def attempt
  yield
rescue StandardError => error
  puts "#{error.class}: #{error.message}"
end

# Methods of a prepended module are no methods of the class itself.
module Extra
  def foo = [:extra, super()]
  def bar = :bar
end
class Base
  def foo = 1
end
class Prepended < Base
  prepend Extra
  p instance_methods(false), private_instance_methods(false) # => []
  # => []
  def own = 1
  p instance_methods(false) # => [:own]
end
module Above
  prepend Extra
  begin
    public :bar
  rescue NameError => error
    puts error.class # => NameError
  end
  def bar = 2
  private :bar
  p private_instance_methods(false), instance_method(:bar).owner # => [:bar]
  # => Extra
end

# Proc#<< makes a lambda of what is called first, if that is one.
strict = ->(x) { x }
loose = proc { |x| x }
p (strict << loose).lambda?, (loose << strict).lambda?, (loose << 1.method(:+)).lambda? # => false
# => true
# => true

# Ranges with an open end are flip-flops in conditions, too.
turned = true
p((1 if (..turned)), (2 if (turned..)), (3 if (turned...)), (4 unless (...turned))) # => nil
# => 2
# => 3
# => 4

attempt { UncaughtThrowError.new("x") }
# => ArgumentError: wrong number of arguments (given 1, expected 2+)
p [].zip(nil), [].zip(3) { } # => []
# => nil
attempt { [][-1] = 1 } # => IndexError: index -1 too small for array; minimum: 0
attempt { [][-2, 1] = 1 } # => IndexError: index -2 too small for array; minimum: 0
attempt { 1.step(9, []) { } } # => TypeError: 0 can't be coerced into Array

# An attribute of a negative number among several targets.
class Integer
  def place=(value)
    p [self, value]
  end
end
a, -12.place, *-3.place = 1, 2, 3 # => [-12, 2]
# => [-3, [3]]

# What cannot change because an object is frozen.
class Named
  def inspect = "named"
end
object = Named.new.freeze
attempt { def object.single = 1 } # => FrozenError: can't modify frozen Named: named
attempt { object.extend(Extra) } # => FrozenError: can't modify frozen Named: named
attempt { Base.freeze.attr_reader :x } # => FrozenError: can't modify frozen Class: Base
attempt { def Base.x = 1 } # => FrozenError: can't modify frozen Class: Base
attempt { Above.freeze.include(Extra) } # => FrozenError: can't modify frozen Module: Above
