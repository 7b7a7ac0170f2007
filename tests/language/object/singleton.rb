# SPDX-License-Identifier: MIT
# Methods of one object: def, extend, define_singleton_method, singleton_class.
module Loud
  def shout = "#{self}!"
end

text = +"hi"
text.extend(Loud)
puts text.shout # => hi!
def text.twice = self * 2
puts text.twice # => hihi
text.define_singleton_method(:size_is) { |n| size == n }
puts text.size_is(2) # => true
p text.singleton_methods.sort # => [:shout, :size_is, :twice]
p text.singleton_methods(false).sort # => [:size_is, :twice]
p text.singleton_class.include?(Loud) # => true
p nil.singleton_class # => NilClass
p text.is_a?(Loud), text.instance_of?(String) # => true
# => true
