# SPDX-License-Identifier: MIT
# Procs and lambdas as objects: making, arity, parameters, curry, composition, equality.
l = lambda { |a, b = 2| [a, b] }
pr = proc { |a, b| [a, b] }
p l.lambda?, pr.lambda?, l.arity, pr.arity, proc { |a, *b| }.arity # => true
# => false
# => -2
# => 2
# => -2
p l.parameters, pr.parameters, pr.parameters(lambda: true) # => [[:req, :a], [:opt, :b]]
# => [[:opt, :a], [:opt, :b]]
# => [[:req, :a], [:req, :b]]
p pr.call(1), pr.call([1, 2]), pr.(1, 2, 3), pr[4], pr.yield(5) # => [1, nil]
# => [1, 2]
# => [1, 2]
# => [4, nil]
# => [5, nil]
add = ->(a, b, c) { a + b + c }
p add.curry[1][2][3], add.curry.(1, 2).(3), add.curry.lambda? # => 6
# => 6
# => true
p (add.curry[1][2] >> :to_s.to_proc).call(3) # => "6"
p :upcase.to_proc.call("a"), :upcase.to_proc.lambda?, :upcase.to_proc.arity # => "A"
# => true
# => -2
p proc(&l).equal?(l), lambda(&l).equal?(l) # => true
# => true
same = proc { 1 }
p same == same.dup, same.hash == same.dup.hash # => true
# => true
puts l.inspect.sub(/0x\h+ .*\//, "XX ") # => #<Proc:XX objects.rb:3 (lambda)>
x = 5
p proc { }.binding.local_variable_get(:x) # => 5
begin
  add.curry(2)
rescue ArgumentError => e
  puts e.message # => wrong number of arguments (given 2, expected 3)
end
begin
  lambda(&pr)
rescue ArgumentError => e
  puts e.message # => the lambda method requires a literal block
end
Proc.new # raises ArgumentError: tried to create Proc object without a block
