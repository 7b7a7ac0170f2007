# SPDX-License-Identifier: MIT
# initialize_copy and its kind are private however they are defined, and helpers of the library
# are listed nowhere.
class Foo
  def copy(other) = self
  alias initialize_copy copy
  alias_method :initialize_dup, :copy
end
p Foo.private_instance_methods(false).sort # => [:initialize_copy, :initialize_dup]

values = ["", [], {}, 1..2, [].each, [].lazy, Time.at(0), proc {}, Random.new(1), /a/, StandardError.new]
p values.flat_map(&:methods).include?(:initialize_copy) # => false
p (values.flat_map(&:methods) & %i[next_or_nil _dump check_curry]) # => []
p values.flat_map(&:private_methods).include?(:initialize_copy) # => true
p [3].dup, Marshal.load(Marshal.dump(Time.at(5))).to_i # => [3]
# => 5
