# SPDX-License-Identifier: MIT
# flags: --jit=sync --jit-threshold=100 --jit-calls=100000 --jit-log
# stderr-count: 0 is not compiled
# Constants of a scope are constants of the code until one of their name is set; class variables are
# those of the class that the text stands in.
module Sizes
  WIDTH = 3
  module Inner
    WIDTH = 4
  end
end
WIDTH = 1

class Counter
  @@count = 0

  def self.loops(rounds, scope)
    i = 0
    while i < rounds
      @@count += Sizes::WIDTH + Sizes::Inner::WIDTH + ::WIDTH + scope::WIDTH
      i += 1
    end
    @@count
  end
end

p Counter.loops(300, Sizes) # => 3300
p Counter.loops(10, Sizes::Inner) # => 3420
Sizes.send(:remove_const, :WIDTH)
Sizes::WIDTH = 100
p Counter.loops(300, Sizes) # => 64920
begin
  Counter.loops(10, 5)
rescue TypeError => e
  puts e.message # => 5 is not a class/module
end
Sizes.send(:remove_const, :WIDTH)
begin
  Counter.loops(300, Sizes)
rescue NameError => e
  puts e.message # => uninitialized constant Sizes::WIDTH
end
Counter.remove_class_variable(:@@count)
begin
  Counter.loops(300, Sizes::Inner)
rescue NameError => e
  puts e.message, e.backtrace[0][/\d+:in .*/]
end
# => uninitialized class variable @@count in Counter
# => 20:in 'Counter.loops'
Sizes::WIDTH = 3
begin
  Counter.loops(300, Sizes)
rescue NameError => e
  puts e.message # => uninitialized class variable @@count in Counter
end
Counter.class_variable_set(:@@count, 0)
Counter.freeze
begin
  Counter.loops(300, Sizes)
rescue FrozenError => e
  puts e.class # => FrozenError
end
