# SPDX-License-Identifier: MIT
# Instance variables, methods and inspect of objects.
class Box
  def initialize
    @a = 1
    @b = "two"
  end

  def open = :open

  protected def prot = 1

  private def priv = 2
end

box = Box.new
p box.instance_variables # => [:@a, :@b]
p box.instance_variable_get(:@a) # => 1
box.instance_variable_set("@c", 3)
p box.instance_variable_defined?(:@c) # => true
p box.remove_instance_variable(:@c) # => 3
puts box.inspect.sub(/0x\h+/, "XX") # => #<Box:XX @a=1, @b="two">
puts Object.new.inspect.match?(/\A#<Object:0x\h{16}>\z/) # => true
p box.public_methods(false) # => [:open]
p box.private_methods(false).include?(:priv) # => true
p box.protected_methods # => [:prot]
p box.respond_to?(:priv), box.respond_to?(:priv, true) # => false
# => true
p box.send(:priv) # => 2
class Box
  private def instance_variables_to_inspect = [:@b]
end
puts box.inspect.sub(/0x\h+/, "XX") # => #<Box:XX @b="two">
box.instance_variable_get("a") # raises NameError: 'a' is not allowed as an instance variable name
