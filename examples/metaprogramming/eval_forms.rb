# eval, binding, instance_eval, class_eval, instance_exec.
x = 10
puts eval("x + 5")
eval("y = x * 2; x = y")
puts x
b = binding
b.local_variable_set(:fresh, 1)
puts b.local_variable_get(:fresh), b.local_variable_defined?(:nothing)

class Box
  def initialize(v) = @v = v
end
box = Box.new(7)
puts box.instance_eval { @v + 1 }
puts box.instance_exec(3) { |n| @v * n }
Box.class_eval do
  attr_reader :v
  def double = v * 2
end
puts box.double
Box.class_eval("def triple = v * 3", "box.rb", 1)
puts box.triple
puts Box.instance_method(:triple).source_location.inspect
def get_binding(secret) = binding
puts get_binding(42).eval("secret + 1")
begin
  eval("1 +")
rescue SyntaxError => e
  puts e.class
end
