# SPDX-License-Identifier: MIT
# What is alive keeps its class alive: instances, copies, subclasses, those that have a module.
# What is alive keeps its class, through collections and many other classes.
keep = Array.new(6) do |i|
  k = Class.new { define_method(:number) { i }; attr_accessor :x }
  o = k.new
  o.x = i if i.odd?
  o.singleton_class.define_method(:own) { number + 1000 } if i % 3 == 0
  o.freeze if i % 5 == 0
  [o, k.new.dup, Class.new(k).new.clone, k.allocate, Class.new(Array) { define_method(:n) { i } }.new]
end
40.times { Class.new.new; Object.new.extend(Enumerable) }
GC.start
40.times { Class.new { def other = 1 }.new.other }
sum = 0
keep.each_with_index do |(a, b, c, d, e), i|
  [a, b, c, d].each { |o| raise unless o.number == i }
  raise unless e.n == i && a.x == (i.odd? ? i : nil)
  raise unless i % 3 != 0 || a.own == i + 1000
  raise unless a.frozen? == (i % 5 == 0)
  raise unless c.class.superclass == a.class && a.class.subclasses == [c.class]
  raise unless a.instance_variables == (i.odd? ? [:@x] : []) && Marshal.load(Marshal.dump(i)) == i
  sum += a.number
end
p sum # => 15

# A class that gets a name lives on without instances.
name_me = Class.new { def hi = "hi" }
old = name_me.new
Named = name_me
name_me = nil
20.times { Class.new }
GC.start
p Named.new.hi, old.hi, Named.new.instance_variables, old.dup.hi, old.class
# => "hi"
# => "hi"
# => []
# => "hi"
# => Named

# Modules know those that have them, as long as they live.
mod = Module.new
20.times { Class.new { include mod }; Object.new.extend(mod) }
GC.start
user = Object.new.extend(mod)
mod.define_method(:late) { :late }
p user.late # => :late
mod.include(Module.new { def later = :later })
p user.later # => :later

# The variable that keeps the class alive is nobody else's.
begin
  old.instance_variable_set("__class", 1)
rescue NameError => e
  puts e.class # => NameError
end
