# SPDX-License-Identifier: MIT
# What blocks of instance_eval define goes to the singleton class, which is made when it is needed.
o = Object.new
o.instance_eval do
  def a = :a
  alias b a
  [1].each { def in_block = :in_block }
  -> { def in_lambda = self.class }.call
end
p o.a, o.b, o.in_block, o.in_lambda, o.singleton_methods.sort
x = Object.new
x.instance_exec(5) { |n| @n = n }
p x.singleton_methods, x.instance_variables
maker = nil
y = Object.new
y.instance_eval { maker = proc { def late = :late } }
maker.call
p y.late
begin
  1.instance_eval { def q = 1 }
rescue TypeError => e
  p e.class
end
z = Object.new.freeze
z.instance_eval { p frozen? }
begin
  z.instance_eval { def r = 1 }
rescue => e
  p e.class
end
class K
  @@v = :cv
  C = :const
  def self.run(o, &b) = o.instance_eval(&b)
  def go(o) = o.instance_eval { [@@v, C] }
end
p K.new.go(Object.new)
w = Object.new
w.instance_eval { undef to_s }
begin
  w.to_s
rescue NoMethodError => e
  puts e.name
end
k = K.new
k.instance_eval do
  instance_eval { def inner = :inner }
end
p k.inner
def k.old = :old
k.instance_eval { def old = super rescue :new }
p k.old
v = Object.new
v.instance_eval do
  class << self
    def s = :s
    CC = 3
  end
  def hidden = 1
end
p v.s, v.singleton_class.const_get(:CC), v.hidden
g = Object.new
g.instance_eval { Module.nesting.size.then { |n| p n } }
e = Object.new
def e.helper = :helper
e.instance_eval { p helper, binding.receiver.equal?(e) }
e.instance_eval { define_singleton_method(:d) { helper } }
p e.d
K.instance_eval { def cls = :cls }
p K.cls
K.class_eval { def inst = :inst }
p K.new.inst
# => :a
# => :a
# => :in_block
# => Object
# => [:a, :b, :in_block, :in_lambda]
# => []
# => [:@n]
# => :late
# => TypeError
# => true
# => FrozenError
# => [:cv, :const]
# => to_s
# => :inner
# => :new
# => :s
# => 3
# => 1
# => 0
# => :helper
# => true
# => :helper
# => :cls
# => :inst
