# SPDX-License-Identifier: MIT
# class_eval, class_exec, instance_eval, instance_exec, Module.new, names.
class Plain; end
Plain.class_eval { def one = 1 }
Plain.class_eval("def two = 2")
Plain.class_exec(3) { |n| define_method(:three) { n } }
p Plain.new.one, Plain.new.two, Plain.new.three # => 1
# => 2
# => 3
Plain.instance_eval { def made = :by_class }
p Plain.made # => :by_class
p "abc".instance_eval { size }, "abc".instance_exec(2) { |n| size * n } # => 3
# => 6
mod = Module.new { def hi = :hi }
p mod.name, mod.to_s.match?(/\A#<Module:0x\h+>\z/) # => nil
# => true
p mod.set_temporary_name("fake<name>") # => fake<name>
Named = mod
p mod, mod.name # => Named
# => "Named"
p Plain.singleton_class, Plain.singleton_class? # => #<Class:Plain>
# => false
p "x".instance_eval { __method__.inspect } # => "nil"
