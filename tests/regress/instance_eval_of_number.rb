# Numbers and symbols have no singleton class in which instance_eval could define.
def failure
  yield.inspect
rescue TypeError => e
  e.message
end

puts failure { 5.instance_eval { def foo = 1 } } # => can't define singleton
puts failure { :a.instance_exec(1) { |x| def foo = 1 } } # => can't define singleton
puts failure { 1.5.instance_eval("def foo = 1") } # => can't define singleton
puts failure { (2**70).instance_eval { alias foo to_s } } # => can't define singleton
puts failure { 5.instance_eval { undef to_s } } # => can't define singleton
puts failure { 5.instance_eval { self + 1 } } # => 6
puts failure { nil.instance_eval { def foo = 3 } } # => :foo
p nil.foo # => 3
5.instance_eval do
  class Inner
    def foo = 7
  end
end
p Inner.new.foo # => 7
p Object.method_defined?(:foo) # => false
