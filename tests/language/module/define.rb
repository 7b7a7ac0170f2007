# SPDX-License-Identifier: MIT
# define_method, attr_*, alias_method, remove_method, undef_method and their hooks.
class Thing
  def self.method_added(name) = (@added ||= []) << name

  def self.added = @added

  p attr_accessor(:a, :b) # => [:a, :a=, :b, :b=]
  p define_method(:sum) { |n = 1, *rest, k: 2| n + rest.sum + k } # => :sum
  p alias_method(:total, :sum) # => :total
  define_method(:again, instance_method(:sum))

  def gone = 1

  def hidden = 1
  remove_method :gone
  undef_method :hidden
end

t = Thing.new
p t.sum, t.total(1, 2, 3, k: 4), t.again(5) # => 3
# => 10
# => 7
p Thing.added # => [:a, :a=, :b, :b=, :sum, :total, :again, :gone, :hidden]
p t.method(:total).name, t.method(:total).original_name # => :total
# => :sum
p Thing.method_defined?(:gone), Thing.undefined_instance_methods # => false
# => [:hidden]
begin
  Thing.send(:remove_method, :nothing)
rescue NameError => e
  puts e.message # => method 'nothing' not defined in Thing
end
Thing.send(:undef_method, :nothing) # raises NameError: undefined method 'nothing' for class 'Thing'
