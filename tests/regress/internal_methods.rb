# SPDX-License-Identifier: MIT
# Methods that the library has for itself cannot be called by programs, in no way; a program's own
# may have such names, and aliases of them are the program's.
Thread.new { p 7.remainder(-3) }.join # => 1
calls = [
  -> { Data.__create(1) },
  -> { Data.__send__(:__members) },
  -> { [Data].map(&:__members) },
  -> { [Data, 1].inject(:__create) },
  -> { Struct.public_send(:__init_by_keyword, 1) },
  -> { Random.method(:__pick) },
  -> { File.singleton_class.instance_method(:__open_data) },
]
calls.each do |call|
  call.()
  p :called
rescue NameError => e
  puts e.class
end
# => NoMethodError
# => NoMethodError
# => NoMethodError
# => NoMethodError
# => NoMethodError
# => NameError
# => NameError
p Data.respond_to?(:__create), Thread.respond_to?(:__finished, true), Comparable.instance_methods.grep(/^__/)
# => false
# => false
# => []

class Mine
  def __create = 5
  alias __other __create

  def method_missing(name, *) = [:missing, name]
  def respond_to_missing?(*) = true
end
p Mine.new.__create, Mine.new.send(:__other), [Mine.new].map(&:__create), Mine.new.__zone
# => 5
# => 5
# => [5]
# => [:missing, :__zone]
Point = Data.define(:x)
p Point.new(1), Point.members, Struct.new(:a)[2].to_a, Point.method(:new).call(x: 3)
# => #<data Point x=1>
# => [:x]
# => [2]
# => #<data Point x=3>
