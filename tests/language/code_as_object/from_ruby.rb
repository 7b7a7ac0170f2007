# Ruby code reaches trees by name; metorex names do not leak into it.
tree = Metorex::AST.parse("1 + 2")
puts tree.class                               # => Metorex::AST::Program
def foo = 1
puts Metorex::AST.of(method(:foo)).to_s       # => def foo = 1
puts method(:foo).respond_to?(:get_ast)       # => false
begin
  AST
rescue NameError => e
  puts e.message                              # => uninitialized constant AST
end
puts Metorex::AST.parse("\" a \".trim + AST.name").eval(binding) # => aMetorex::AST
