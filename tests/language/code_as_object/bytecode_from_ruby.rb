# Ruby code sees bytecode and disassemble only after `using Metorex`.
def plus(a) = a + 1

begin
  method(:plus).bytecode
rescue NoMethodError => e
  puts e.message                               # => undefined method 'bytecode' for an instance of Method
end

using Metorex
p method(:plus).bytecode.name                  # => :plus
p method(:plus).disassemble.include?("ADD")    # => true
